"""Choices: ``and`` and ``or`` that choose a value become branches, so that the value keeps its derivative.

z = and(x, y)                         ==>          if x: join z = y | x
t = y < 3; z = and(x, t)                           if x: t = y < 3; join z = t | x           y may be None where x is false
ok = and(a, b)                                     (as it was, where all operands are booleans)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Build, Call, Function, If, Join, Let, Ref, Stmt
from tangentx.ir.walk import map_blocks, own_atoms, statements

__all__ = ["settle_choices"]


def settle_choices(function: Function, facts: Facts, fresh: Fresh) -> Function:
    """Replaces the boolean operators that may give something else than a boolean."""

    read = Counter(a for s in statements(function.body) for a in own_atoms(s))

    def block(b: Block) -> Block:
        new: list[Stmt] = []
        for stmt in b:
            new += settle(stmt, new)
        return tuple(new)

    def only_here(operand: Atom, before: list[Stmt]) -> Block:
        """The comparison that an operand is, if it is asked for here alone; it is taken away from where it stands."""
        at = next((k for k, s in enumerate(before) if isinstance(s, Let) and s.target == operand and _compares(s)), None)
        if at is None or read[operand] != 1 or operand == function.result or not all(isinstance(s, Let) and _compares(s) for s in before[at:]):
            return ()
        return (before.pop(at),)

    def settle(stmt: Stmt, before: list[Stmt]) -> list[Stmt]:
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
            arm = only_here(right, before)
            then, orelse = (arm, ()) if kind == "and" else ((), arm)
            made.append(If(left, then, orelse, (join,), stmt.place))
            left = target
        return made

    return replace(function, body=block(function.body))


def _compares(stmt: Let) -> bool:
    fn = stmt.value.fn if isinstance(stmt.value, Call) else None
    return isinstance(fn, Ref) and fn.module == "operator" and fn.attr in ("lt", "le", "gt", "ge", "eq", "ne")
