"""Views: the way that leads to a view, gone again on another array: on the adjoint or the tangent of its base.

v = u[1:]; w = v.T            views_of(u_bar, w)      ==>      u_bar_view = u_bar[1:]; u_bar_view.1 = u_bar_view.T
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tangentx.analysis.aliases import Memory, item_of_display
from tangentx.ir.nodes import Atom, Expr, Var

__all__ = ["views_of"]


def views_of(
    buffer: Var, view: Var, memory: Memory, defs: Mapping[Var, Expr], let: Callable[[str, Expr], Var], now: Callable[[Atom], Atom] = lambda a: a
) -> Var:
    """The part of ``buffer`` that ``view`` shows of its own array; ``let`` adds a statement, ``now`` reads an operand."""
    made = defs.get(view)
    made = item_of_display(made, defs) or made if made is not None else None
    if isinstance(made, Var):
        return views_of(buffer, made, memory, defs, let, now)
    call = memory.views.get(view)
    if call is None:
        assert view in memory.buffers, f"{view} is neither a written array nor a view of one"
        return buffer  # the array itself
    base = call.args[0]
    inner = views_of(buffer, base, memory, defs, let, now) if isinstance(base, Var) else buffer
    return let(f"{buffer.base}_view", replace(call, args=(inner, *map(now, call.args[1:])), kwargs=tuple((k, now(a)) for k, a in call.kwargs)))
