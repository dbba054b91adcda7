"""Small questions about expressions that the algebraic passes share."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator
from typing import Any

from tangentx.ir.nodes import Atom, Block, Call, Const, Expr, For, Function, If, Ref, Stmt, While
from tangentx.ir.show import OPERATORS
from tangentx.ir.walk import own_atoms, statements

__all__ = ["call_op", "count_reads", "count_uses", "is_derived", "is_number", "literal", "number", "op_name"]

NAMES = {"neg": "-", "not_": "not", "getitem": "[]"}


def op_name(value: Expr | None) -> str:
    """``"mul"`` for ``a * b``, and so on; ``""`` for anything but an operator of plain operands."""
    if isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module == "operator" and not value.kwargs:
        return value.fn.attr
    return ""


def call_op(name: str, *args: Atom) -> Call:
    """The call of an operator."""
    return Call(Ref(getattr(operator, name), NAMES.get(name) or OPERATORS[name], "operator", name), args)


def is_derived(stmt: Stmt) -> bool:
    """Whether the compiler made the statement: the user's own stay as they were written."""
    return not stmt.place.own


def count_uses(function: Function) -> dict[Atom, int]:
    """How often each operand is read in the text of a function: joins, back edges and tests count too."""
    return count_reads(function.body, function.result)


def count_reads(block: Block, *more: Atom) -> dict[Atom, int]:
    """How often each operand is read in a block, and by ``more``."""
    uses: dict[Atom, int] = {}
    for atom in (*more, *(a for stmt in statements(block) for a in _all_atoms(stmt))):
        uses[atom] = uses.get(atom, 0) + 1
    return uses


def _all_atoms(stmt: Stmt) -> Iterator[Atom]:
    yield from own_atoms(stmt)
    if isinstance(stmt, If):
        yield from (a for j in stmt.joins for a in (j.then, j.orelse))
    elif isinstance(stmt, For | While):
        yield from (c.back for c in stmt.carries)
        if isinstance(stmt, While):
            yield stmt.test


def is_number(value: Any) -> bool:
    """An int or a float, but no bool (``True * x`` is the user's business) and nothing infinite."""
    return type(value) is int or (type(value) is float and math.isfinite(value))


def number(atom: Atom) -> int | float | None:
    """The value of a literal number."""
    return atom.value if isinstance(atom, Const) and is_number(atom.value) else None


def literal(name: str, values: list[Any]) -> Const | None:
    """An operator on literals, worked out where that is safe (``2 - 1``, ``2.0 * 0.5``); else None."""
    if name in ("is_", "is_not") and (any(v is None for v in values) or all(isinstance(v, bool) for v in values)):
        return Const(getattr(operator, name)(*values))
    if name in ("eq", "ne") and all(isinstance(v, str) for v in values):
        return Const(getattr(operator, name)(*values))
    if name == "not_" and isinstance(values[0], bool):
        return Const(not values[0])
    if name not in _FOLDED or not all(is_number(v) or isinstance(v, bool) for v in values):
        return None
    values = [int(v) if isinstance(v, bool) else v for v in values]  # rules say ``n - (n != 0)``
    if name in ("truediv", "floordiv") and values[1] == 0 or name == "pow" and (values[0] <= 0 or abs(values[1]) > 16):
        return None
    result = getattr(operator, name)(*values)
    small = isinstance(result, bool) or (is_number(result) and abs(result) < 2**53)
    return Const(result) if small else None


_FOLDED = frozenset({"add", "sub", "mul", "truediv", "floordiv", "neg", "pow", "lt", "le", "gt", "ge", "eq", "ne"})
