"""Evidence: which values are objects, for they are asked for something that no array, number or container has.

    a = p.scale           p is an object in this block, and in those inside of it: no array has a ``scale``
    p.w = a               so it is where an attribute is written

A value has many names: copies, what it is called once something of it was written, a field or an item that is read again.
"""

from __future__ import annotations

import operator

import numpy as np

from tangentx.analysis.kinds import MEMBERS
from tangentx.ir.nodes import Atom, Attribute, Block, Call, Const, Effect, Expr, Function, Let, Method, Ref, Store, Var
from tangentx.ir.walk import statements

__all__ = ["NO_EVIDENCE", "evident", "other_name", "root", "versions"]

NO_EVIDENCE = MEMBERS | {*dir(slice), *dir(range), *dir(np), "most_common", "default_factory", "move_to_end"}


def evident(body: Block, same: dict[Atom, Atom]) -> frozenset[Atom]:
    """What a statement of this block, not of one inside, asks for something that no array, number or container has."""
    calls = [s.value for s in body if isinstance(s, Let | Effect) and isinstance(s.value, Call) and isinstance(s.value.fn, Method | Attribute)]
    asked = [c.args[0] for c in calls if c.fn.name not in NO_EVIDENCE]  # type: ignore[union-attr]
    written = [s.base for s in body if isinstance(s, Store) and s.op in ("setattr", "add_field")]
    return frozenset(root(a, same) for a in (*asked, *written) if isinstance(a, Var))


def versions(function: Function) -> dict[Atom, Atom]:
    """Other names of a value, and what it is called once something of it was written or it is read again, each with the name before."""
    same: dict[Atom, Atom] = {}
    reads: dict[tuple[Atom, object], Var] = {}
    for stmt in statements(function.body):
        if isinstance(stmt, Store):
            same[stmt.target] = stmt.base
        elif isinstance(stmt, Let) and (other := other_name(stmt.value)) is not None:
            same[stmt.target] = other
        elif isinstance(stmt, Let) and isinstance(stmt.value, Call) and (key := _key(stmt.value)) is not None:
            first = reads.setdefault((root(stmt.value.args[0], same), key), stmt.target)
            if first != stmt.target:
                same[stmt.target] = first
    return same


def other_name(value: Expr) -> Var | None:
    """What a value is another name of, or a copy of the same class."""
    if isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module == "tangentx.runtime" and value.fn.attr in ("copied", "snapshot"):
        value = value.args[0]
    return value if isinstance(value, Var) else None


def _key(call: Call) -> object:
    """What is read of the first operand: ``p.inner``, ``d["k"]``; None if it is no such read."""
    if isinstance(call.fn, Attribute):
        return call.fn.name, "attribute"
    known = isinstance(call.fn, Ref) and call.fn.obj is operator.getitem and isinstance(call.args[1], Const)
    return (call.args[1], "item") if known else None


def root(atom: Atom, same: dict[Atom, Atom]) -> Atom:
    while atom in same:
        atom = same[atom]
    return atom
