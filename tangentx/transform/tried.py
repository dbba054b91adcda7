"""Tangents of what a try does stand behind it: an exception of theirs must not look like one of the user's.

    try:                                     try:
        y = math.sqrt(x)                         y = math.sqrt(x)
        y_dot = 0.5 * x_dot / y     ==>          completed = True
    except ZeroDivisionError: ...            except ZeroDivisionError: ...
                                             if completed:
                                                 y_dot = 0.5 * x_dot / y

Where they are mixed with statements of the user's (in a loop or a branch of the try, around a write) they stay, unless one of
them might raise what the try catches.
Under ``np.errstate`` the reverse of a block is as quiet as the block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import UNDEF, Append, Atom, Call, Const, Expr, If, Join, Let, Place, Raise, Ref, Stmt, Store, Unpack, Var
from tangentx.ir.walk import blocks, defined, free_vars, map_atoms, statements

__all__ = ["as_quiet", "tangents_behind"]


def tangents_behind(stmt: If, fresh: Callable[[str], Var]) -> list[Stmt]:
    """A branch of the forward sweep; a try as two statements, where its tangents can stand apart."""
    if stmt.guard is None or stmt.guard.kind != "try" or not isinstance(stmt.test, Var):
        return [stmt]
    early: list[Stmt] = []
    late: list[Stmt] = []
    made: set[Var] = set()
    for s in stmt.then:
        if s.place.sweep[:1] == ("Tangent of",) or made.intersection(free_vars((s,))):
            late.append(s)
            made |= defined((s,))
        else:
            early.append(s)
    mixed = any(b.place.sweep[:1] == ("Tangent of",) for s in early for inner in blocks(s) for b in statements(inner))
    moved = all(isinstance(s, Append) or (isinstance(s, Let | Unpack | If) and s.place.sweep) for s in late)
    if not late or mixed or not moved or any(isinstance(s, Store) for s in statements(stmt.then)):
        _refuse_caught(stmt)
        return [stmt]
    inside, joins, behind = defined(early), list[Join](), list[Join]()
    names: dict[Atom, Atom] = {}
    for var in (*free_vars(late), *(j.then for j in stmt.joins if j.then in made)):
        if isinstance(var, Var) and var in inside and var not in names:
            names[var] = left = fresh(var.base)
            joins.append(Join(left, var, Const(UNDEF)))
    for join in stmt.joins:
        if join.then not in made:
            joins.insert(0, join)
            continue
        other: Atom = join.orelse
        if other in defined(stmt.orelse):
            other = fresh(join.target.base)
            joins.append(Join(other, Const(UNDEF), join.orelse))
        behind.append(replace(join, orelse=other))
    renamed = tuple(map_atoms(s, lambda a: names.get(a, a)) for s in late)
    first = replace(stmt, then=tuple(early), joins=tuple(joins))
    return [first, If(stmt.test, renamed, (), tuple(behind), stmt.place.derived("Tangent of"))]


def _refuse_caught(stmt: If) -> None:
    """Refuses a try in which a tangent's division by zero, where the user's own code has none, could end in the user's handler."""
    assert stmt.guard is not None
    caught = [a.obj for a in stmt.guard.atoms if isinstance(a, Ref) and isinstance(a.obj, type) and issubclass(ZeroDivisionError, a.obj)]
    calls = [(s, s.value) for s in statements(stmt.then) if isinstance(s, Let) and isinstance(s.value, Call) and isinstance(s.value.fn, Ref)]
    divided: set[Atom] = set()  # the user's code has raised where these are zero
    for s, call in calls if caught else ():
        name = call.fn.attr  # type: ignore[union-attr]
        if s.place.sweep[:1] != ("Tangent of",):
            divided.update(call.args[-1:] if name in ("truediv", "floordiv", "mod") or name.startswith("log") else ())
        elif name in ("truediv", "pow") and isinstance(call.args[1], Var) and call.args[1] not in divided:
            raise UnsupportedSyntax(
                f"a tangent in this try might raise the ZeroDivisionError that it catches as {caught[0].__name__}",
                replace(s.place, sweep=()),
                "Put the try around single statements outside of loops, branches and writes, or use reverse mode.",
            )


def as_quiet(stmt: If, backward: If, defs: Mapping[Var, Expr], let: Callable[[str, Expr, Place], Var]) -> If:
    """The reverse of a branch; that of a ``with np.errstate`` enters one of its own."""
    context = defs.get(stmt.guard.atoms[0]) if stmt.guard is not None and isinstance(stmt.guard.atoms[0], Var) else None
    if stmt.guard is None or not backward.then:
        return backward
    if not (isinstance(context, Call) and isinstance(context.fn, Ref) and context.fn.module == "numpy" and context.fn.attr == "errstate"):
        return backward
    entered = let("context", context, backward.place)
    return replace(backward, orelse=(Raise(None, None, backward.place),), guard=replace(stmt.guard, atoms=(entered,)))
