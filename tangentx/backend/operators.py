"""The operators of Python as the IR calls them (``operator.add`` ...): their syntax and how tightly they bind."""

from __future__ import annotations

import ast

from tangentx.ir.nodes import Build, Call, Expr, Ref

__all__ = ["ATOM", "BINARY", "COMPARE", "INPLACE", "UNARY", "binding", "new_parentheses", "operator_of"]

BINARY: dict[str, tuple[type[ast.operator], int]] = {
    "or_": (ast.BitOr, 6), "xor": (ast.BitXor, 7), "and_": (ast.BitAnd, 8), "lshift": (ast.LShift, 9), "rshift": (ast.RShift, 9),
    "add": (ast.Add, 10), "sub": (ast.Sub, 10), "mul": (ast.Mult, 11), "truediv": (ast.Div, 11), "floordiv": (ast.FloorDiv, 11),
    "mod": (ast.Mod, 11), "matmul": (ast.MatMult, 11), "pow": (ast.Pow, 13), "concat": (ast.Add, 10), "repeat": (ast.Mult, 11),
}  # fmt: skip
COMPARE: dict[str, type[ast.cmpop]] = {
    "lt": ast.Lt, "le": ast.LtE, "gt": ast.Gt, "ge": ast.GtE, "eq": ast.Eq, "ne": ast.NotEq, "is_": ast.Is, "is_not": ast.IsNot,
    "contains": ast.In,
}  # fmt: skip
UNARY: dict[str, tuple[type[ast.unaryop], int]] = {"neg": (ast.USub, 12), "pos": (ast.UAdd, 12), "invert": (ast.Invert, 12), "not_": (ast.Not, 4)}
INPLACE = {f"i{name.rstrip('_')}": node for name, (node, _) in BINARY.items()}
_BUILDS = {"if": 1, "or": 2, "and": 3, "not": 4}
_COMPARISON = 5
_POWER = 13
ATOM = 20  # binds at least as tightly as a call


def operator_of(value: Expr) -> str | None:
    """``add`` for a call of ``operator.add`` and so on; None for any other expression."""
    if isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module in ("operator", "_operator"):
        attr = value.fn.attr
        if (attr in BINARY or attr in COMPARE or attr in INPLACE) and len(value.args) == 2 and not value.kwargs:
            return attr
        if (attr in UNARY and len(value.args) == 1) or (attr == "getitem" and len(value.args) == 2) or (attr == "setitem" and len(value.args) == 3):
            return attr
    return None


def binding(value: Expr) -> int:
    """How tightly the outermost operator of an expression binds."""
    if isinstance(value, Build):
        return _BUILDS.get(value.kind, ATOM)
    attr = operator_of(value)
    if attr in BINARY:
        return BINARY[attr][1]
    if attr in UNARY:
        return UNARY[attr][1]
    return _COMPARISON if attr in COMPARE else ATOM


def new_parentheses(child: Expr, parent: Expr, position: int) -> bool:
    """Whether the child, written as that argument of the parent, needs parentheses."""
    inner, outer, attr = binding(child), binding(parent), operator_of(parent)
    if attr == "getitem" or (isinstance(parent, Call) and not isinstance(parent.fn, Ref)):
        return position == 0 and inner < ATOM
    if outer == ATOM:
        return False
    if attr in BINARY:
        return inner <= outer if (position == 0) == (outer == _POWER) else inner < outer
    return inner <= outer if attr in COMPARE else inner < outer
