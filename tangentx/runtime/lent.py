"""What a function or an object may hand out that is not in it: the variables outside of it that its code names, and its class."""

from __future__ import annotations

import functools
import gc
import sys
import types
from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np

from tangentx.runtime.contents import HOLD, attributes, inside, parts

__all__ = ["asked", "lent"]

CLOSED = frozenset({
    "abc", "builtins", "collections", "contextlib", "copy", "copyreg", "cupy", "dataclasses", "enum", "functools", "inspect", "itertools",
    "logging", "math", "numpy", "operator", "os", "random", "re", "scipy", "sys", "tangentx", "threading", "time", "types", "typing", "warnings",
    "weakref",
})  # fmt: skip
OF_NUMPY = type(np.sum)
MADE = ("__init__", "__new__", "__init_subclass__", "__class_getitem__", "__set_name__", "__post_init__", "__getattr__", "__getattribute__")
OF_CLASSES = ("__annotations__", "__dataclass_fields__", "__dict__", "__match_args__", "__slots__")


def lent(x: Any, tables: bool = True) -> list[Any]:
    """The containers and arrays outside of a value that its methods, or it as a function, may return, each once.

    Without ``tables``: not the lists that a function reads by the name of a variable outside of it.

    >>> table = [1.0, 2.0]
    >>> lent(lambda: table)
    [[1.0, 2.0]]
    >>> lent([1.0, 2.0])
    []
    """
    found: dict[int, Any] = {}
    seen: dict[int, Any] = {}
    stack = [x]
    while stack:
        value = stack.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        stack += (child for _, child in parts(value) or ())
        for other in _outside(value, tables):
            if isinstance(other, HOLD) or attributes(other) is not None:
                found[id(other)] = other
            stack.append(other)
    return list(found.values())


def asked(x: Any) -> list[Any]:
    """What operators and questions may read out of sight: what lies outside of a value, and the methods name that Python calls for these.

    >>> table = [1.0, 2.0]
    >>> class Table:
    ...     def __len__(self): return len(table)
    ...     def first(self): return table[0]
    >>> asked(Table())
    [[1.0, 2.0]]
    """
    found: dict[int, Any] = {}
    for value in inside(x):
        for cls in () if isinstance(value, HOLD) else type(value).__mro__:
            if _home(cls) not in CLOSED:
                own = (f for name, f in vars(cls).items() if name.startswith("__") and name not in (*MADE, *OF_CLASSES))
                found |= {id(there): there for f in own if isinstance(f, types.FunctionType) for there in lent(f)}
    return list(found.values())


def _outside(value: Any, tables: bool) -> Iterator[Any]:
    """What code of a function names, what a method or a partial holds, what stands in a class; nothing of libraries."""
    if isinstance(value, types.FunctionType):
        yield from () if _home(value) in CLOSED else _named(value, tables)
        yield from _closed_over(value, tables) if _home(value) not in CLOSED - {"functools"} else ()
        yield from (vars(value)["__wrapped__"],) if "__wrapped__" in vars(value) else ()
    elif isinstance(value, types.MethodType | staticmethod | classmethod):
        yield from (value.__func__, getattr(value, "__self__", None))
    elif isinstance(value, property | functools.cached_property):
        yield from (value.fget, value.fset) if isinstance(value, property) else (value.func,)
    elif isinstance(value, type):
        yield from () if _home(value) in CLOSED else (there for name, there in vars(value).items() if name not in OF_CLASSES)
        yield from value.__mro__[1:]
    elif isinstance(value, types.ModuleType):
        home = getattr(value, "__file__", None) or ""
        closed = value.__name__.partition(".")[0] in CLOSED or "-packages" in home
        yield from (
            () if closed else (there for name, there in vars(value).items() if not name.startswith("__") and not isinstance(there, types.ModuleType))
        )
    elif attributes(value) is not None:
        yield type(value)
    elif not isinstance(value, OF_NUMPY) and (callable(value) or hasattr(type(value), "__get__") or hasattr(type(value), "__next__")):
        own = getattr(value, "__dict__", {})
        yield from (*own.values(), *(held for held in gc.get_referents(value) if held is not own))  # T.sum, what keeps its values, an iterator


def _home(value: Any) -> str:
    return (getattr(value, "__module__", None) or "").partition(".")[0]


def _named(function: types.FunctionType, tables: bool) -> Iterator[Any]:
    """The globals that a function's code names, what it names of modules, its defaults."""
    names, there = _names(function.__code__), function.__globals__
    stack = [*(there.values() if "globals" in names else [there[name] for name in names if name in there]), *_imported(function, names)]
    modules: dict[str, None] = {}
    while stack:
        value = stack.pop()
        if isinstance(value, list | deque) and not tables:
            continue
        if not isinstance(value, types.ModuleType):
            yield value
        elif value.__name__.partition(".")[0] not in CLOSED and value.__name__ not in modules:
            modules[value.__name__] = None
            stack += [vars(value)[name] for name in names if name in vars(value)]
    yield from (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())


def _closed_over(function: types.FunctionType, tables: bool) -> Iterator[Any]:
    for cell in function.__closure__ or ():
        try:
            if tables or not isinstance(cell.cell_contents, list | deque):
                yield cell.cell_contents
        except ValueError:  # not set yet
            continue


def _imported(function: types.FunctionType, names: tuple[str, ...]) -> list[types.ModuleType]:
    """The modules that a function may import when it is called, of its own package among them."""
    package = (function.__globals__.get("__package__") or "").split(".")
    full = [".".join((*package[:k], name)).rstrip(".") for name in names for k in range(len(package) + 1)]
    return [sys.modules[name] for name in dict.fromkeys(full) if isinstance(sys.modules.get(name), types.ModuleType)]


@functools.lru_cache(maxsize=1024)
def _names(code: types.CodeType) -> tuple[str, ...]:
    inner = (c for c in code.co_consts if isinstance(c, types.CodeType))
    return tuple(dict.fromkeys((*code.co_names, *(name for c in inner for name in _names(c)))))
