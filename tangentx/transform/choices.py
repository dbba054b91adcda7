"""Choices: ``and`` and ``or`` that choose a value become branches, so that the value keeps its derivative.

z = and(x, y)          ==>          if x: join z = y | x
ok = and(a, b)                      (as it was, where all operands are booleans)
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Block, Build, Function, If, Join, Let, Stmt
from tangentx.ir.walk import map_blocks

__all__ = ["settle_choices"]


def settle_choices(function: Function, facts: Facts, fresh: Fresh) -> Function:
    """Replaces the boolean operators that may give something else than a boolean."""

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> list[Stmt]:
        if not (isinstance(stmt, Let) and isinstance(stmt.value, Build) and stmt.value.kind in ("and", "or")):
            return [map_blocks(stmt, block)]
        kind, items = stmt.value.kind, stmt.value.items
        if all(facts.of(item).kind == "bool" for item in items):
            return [stmt]
        made: list[Stmt] = []
        left = items[0]
        for k, right in enumerate(items[1:], start=2):
            target = stmt.target if k == len(items) else fresh(stmt.target.base)
            join = Join(target, right, left) if kind == "and" else Join(target, left, right)
            made.append(If(left, (), (), (join,), stmt.place))
            left = target
        return made

    return replace(function, body=block(function.body))
