"""Operators of classes that are lost sight of: in a program that makes objects with operators of their own, any value may be one.

    cs = [Complex(a, b), Complex(b, a)]           effect check_operands(r)
    r = cs[0]                              ==>    effect check_operands(c)
    for c in cs[1:]: r = r * c                    r.1 = r * c               the product of numbers and arrays

Where the class is known, the operator has become a call of its method by now: see ``transform/objects.py``.
"""

from __future__ import annotations

import types
from collections.abc import Container, Iterable
from dataclasses import replace

from tangentx.analysis.classes import Known
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import library_name
from tangentx.ir.nodes import Atom, Block, Call, Effect, Expr, Function, Let, Ref, Stmt, Var
from tangentx.ir.walk import map_blocks, statements
from tangentx.transform.binary import IN_PLACE, REFLECTED
from tangentx.transform.build import helper
from tangentx.transform.objects import UNARY

__all__ = ["has_operators", "with_operands_checked"]

NAMES = frozenset({*REFLECTED, *IN_PLACE, *UNARY})


def has_operators(known: Iterable[Known]) -> bool:
    """Whether one of these classes says what an operator does."""
    names = {name.rstrip("_") for name in (*REFLECTED, *REFLECTED.values(), *UNARY)}
    return any(isinstance(getattr(k.cls, f"__{name}__", None), types.FunctionType) for k in known for name in names)


def with_operands_checked(function: Function, active: Container[Var], facts: Facts, classes: Container[Var]) -> Function:
    """The function with a check of every operand of an active operator that may be such an object."""
    defs: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}

    def is_plain(atom: Atom) -> bool:
        made = defs.get(atom)
        if not isinstance(atom, Var) or facts.of(atom).scalar or facts.of(atom).kind != "any" or atom in classes:
            return True
        return is_plain(made) if isinstance(made, Var) else isinstance(made, Call) and library_name(made) not in ("", "getitem", "getattr")

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in checked(stmt))

    def checked(stmt: Stmt) -> Block:
        call = stmt.value if isinstance(stmt, Let) and stmt.target in active else None
        if not isinstance(call, Call) or not isinstance(call.fn, Ref) or call.fn.module != "operator" or call.fn.attr not in NAMES:
            return (map_blocks(stmt, block),)
        unknown = [a for a in dict.fromkeys(call.args) if not is_plain(a)]
        return (*(Effect(helper("check_operands", a), stmt.place) for a in unknown), stmt)

    return replace(function, body=block(function.body))
