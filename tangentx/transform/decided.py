"""Decided tests: of a value that is known to be an array, a number or a list, ``is None`` is known too, so one arm runs.

if out is None:                          out.2 = out
    out.1 = np.zeros(3)       ==>        fill(out.2)
join out.2 = out.1 | out
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import replace

from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import UNDEF, Atom, Block, Break, Call, Const, Expr, Function, If, Let, Raise, Ref, Stmt
from tangentx.ir.walk import map_blocks, statements

__all__ = ["settle_decided"]

VALUES = ("array", "bool", "dict", "float", "int", "list", "str", "tuple")


def settle_decided(function: Function, facts: Facts) -> Function:
    """The function without the arms that such a test never takes; arms that leave a loop or raise stay."""
    defs: Mapping[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> Block:
        taken = _taken(stmt, facts, defs) if isinstance(stmt, If) else None
        arm = () if taken is None else stmt.then if taken else stmt.orelse  # type: ignore[union-attr]
        if taken is None or not isinstance(stmt, If) or (arm and isinstance(arm[-1], Break | Raise)):
            return (map_blocks(stmt, block),)
        values = [(j.target, j.then if taken else j.orelse) for j in stmt.joins]
        return (*block(arm), *(Let(t, v, stmt.place) for t, v in values if v != Const(UNDEF)))

    return replace(function, body=block(function.body))


def _taken(stmt: If, facts: Facts, defs: Mapping[Atom, Expr]) -> bool | None:
    """Whether the test is known to be true; None if it is not known."""
    test = defs.get(stmt.test)
    compares = isinstance(test, Call) and isinstance(test.fn, Ref) and test.fn.obj in (operator.is_, operator.is_not)
    if not compares or not isinstance(test, Call) or not isinstance(test.fn, Ref) or Const(None) not in test.args:
        return None
    value = next((a for a in test.args if a != Const(None)), Const(None))
    fact = facts.of(value)
    if fact.maybe_undefined or fact.kind not in VALUES:
        return None
    return test.fn.obj is operator.is_not
