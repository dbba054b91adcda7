"""Shared: what stands in a class belongs to all of its objects, and a write to it reaches beyond the function.

class Run:
    seen = []

    def __init__(self, v):
        self.seen.append(v)         ==>        AliasError: self.seen is that of the class Run

Where some method assigns the attribute, or the class is not known, a check says so while running: ``check_own_field(self, "seen")``.
"""

from __future__ import annotations

import inspect
import types
from collections import deque
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from tangentx.analysis.aliases import is_inplace
from tangentx.analysis.classes import Known, field_names, is_field, stored_by
from tangentx.errors import AliasError
from tangentx.ir.nodes import Atom, Block, Call, Const, Effect, Function, Let, Ref, Stmt, Store, Var
from tangentx.ir.walk import map_blocks, merges, statements
from tangentx.transform.build import helper

__all__ = ["refuse_shared"]

NEVER, PERHAPS = "", "perhaps"


def refuse_shared(function: Function, classes: Mapping[Var, Known]) -> Function:
    """Refuses a write to what a class holds, through one of its objects; the function with a check where that is known while running.

    Raises:
        AliasError: there is one.
    """
    every = tuple(statements(function.body))
    writes = [(s, base) for s in every if s.place.own and (base := _written(s)) is not None]
    if not writes:
        return function
    assigned = {s.index.value for s in every if isinstance(s, Store) and s.op == "setattr" and isinstance(s.index, Const)}
    reads = {s.target: _shared(s, classes, assigned) for s in every if isinstance(s, Let) and isinstance(s.value, Call)}
    names: dict[Atom, Var] = {target: target for target, how in reads.items() if how != NEVER}  # and what was read there
    pairs = _same(every) if names else []
    while more := [(t, names[v]) for t, v in pairs if v in names and t not in names]:
        names.update(more)
    written = {names[base]: stmt for stmt, base in writes if base in names}
    for read, stmt in written.items():
        if (how := reads[read]) != PERHAPS:
            reason = f"a write to {how}, which stands in the class: all of its objects share it"
            raise AliasError(reason, stmt.place, "Give each object its own in __init__, or make a copy in the function and return it.")
    return replace(function, body=_checked(function.body, written)) if written else function


def _checked(block: Block, written: Container[Var]) -> Block:
    """Each read of what is written and may stand in a class behind a check."""
    new: list[Stmt] = []
    for stmt in block:
        if isinstance(stmt, Let) and stmt.target in written and isinstance(stmt.value, Call):
            check = Effect(helper("check_own_field", stmt.value.args[0], Const(is_field(stmt.value))), stmt.place)
            new += [check] if not new or getattr(new[-1], "value", None) != check.value else []
        new.append(map_blocks(stmt, lambda b: _checked(b, written)))
    return tuple(new)


def _written(stmt: Stmt) -> Atom | None:
    if isinstance(stmt, Store):
        return stmt.base
    return stmt.value.args[0] if is_inplace(stmt) and isinstance(stmt, Let) and isinstance(stmt.value, Call) else None


def _same(every: tuple[Stmt, ...]) -> list[tuple[Var, Atom]]:
    """Names of one object, and of the items of it."""
    found = [(t, v) for t, values in merges(every) for v in values]
    for stmt in every:
        if isinstance(stmt, Let) and isinstance(stmt.value, Var):
            found.append((stmt.target, stmt.value))
        elif isinstance(stmt, Let) and isinstance(call := stmt.value, Call) and isinstance(call.fn, Ref) and call.fn.attr == "getitem":
            found.append((stmt.target, call.args[0]))
        elif isinstance(stmt, Store):
            found.append((stmt.target, stmt.base))
    return found


def _shared(stmt: Let, classes: Mapping[Var, Known], assigned: Container[Any]) -> str:
    """Whether an attribute that is read stands in its class: the text for it if it always does, else NEVER or PERHAPS."""
    name = is_field(stmt.value)
    owner = stmt.value.args[0] if name else None  # type: ignore[union-attr]
    if not isinstance(owner, Var):
        return NEVER
    if owner not in classes:  # an argument of nobody knows which class
        return NEVER if hasattr(np.ndarray, name) and not stmt.value.fn.own else PERHAPS  # type: ignore[union-attr]
    cls = classes[owner].cls
    found = inspect.getattr_static(cls, name, None)
    if not isinstance(found, list | dict | set | deque | np.ndarray) or name in field_names(cls):
        return NEVER
    functions = [f for c in cls.__mro__ for f in vars(c).values() if isinstance(f, types.FunctionType)]
    own = name in assigned or any(name in stored_by(f.__code__) for f in functions)
    return PERHAPS if own else f"{cls.__name__}.{name}"
