"""Receivers: what an object of an unknown class is asked for by a name that arrays have, too, is what its class says.

    def loss(p, x):                                             def loss(p, x):
        return np.sum(x / p.scale) * p.shape        ==>             return np.sum(x / p.scale) * p.shape      ``shape``: a field of p

No array has a ``scale``, so ``p`` is an object wherever that is read for certain: in the same block, or in one around it.
What is asked for names of arrays alone is taken for an array, and a check at run time says so if it is none: see ``transform/operands.py``.
"""

from __future__ import annotations

import operator
from collections import deque
from collections.abc import Container, Iterable
from dataclasses import replace

import numpy as np

from tangentx.analysis.aliases import MAYBE, VIEWS
from tangentx.analysis.kinds import FULL_REDUCTIONS
from tangentx.ir.nodes import Atom, Attribute, Block, Call, Const, Effect, Expr, Function, Let, Method, Ref, Stmt, Store, Var
from tangentx.ir.walk import blocks, edge_atoms, map_blocks, own_atoms, statements

__all__ = ["objects_of", "settle_receivers", "taken_for_arrays"]

KINDS = (np.ndarray, list, tuple, dict, str, bytes, set, int, float, complex, slice, range, deque)
NO_EVIDENCE = frozenset({*(name for kind in KINDS for name in dir(kind)), *dir(np), *("maxlen", "most_common", "default_factory", "move_to_end")})


def settle_receivers(function: Function) -> Function:
    """The function with every such attribute and method marked as the object's own."""
    return replace(function, body=_marked(function.body, frozenset(), _versions(function)))


def objects_of(function: Function, classes: Container[Var], parts: Iterable[tuple[Var, Atom]]) -> frozenset[Var]:
    """The parameters that are objects for certain, none of whose ``parts`` is taken for an array by what it is asked for.

    ``classes`` are the names of objects of known class: they may be handed on, and what their fields are is known better.
    """
    same = _versions(function)
    evident = _evident(function.body, same) - _handed_on(function, same) - _asked_of_parts(function, same, parts)
    return frozenset(p.var for p in function.params if p.var in classes or p.var in evident)


def taken_for_arrays(function: Function, classes: Container[Var], parts: Iterable[tuple[Var, Atom]]) -> frozenset[Atom]:
    """What is asked for something that is taken for a number or a view, because arrays have it, and what that is a part of.

    A reduction is taken for a number; a part for one that shows what is written, if anything is.
    """
    writes = any(isinstance(s, Store) and s.op not in ("setattr", "add_field") for s in statements(function.body))
    names = FULL_REDUCTIONS | VIEWS | MAYBE | {"copy"} if writes else FULL_REDUCTIONS
    calls = [s.value for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Call)]
    asked = [c for c in calls if isinstance(c.fn, Method | Attribute) and not c.fn.own and c.args[0] not in classes]
    found, pairs = {c.args[0] for c in asked if c.fn.name in names}, tuple(parts)  # type: ignore[union-attr]
    while more := {a for t, a in pairs if t in found} - found:
        found |= more
    return frozenset(found)


def _handed_on(function: Function, same: dict[Atom, Atom]) -> frozenset[Atom]:
    """What is put somewhere, returned, or given to a function: there it may be asked for anything."""
    found: set[Atom] = {function.result, *(a for s in statements(function.body) for a in edge_atoms(s))}
    methods = {s.target for s in statements(function.body) if isinstance(s, Let) and _is_ours(s.value, "method")}
    for stmt in statements(function.body):
        call = stmt.value if isinstance(stmt, Let | Effect) else None
        if isinstance(call, Call) and (isinstance(call.fn, Method | Attribute) or call.fn in methods):  # its class says what is done
            found.update((*call.args[1:], *(a for _, a in call.kwargs)))
        elif not isinstance(stmt, Let | Effect) or not (_other_name(stmt.value) or _is_ours(call, "method", "check_")):
            found.update(a for a in own_atoms(stmt) if not (isinstance(stmt, Store) and a == stmt.base))
    return frozenset(_root(a, same) for a in found)


