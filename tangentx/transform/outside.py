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
import sys
import types
from argparse import Namespace
from collections import ChainMap, UserDict, UserList, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from tangentx.analysis.classes import is_own_class
from tangentx.ir.homes import is_installed
from tangentx.ir.nodes import Atom, Attribute, Call, Const, Effect, Function, Let, Local, Method, Ref, Var
from tangentx.ir.walk import edge_atoms, expr_atoms, merges, own_atoms, statements
from tangentx.rules.effects import globals_of, is_users
from tangentx.runtime.checks import OF_ARRAYS
from tangentx.runtime.contents import reached
from tangentx.runtime.lent import lent

__all__ = ["Outside", "asks_for_objects", "cells_of_callees", "lenders", "lent_outside", "read_outside"]

ASKS = (operator.is_, operator.is_not, operator.eq, operator.ne, operator.contains, operator.getitem, id)

Reader = Callable[[types.FunctionType], Function | None]
HOLD = (list, dict, deque, np.ndarray, types.SimpleNamespace, types.MappingProxyType, Namespace, UserDict, UserList, ChainMap)


class Outside(NamedTuple):
    """The variables of the outside that a function reads; what may hand out others: of its parameters, and of the outside; cells of what it calls."""

    read: tuple[Atom, ...] = ()
    lenders: tuple[Var, ...] = ()
    lent: tuple[Atom, ...] = ()
    cells: tuple[Var, ...] = ()
    asks: bool = False  # whether the function may ask which object a value is


def read_outside(function: Function, functions: Mapping[str, Function]) -> tuple[Atom, ...]:
    """These variables, in the order of their names; ``functions`` are those of the program."""
    cells = [var for var, cls in function.cells if _is_written(cls)]
    found = {ref: None for ref in _refs(function, functions) if (ref.live or isinstance(ref.obj, type)) and _may_change(ref.obj)}
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


def lent_outside(function: Function, functions: Mapping[str, Function], read: Iterable[Atom]) -> tuple[Atom, ...]:
    """What of the outside may hand out more than the variables ``read``: by a default, a closure, what it keeps, the array that it is a method of."""
    known = {key for a in read if isinstance(a, Ref) for key in reached(a.obj)}
    named = dict.fromkeys(ref for ref in _named(function, functions) if not _of_a_package(ref.obj))
    found = [ref for ref in named if any(id(x) not in known for x in lent(ref.obj))]
    cells = [var for var, cls in function.cells if _hands_out(cls)]
    return (*sorted(cells), *sorted(found, key=lambda ref: (ref.module, ref.attr)))


def _of_a_package(obj: Any) -> bool:
    """Whether a function or class was installed: what it keeps is its own."""
    if isinstance(obj, types.FunctionType):
        return is_installed(obj.__code__.co_filename)
    return isinstance(obj, type) and is_installed(getattr(sys.modules.get(obj.__module__), "__file__", None) or "")


def cells_of_callees(function: Function, functions: Mapping[str, Function]) -> tuple[tuple[Var, type], ...]:
    """The cells of closures that are called here, and their classes."""
    local = _locals(function, functions, {})
    cells = {var: cls for callee in local for var, cls in callee.cells if _is_written(cls) or _hands_out(cls)}
    return tuple((var, cells[var]) for var in sorted(cells) if var not in function.free)


def _hands_out(cls: type) -> bool:
    """Whether values of a class that a cell holds may hand out what is elsewhere."""
    return bool(lent(cls)) if is_own_class(cls) else not issubclass(cls, type) and hasattr(cls, "__call__")  # noqa: B004  of its values


def lenders(function: Function, functions: Mapping[str, Function], read: Reader, seen: tuple[str, ...] = ()) -> tuple[Var, ...]:
    """The parameters that are called, or asked for an attribute: here, or in what is called here; ``read`` gives a function of the user's as IR."""
    made: dict[Atom, tuple[Atom, ...]] = dict(merges(tuple(statements(function.body))))
    plain = {p.var for p in function.params if p.annotation.partition("[")[0] in ("dict", "list", "tuple")}
    asked: dict[Atom, None] = {}
    for stmt in statements(function.body):
        value = stmt.value if isinstance(stmt, Let | Effect) else None
        if isinstance(stmt, Let):
            made[stmt.target] = tuple(expr_atoms(stmt.value))
        if isinstance(value, Call) and not (isinstance(value.fn, Method | Attribute) and value.args[0] in plain):
            asked |= dict.fromkeys(_asked(value, functions, read, seen))
    while more := {atom: None for name in asked for atom in made.get(name, ()) if atom not in asked}:
        asked |= more
    return tuple(p.var for p in function.params if p.var in asked)


def _asked(call: Call, functions: Mapping[str, Function], read: Reader, seen: tuple[str, ...]) -> Iterator[Atom]:
    """What a call asks for something of which nothing is known, or gives to a function that does."""
    if isinstance(call.fn, Var):
        yield call.fn
    elif isinstance(call.fn, Method | Attribute) and (call.fn.own or call.fn.name not in OF_ARRAYS):
        yield call.args[0]
    elif isinstance(call.fn, Ref) and call.fn.obj is next:
        yield from call.args[:1]
    elif isinstance(call.fn, Local | Ref) and any(isinstance(a, Var) for a in expr_atoms(call)):
        name = call.fn.name if isinstance(call.fn, Local) else f"{call.fn.module}.{call.fn.attr}"
        callee = _callee(call.fn, functions, read) if name not in seen else None
        if callee is not None:
            asked = {p.base for p in lenders(callee, functions, read, (*seen, name))}
            given = [(p.var.base, a) for p, a in zip(callee.params, call.args)] + list(call.kwargs)
            yield from (atom for base, atom in given if base in asked)


def _callee(fn: Local | Ref, functions: Mapping[str, Function], read: Reader) -> Function | None:
    """What is called: a function of the program, or one of the user's that nothing differentiates."""
    if isinstance(fn, Local):
        return functions.get(fn.name)
    called = getattr(fn.obj, "__wrapped__", fn.obj)
    return read(called) if is_users(called) and not is_installed(called.__code__.co_filename) else None


def _refs(function: Function, functions: Mapping[str, Function]) -> Iterator[Ref]:
    """The names of the outside that a function reads: here, and in what it calls."""
    for ref in _named(function, functions):
        yield ref
        called = getattr(ref.obj, "__wrapped__", ref.obj)  # of one that keeps its values, too
        yield from globals_of(called) if isinstance(called, types.FunctionType) else ()


def _named(function: Function, functions: Mapping[str, Function]) -> Iterator[Ref]:
    """Those that it names itself, or a function of the program that it calls."""
    for each in (function, *_locals(function, functions, {})):
        for stmt in statements(each.body):
            yield from _of_outside((*own_atoms(stmt), *edge_atoms(stmt)))
            call = stmt.value if isinstance(stmt, Let | Effect) else None
            if isinstance(call, Call) and isinstance(call.fn, Ref):
                yield call.fn
        yield from _of_outside((each.result,))


def _locals(function: Function, functions: Mapping[str, Function], seen: dict[str, None]) -> Iterator[Function]:
    """The functions of the program that it calls, each once."""
    for stmt in statements(function.body):
        call = stmt.value if isinstance(stmt, Let | Effect) else None
        if isinstance(call, Call) and isinstance(call.fn, Local) and call.fn.name in functions and call.fn.name not in seen:
            seen[call.fn.name] = None
            yield functions[call.fn.name]
            yield from _locals(functions[call.fn.name], functions, seen)


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
