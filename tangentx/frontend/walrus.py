"""Assignments inside of expressions: which names they give a value, and when they surely do.

if (y := x * x) > 1.0 and (z := y + 1) < 3:          y surely gets a value, z perhaps
while (d := f(x)) > 0.1:                   ==>       while True:
    x = x - d                                            if not (d := f(x)) > 0.1:
                                                             break
                                                         x = x - d
"""

from __future__ import annotations

from typing import Any

import gast

from tangentx.frontend.places import placed

__all__ = ["has_walrus", "read_before", "surely_bound", "walrus_names", "without_test"]

OWN_BLOCKS = ("body", "orelse", "handlers", "finalbody", "cases")


def own_expressions(stmt: Any) -> list[Any]:
    """The expressions of a statement itself, not those of its blocks."""
    if isinstance(stmt, gast.expr):
        return [stmt]
    if isinstance(stmt, gast.FunctionDef):
        return []
    found = []
    for name, value in gast.iter_fields(stmt):
        if name not in OWN_BLOCKS:
            found += [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, gast.AST)]
    return found


def walrus_names(stmt: Any) -> list[str]:
    """The names that the expressions of a statement may give a value, by ``:=``."""
    return [n.target.id for e in own_expressions(stmt) for n in _inside(e) if isinstance(n, gast.NamedExpr)]


def has_walrus(node: Any) -> bool:
    """Whether an expression assigns."""
    return any(isinstance(n, gast.NamedExpr) for n in _inside(node))


def _inside(node: Any) -> list[Any]:
    """The nodes of an expression; a lambda's are its own."""
    found, stack = [], [node]
    while stack:
        node = stack.pop()
        found.append(node)
        if not isinstance(node, gast.Lambda):
            stack.extend(gast.iter_child_nodes(node))
    return found


def surely_bound(stmt: Any) -> list[Any]:
    """The assignments that run whenever the statement does."""
    found: list[Any] = []
    stack = own_expressions(stmt)
    while stack:
        node = stack.pop()
        if isinstance(node, gast.NamedExpr):
            found.append(node)
        if isinstance(node, gast.BoolOp):
            stack.append(node.values[0])
        elif isinstance(node, gast.IfExp):
            stack.append(node.test)
        elif isinstance(node, gast.Compare):
            stack += [node.left, node.comparators[0]]
        elif not isinstance(node, gast.Lambda | gast.ListComp | gast.SetComp | gast.DictComp | gast.GeneratorExp):
            stack.extend(gast.iter_child_nodes(node))
    return found


def read_before(stmt: Any, names: list[str]) -> list[str]:
    """The names of those read that may be read before the statement itself gives them their value."""
    ends: dict[str, tuple[int, int]] = {}
    for node in surely_bound(stmt):
        end = (node.end_lineno, node.end_col_offset)
        ends[node.target.id] = min(end, ends.get(node.target.id, end))
    if not ends:
        return names
    early = {n.id for e in own_expressions(stmt) for n in gast.walk(e) if _early(n, ends)}
    return [name for name in names if name not in ends or name in early]


def _early(node: Any, ends: dict[str, tuple[int, int]]) -> bool:
    if not (isinstance(node, gast.Name) and isinstance(node.ctx, gast.Load) and node.id in ends):
        return False
    return (node.lineno, node.col_offset) < ends[node.id]


def without_test(stmt: Any) -> Any:
    """A ``while`` whose test assigns: the names of its test are read in its body."""
    stop = gast.If(gast.UnaryOp(gast.Not(), stmt.test), [gast.Break()], [])
    loop = gast.While(gast.Constant(True, None), [stop, *stmt.body], [])
    return placed(loop, stmt)
