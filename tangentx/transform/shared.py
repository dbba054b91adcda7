"""Shared: what stands in a class belongs to all of its objects, and a write to it reaches beyond the function.

class Run:
    seen = []

    def __init__(self, v):
        self.seen.append(v)         ==>        AliasError: self.seen is that of the class Run

A class of which some method assigns the attribute gives each object its own.
"""

from __future__ import annotations

import dis
import inspect
import types
from collections import deque
from collections.abc import Mapping

import numpy as np

from tangentx.analysis.aliases import is_inplace
from tangentx.analysis.classes import Known, is_field
from tangentx.errors import AliasError
from tangentx.ir.nodes import Atom, Call, Const, Function, Let, Ref, Stmt, Store, Var
from tangentx.ir.walk import merges, statements

__all__ = ["refuse_shared"]


def refuse_shared(function: Function, classes: Mapping[Var, Known]) -> None:
    """Refuses a write to what a class holds, through one of its objects.

    Raises:
        AliasError: there is one.
    """
    every = tuple(statements(function.body))
    writes = [(s, base) for s in every if s.place.own and (base := _written(s)) is not None]
    if not writes:
        return
    assigned = {s.index.value for s in every if isinstance(s, Store) and s.op == "setattr" and isinstance(s.index, Const)}
    names: dict[Atom, str] = {}
    for stmt in every:
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and (name := is_field(stmt.value)) and name not in assigned:
            known = classes.get(stmt.value.args[0])  # type: ignore[arg-type]
            if known is not None and _is_shared(known.cls, name):
                names[stmt.target] = f"{known.cls.__name__}.{name}"
    pairs = _same(every) if names else []
    while more := [(t, names[v]) for t, v in pairs if v in names and t not in names]:
        names.update(more)
    for stmt, base in writes:
        if base in names:
            reason = f"a write to {names[base]}, which stands in the class: all of its objects share it"
            raise AliasError(reason, stmt.place, "Give each object its own in __init__, or make a copy in the function and return it.")


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


def _is_shared(cls: type, name: str) -> bool:
    """Whether an attribute stands in a class only, and can be written into."""
    found = inspect.getattr_static(cls, name, None)
    if not isinstance(found, list | dict | set | deque | np.ndarray) or name in getattr(cls, "__dataclass_fields__", ()):
        return False
    functions = [f for c in cls.__mro__ for f in vars(c).values() if isinstance(f, types.FunctionType)]
    return not any(step.opname == "STORE_ATTR" and step.argval == name for f in functions for step in dis.get_instructions(f))
