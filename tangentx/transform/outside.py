"""Outside: the global variables that a function reads, or a function that it calls, and a write to an argument may change.

GL = [0.5, 0.7]

def f(a):                                    def f(a):
    a[0] = a[0] * 3               ==>            check_own(a, model.GL)        f(GL) is refused: the argument is copied, GL is not
    return GL[0] * a[0]                          a = copied(a)

Numbers, strings, functions and modules cannot be what is written, nor can classes that hold nothing else.  So it is with the cells of a closure.
What a function or an object hands out that is only known while running may be such a variable, too: ``check_lent(a, q)`` for ``q.get()``.
"""

from __future__ import annotations

import operator
import types
from argparse import Namespace
from collections import ChainMap, UserDict, UserList, deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from tangentx.analysis.classes import is_own_class
from tangentx.ir.nodes import Atom, Attribute, Call, Const, Effect, Function, Let, Local, Method, Ref, Var
from tangentx.ir.walk import edge_atoms, expr_atoms, merges, own_atoms, statements
from tangentx.rules.effects import globals_of
from tangentx.runtime.checks import OF_ARRAYS

__all__ = ["asks_for_objects", "lenders", "read_outside"]

ASKS = (operator.is_, operator.is_not, operator.eq, operator.ne, operator.contains, operator.getitem, id)

HOLD = (list, dict, deque, np.ndarray, types.SimpleNamespace, types.MappingProxyType, Namespace, UserDict, UserList, ChainMap)


def read_outside(function: Function, functions: Mapping[str, Function]) -> tuple[Atom, ...]:
    """These variables, in the order of their names; ``functions`` are those of the program."""
    cells = [var for var, cls in function.cells if _is_written(cls)]
    found = {ref: None for ref in _refs(function, functions, {}) if (ref.live or isinstance(ref.obj, type)) and _may_change(ref.obj)}
    return (*sorted(cells), *sorted(found, key=lambda ref: (ref.module, ref.attr)))


def asks_for_objects(function: Function, functions: Mapping[str, Function], seen: tuple[str, ...] = ()) -> dict[Any, None]:
    """By what a function, or one that it calls, may ask which object a value is: ``o is b``, ``b in bs``, ``d[b]``, ``id(b)``."""
    found: dict[Any, None] = {}
    for stmt in statements(function.body):
        call = stmt.value if isinstance(stmt, Let | Effect) else None
        if not isinstance(call, Call):
            continue
        if isinstance(call.fn, Ref) and any(call.fn.obj is asks for asks in ASKS):
            plain = any(isinstance(a, Const) for a in call.args) or (call.fn.obj is operator.getitem and not isinstance(call.args[0], Ref))
            found |= {} if plain else {call.fn.obj: None}
        elif isinstance(call.fn, Local) and call.fn.name in functions and call.fn.name not in seen:
            found |= asks_for_objects(functions[call.fn.name], functions, (*seen, call.fn.name))
    return found


def lenders(function: Function, functions: Mapping[str, Function], seen: tuple[str, ...] = ()) -> tuple[Var, ...]:
    """The parameters that are called, or asked for an attribute: here, or in what is called here."""
    made: dict[Atom, tuple[Atom, ...]] = dict(merges(tuple(statements(function.body))))
    asked: dict[Atom, None] = {}
    for stmt in statements(function.body):
        value = stmt.value if isinstance(stmt, Let | Effect) else None
        if isinstance(stmt, Let):
            made[stmt.target] = tuple(expr_atoms(stmt.value))
        if isinstance(value, Call):
            asked |= dict.fromkeys(_asked(value, functions, seen))
    while more := {atom: None for name in asked for atom in made.get(name, ()) if atom not in asked}:
        asked |= more
    return tuple(p.var for p in function.params if p.var in asked)


def _asked(call: Call, functions: Mapping[str, Function], seen: tuple[str, ...]) -> Iterator[Atom]:
    """What a call asks for something of which nothing is known, or gives to a function that does."""
    if isinstance(call.fn, Var):
        yield call.fn
    elif isinstance(call.fn, Method | Attribute) and (call.fn.own or call.fn.name not in OF_ARRAYS):
        yield call.args[0]
    elif isinstance(call.fn, Local) and call.fn.name in functions and call.fn.name not in seen:
        callee = functions[call.fn.name]
        asked = lenders(callee, functions, (*seen, call.fn.name))
        yield from (given for p, given in zip(callee.params, call.args) if p.var in asked)


def _refs(function: Function, functions: Mapping[str, Function], seen: dict[str, None]) -> Iterator[Ref]:
    """The names of the outside that a function reads: here, and in what it calls."""
    for stmt in statements(function.body):
        yield from _of_outside((*own_atoms(stmt), *edge_atoms(stmt)))
        call = stmt.value if isinstance(stmt, Let | Effect) else None
        if isinstance(call, Call) and isinstance(call.fn, Ref):
            yield call.fn
            called = getattr(call.fn.obj, "__wrapped__", call.fn.obj)  # of one that keeps its values, too
            yield from globals_of(called) if isinstance(called, types.FunctionType) else ()
        if isinstance(call, Call) and isinstance(call.fn, Local) and call.fn.name in functions and call.fn.name not in seen:
            seen[call.fn.name] = None
            yield from _refs(functions[call.fn.name], functions, seen)
    yield from _of_outside((function.result,))


def _of_outside(atoms: Iterable[Atom]) -> Iterator[Ref]:
    return (a for a in atoms if isinstance(a, Ref))


def _may_change(obj: Any) -> bool:
    if isinstance(obj, tuple):
        return any(map(_may_change, obj))
    if isinstance(obj, types.MethodType):
        return _may_change(obj.__self__)
    if is_own_class(obj):
        return any(_may_change(value) for cls in obj.__mro__ for name, value in vars(cls).items() if not name.startswith("__"))
    return _is_written(type(obj))


def _is_written(cls: type) -> bool:
    return issubclass(cls, HOLD) or is_own_class(cls)
