"""A generator as the function that returns a list of all that it yields; who takes them all at once sees no difference (analysis/generators).

def flows(self):                        def flows(self):
    for k in range(self.n):                 items = []
        yield k, self.c         ==>         for k in range(self.n):
                                                items.append((k, self.c))
                                            return items
"""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any

import gast

from tangentx.frontend.nodes import free_name, load, store
from tangentx.frontend.places import placed
from tangentx.frontend.source import Source

__all__ = ["with_yields_listed"]

SIMPLE = (gast.If, gast.For, gast.While)


def with_yields_listed(source: Source) -> Source:
    """The source of a generator so; where it cannot be, its yields stay and are refused."""
    node = source.node
    if not inspect.isgeneratorfunction(source.function) or not isinstance(node, gast.FunctionDef) or not _can_be_listed(node):
        return source
    names = {n.id for n in gast.walk(node) if isinstance(n, gast.Name)} | set(source.function.__code__.co_names)
    items, item = free_name("items", names), free_name("item", names)
    body = _Listed(items, item).block(node.body)
    first = placed(gast.Assign([store(items)], gast.List([], gast.Load()), None), node.body[0])
    last = placed(gast.Return(load(items)), node.body[-1])
    new = type(node)(**{**dict(gast.iter_fields(node)), "body": [first, *body, last]})
    return replace(source, node=gast.copy_location(new, node))


def _can_be_listed(node: Any) -> bool:
    """Whether its yields are statements that no try and no ``with`` stands around, and it writes to names of its own only."""
    every = [n for stmt in node.body for n in gast.walk(stmt)]
    yields = {id(n) for n in every if isinstance(n, gast.Yield | gast.YieldFrom)}
    plain = {id(s.value) for s in _statements(node.body) if isinstance(s, gast.Expr)}
    endless = any(isinstance(n, gast.While) and isinstance(n.test, gast.Constant) and not _left(n) for n in every)
    return yields <= plain and not endless and not any(_is_other(n) for n in every)


def _is_other(node: Any) -> bool:
    """What would be seen outside, or is no part of the generator itself."""
    if isinstance(node, gast.Return):
        return node.value is not None
    written = isinstance(node, gast.Subscript | gast.Attribute) and not isinstance(node.ctx, gast.Load)
    return written or isinstance(node, gast.Global | gast.Nonlocal | gast.FunctionDef | gast.Lambda | gast.NamedExpr)


def _left(loop: Any) -> bool:
    return any(isinstance(n, gast.Break | gast.Return) for s in loop.body for n in gast.walk(s))


def _statements(block: list[Any]) -> list[Any]:
    found = []
    for stmt in block:
        found += [stmt, *(_statements([*stmt.body, *stmt.orelse]) if isinstance(stmt, SIMPLE) else [])]
    return found


class _Listed:
    """Statements with each yield as ``items.append(value)``."""

    def __init__(self, items: str, item: str) -> None:
        self.items, self.item = items, item

    def block(self, block: list[Any]) -> list[Any]:
        return [new for stmt in block for new in self.statement(stmt)]

    def statement(self, stmt: Any) -> list[Any]:
        if isinstance(stmt, SIMPLE):
            fields = {**dict(gast.iter_fields(stmt)), "body": self.block(stmt.body), "orelse": self.block(stmt.orelse)}
            return [gast.copy_location(type(stmt)(**fields), stmt)]
        if isinstance(stmt, gast.Return):
            return [gast.copy_location(gast.Return(load(self.items)), stmt)]
        if isinstance(stmt, gast.AugAssign):  # an array that was yielded would change behind the one who took it
            name = stmt.target.id
            check = gast.Expr(gast.Call(load("tangentx.runtime.check_unshared"), [load(name)], []))
            added = gast.Assign([stmt.target], gast.BinOp(load(name), stmt.op, stmt.value), None)
            return [placed(check, stmt), placed(added, stmt)]
        value = stmt.value if isinstance(stmt, gast.Expr) else None
        if isinstance(value, gast.Yield):
            return [self.append(gast.Constant(None, None) if value.value is None else value.value, stmt)]
        if isinstance(value, gast.YieldFrom):
            return [placed(gast.For(store(self.item), value.value, [self.append(load(self.item), stmt)], [], None), stmt)]
        return [stmt]

    def append(self, value: Any, stmt: Any) -> Any:
        return placed(gast.Expr(gast.Call(gast.Attribute(load(self.items), "append", gast.Load()), [value], [])), stmt)
