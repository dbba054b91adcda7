"""Views: the way that leads to a view, gone again on another array: on the adjoint or the tangent of its base.

v = u[1:]; w = v.T            views_of(u_bar, w)      ==>      u_bar_view = u_bar[1:]; u_bar_view.1 = u_bar_view.T
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from tangentx.analysis.aliases import MAYBE, Memory, item_of_display
from tangentx.analysis.kinds import library_name
from tangentx.errors import AliasError
from tangentx.ir.nodes import Atom, Call, Expr, Place, Stmt, Store, Var

__all__ = ["is_imaginary", "views_of", "writes_through_maybe"]


def writes_through_maybe(every: Iterable[Stmt], defs: Mapping[Var, Expr]) -> bool:
    """Whether anything is written through what is a view or a copy, as its array lies in memory: adjoints and tangents have to lie so, too."""
    return any(_is_maybe(s.through, defs) for s in every if isinstance(s, Store))


def _is_maybe(view: Atom | None, defs: Mapping[Var, Expr]) -> bool:
    value: Expr | None = view
    while isinstance(value, Var) or (isinstance(value, Call) and value.args and library_name(value) not in MAYBE):
        value = defs.get(value) if isinstance(value, Var) else value.args[0]
    return isinstance(value, Call) and library_name(value) in MAYBE


def is_imaginary(view: Atom | None, defs: Mapping[Var, Expr]) -> bool:
    """Whether a view shows imaginary parts: of an adjoint, which is dL/dx - i dL/dy for x + iy, they are taken with a minus."""
    value: Expr | None = view
    while isinstance(value, Var) or (isinstance(value, Call) and value.args and library_name(value) != "imag"):
        made = defs.get(value) if isinstance(value, Var) else value.args[0]
        value = item_of_display(made, defs) or made if made is not None else None
    return isinstance(value, Call) and library_name(value) == "imag"


def views_of(
    buffer: Var,
    view: Var,
    memory: Memory,
    defs: Mapping[Var, Expr],
    let: Callable[[str, Expr], Var],
    place: Place,
    now: Callable[[Atom], Atom] = lambda a: a,
) -> Var:
    """The part of ``buffer`` that ``view`` shows of its own array; ``let`` adds a statement, ``now`` reads an operand.

    Raises:
        AliasError: nothing tells of which array it is a part.
    """
    made = defs.get(view)
    made = item_of_display(made, defs) or made if made is not None else None
    if isinstance(made, Var):
        return views_of(buffer, made, memory, defs, let, place, now)
    call = memory.views.get(view)
    if call is None:
        if view not in memory.buffers:
            reason = f"{view.base} is written through a part of what a function returned: that it may be a part of its arguments is not followed"
            raise AliasError(reason, place, f"Write into a copy of the part: part = {view.base}[0].copy()")
        return buffer  # the array itself
    base = call.args[0]
    inner = views_of(buffer, base, memory, defs, let, place, now) if isinstance(base, Var) else buffer
    return let(f"{buffer.base}_view", replace(call, args=(inner, *map(now, call.args[1:])), kwargs=tuple((k, now(a)) for k, a in call.kwargs)))
