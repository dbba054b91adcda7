"""Decided tests: of a value that is known to be an array, a number or a list, ``is None`` is known too, so one arm runs.

if out is None:                          out.2 = out
    out.1 = np.zeros(3)       ==>        fill(out.2)
join out.2 = out.1 | out

A literal is known: what a default of an inlined function is, and ``method == "euler"``, ``out is None``, ``isinstance(i, slice)`` of that.

What an annotation says of a parameter decides nothing: ``n: int`` may be given None all the same.
"""

from __future__ import annotations

import operator
from collections.abc import Container, Mapping
from dataclasses import replace

from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import UNDEF, Atom, Block, Break, Call, Const, Expr, Function, If, Let, Raise, Ref, Stmt, Var
from tangentx.ir.walk import map_blocks, merges, statements
from tangentx.rules.inserted import is_insert

__all__ = ["settle_decided"]

LITERALS = (bool, int, str, type(None))
COMPARED = {operator.eq: True, operator.ne: False, operator.is_: True, operator.is_not: False}
VALUES = ("array", "bool", "dict", "float", "int", "list", "str", "tuple")


def settle_decided(function: Function, facts: Facts) -> Function:
    """The function without the arms that such a test never takes; arms that leave a loop or raise stay."""
    defs: Mapping[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
    said = _said(function)

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> Block:
        taken = _taken(stmt, facts, defs, said) if isinstance(stmt, If) else None
        arm = () if taken is None else stmt.then if taken else stmt.orelse  # type: ignore[union-attr]
        if taken is None or not isinstance(stmt, If) or (arm and isinstance(arm[-1], Break | Raise)):
            return (map_blocks(stmt, block),)
        values = [(j.target, j.then if taken else j.orelse) for j in stmt.joins]
        return (*block(arm), *(Let(t, v, stmt.place) for t, v in values if v != Const(UNDEF)))

    return replace(function, body=block(function.body))


def _said(function: Function) -> set[Atom]:
    """The parameters with annotations, by all their names."""
    every = tuple(statements(function.body))
    named = [(s.target, (s.value,)) for s in every if isinstance(s, Let) and isinstance(s.value, Var)]
    found: set[Atom] = {p.var for p in function.params if p.annotation}
    while more := {t for t, values in (*named, *merges(every)) if t not in found and not found.isdisjoint(values)}:
        found |= more
    return found


def _taken(stmt: If, facts: Facts, defs: Mapping[Atom, Expr], said: Container[Atom]) -> bool | None:
    """Whether the test is known to be true; None if it is not known."""
    if (known := _literal(stmt.test, defs)) is not None:
        return bool(known.value) if stmt.guard is None and not is_insert(stmt) else None
    test = defs.get(stmt.test)
    compares = isinstance(test, Call) and isinstance(test.fn, Ref) and test.fn.obj in (operator.is_, operator.is_not)
    if not compares or not isinstance(test, Call) or not isinstance(test.fn, Ref) or Const(None) not in test.args:
        return None
    value = next((a for a in test.args if a != Const(None)), Const(None))
    fact = facts.of(value)
    if value in said or fact.maybe_undefined or fact.kind not in VALUES:
        return None
    return test.fn.obj is operator.is_not


def _literal(atom: Expr | None, defs: Mapping[Atom, Expr]) -> Const | None:
    """The literal that a name stands for, or that comparing two of them gives, or asking one for its class."""
    while isinstance(atom, Var):
        atom = defs.get(atom)
    if isinstance(atom, Const):
        return atom if type(atom.value) in LITERALS else None
    if not isinstance(atom, Call) or not isinstance(atom.fn, Ref) or len(atom.args) != 2 or atom.kwargs:
        return None
    if atom.fn.obj is isinstance and isinstance(cls := atom.args[1], Ref) and cls.module == "builtins" and isinstance(cls.obj, type):
        value = _literal(atom.args[0], defs)
        return None if value is None else Const(isinstance(value.value, cls.obj))
    if atom.fn.obj not in COMPARED:
        return None
    one, other = (_literal(a, defs) for a in atom.args)
    if one is None or other is None or (atom.fn.obj in (operator.is_, operator.is_not) and Const(None) not in (one, other)):
        return None
    return Const((one.value == other.value) is COMPARED[atom.fn.obj])