def _is_ours(value: object, *names: str) -> bool:
    """Whether it is a call of ours with such a name, or one that begins so."""
    known = isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module in ("tangentx.runtime", "tangentx.callees")
    return known and value.fn.attr.startswith(names)  # type: ignore[attr-defined]


def _asked_of_parts(function: Function, same: dict[Atom, Atom], parts: Iterable[tuple[Var, Atom]]) -> frozenset[Atom]:
    """What has a part, or a part of a part, that is asked for what arrays have."""
    calls = [s.value for s in statements(function.body) if isinstance(s, Let | Effect) and isinstance(s.value, Call)]
    asked = {c.args[0] for c in calls if isinstance(c.fn, Method | Attribute) and not c.fn.own and hasattr(np.ndarray, c.fn.name)}
    found, pairs = set[Atom](), tuple(parts)
    while more := {a for t, a in pairs if t in found or t in asked} - found:
        found |= more
    return frozenset(_root(a, same) for a in found)


def _marked(body: Block, around: frozenset[Atom], same: dict[Atom, Atom]) -> Block:
    found = around | _evident(body, same)
    return tuple(map_blocks(_settled(stmt, found, same), lambda b: _marked(b, found, same)) for stmt in body) if found or _nests(body) else body


def _nests(body: Block) -> bool:
    return any(blocks(stmt) for stmt in body)


def _settled(stmt: Stmt, objects: frozenset[Atom], same: dict[Atom, Atom]) -> Stmt:
    call = stmt.value if isinstance(stmt, Let | Effect) else None
    if not isinstance(stmt, Let | Effect) or not isinstance(call, Call) or not isinstance(call.fn, Method | Attribute) or call.fn.own:
        return stmt
    if not hasattr(np.ndarray, call.fn.name) or _root(call.args[0], same) not in objects:
        return stmt
    return replace(stmt, value=replace(call, fn=replace(call.fn, own=True)))


def _evident(body: Block, same: dict[Atom, Atom]) -> frozenset[Atom]:
    """What a statement of this block, not of one inside, asks for something that no array, number or container has."""
    calls = [s.value for s in body if isinstance(s, Let | Effect) and isinstance(s.value, Call) and isinstance(s.value.fn, Method | Attribute)]
    asked = [c.args[0] for c in calls if c.fn.name not in NO_EVIDENCE]  # type: ignore[union-attr]
    written = [s.base for s in body if isinstance(s, Store) and s.op in ("setattr", "add_field")]
    return frozenset(_root(a, same) for a in (*asked, *written) if isinstance(a, Var))


def _versions(function: Function) -> dict[Atom, Atom]:
    """Other names of a value, and what it is called once something of it was written or it is read again, each with the name before."""
    same: dict[Atom, Atom] = {}
    reads: dict[tuple[Atom, object], Var] = {}
    for stmt in statements(function.body):
        if isinstance(stmt, Store):
            same[stmt.target] = stmt.base
        elif isinstance(stmt, Let) and (other := _other_name(stmt.value)) is not None:
            same[stmt.target] = other
        elif isinstance(stmt, Let) and isinstance(stmt.value, Call) and (key := _key(stmt.value)) is not None:
            first = reads.setdefault((_root(stmt.value.args[0], same), key), stmt.target)
            if first != stmt.target:
                same[stmt.target] = first
    return same


def _other_name(value: Expr) -> Var | None:
    """What a value is another name of, or a copy of the same class."""
    copies = isinstance(value, Call) and isinstance(value.fn, Ref) and (value.fn.module, value.fn.attr) == ("tangentx.runtime", "copied")
    value = value.args[0] if copies and isinstance(value, Call) else value
    return value if isinstance(value, Var) else None


def _key(call: Call) -> object:
    """What is read of the first operand: ``p.inner``, ``d["k"]``; None if it is no such read."""
    if isinstance(call.fn, Attribute):
        return call.fn.name, "attribute"
    known = isinstance(call.fn, Ref) and call.fn.obj is operator.getitem and isinstance(call.args[1], Const)
    return (call.args[1], "item") if known else None


def _root(atom: Atom, same: dict[Atom, Atom]) -> Atom:
    while atom in same:
        atom = same[atom]
    return atom
