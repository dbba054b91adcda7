"""Whose a name is: the user's own, the adjoint or tangent of one, or a temporary of the compiler's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from tangentx.ir.nodes import Atom, For, Function, If, Place, Stmt, Var, While
from tangentx.ir.walk import own_atoms, statements

__all__ = ["SUFFIXES", "assigned_names", "group_of", "named", "named_bases", "reads", "stem", "uses"]

SUFFIXES = ("_bar", "_dot")
_OURS = ("saved", "init_grad")  # parameters that the compiler adds


@lru_cache(maxsize=4096)
def assigned_names(text: str) -> frozenset[str]:
    """The names that a statement's text assigns: ``a, b = g(x)`` -> a, b; ``for i in range(n):`` -> i."""
    for source in (text, f"{text} pass", f"{text}: pass"):
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            continue
        return frozenset(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    return frozenset()


def named_bases(function: Function) -> frozenset[str]:
    """Every name of the user's in a function: parameters, assigned names, loop items."""
    names = {p.var.base for p in function.params if p.var.base not in _OURS} | {v.base for v in function.free}
    for stmt in statements(function.body):
        names |= assigned_names(stmt.place.text)
    return frozenset(names)


def named(var: Var, bases: frozenset[str]) -> bool:
    """Whether a name is the user's own, or an adjoint or tangent of one."""
    return var.base in bases or stem(var.base) in bases


def stem(base: str) -> str:
    """The name without its ``_bar`` and ``_dot``."""
    while base.endswith(SUFFIXES):
        base = base[:-4]
    return base


def uses(function: Function) -> dict[Var, int]:
    """How often each name is read, joins and back edges included."""
    count: dict[Var, int] = {}
    for stmt in statements(function.body):
        for atom in reads(stmt):
            if isinstance(atom, Var):
                count[atom] = count.get(atom, 0) + 1
    if isinstance(function.result, Var):
        count[function.result] = count.get(function.result, 0) + 1
    return count


def reads(stmt: Stmt) -> Iterator[Atom]:
    """What a statement reads itself, joins and back edges included."""
    yield from own_atoms(stmt)
    if isinstance(stmt, If):
        for j in stmt.joins:
            yield from (j.then, j.orelse)
    elif isinstance(stmt, For | While):
        yield from (c.back for c in stmt.carries)
        if isinstance(stmt, While):
            yield stmt.test


def group_of(place: Place) -> tuple[object, ...]:
    """Statements of one group come from one statement of the user's, in the same way."""
    return (place.sweep, place.file, place.line, place.text)
