"""What a function or an object may hand out that is not in it: the variables outside of it that its code names, and its class."""

from __future__ import annotations

import functools
import types
from collections import deque
from collections.abc import Iterator
from typing import Any

from tangentx.runtime.contents import HOLD, attributes, parts

__all__ = ["lent"]

CLOSED = frozenset({"builtins", "cupy", "functools", "itertools", "math", "numpy", "operator", "random", "scipy", "tangentx"})


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


def _outside(value: Any, tables: bool) -> Iterator[Any]:
    """What code of a function names, what a method or a partial holds, what stands in a class; nothing of libraries."""
    if isinstance(value, types.FunctionType):
        yield from () if _home(value) in CLOSED else _named(value, tables)
    elif isinstance(value, types.MethodType):
        yield from (value.__func__, value.__self__)
    elif isinstance(value, functools.partial):
        yield from (value.func, *value.args, *value.keywords.values())
    elif isinstance(value, property | functools.cached_property):
        yield from (value.fget, value.fset) if isinstance(value, property) else (value.func,)
    elif isinstance(value, staticmethod | classmethod):
        yield value.__func__
    elif isinstance(value, type):
        yield from () if _home(value) in CLOSED else (there for name, there in vars(value).items() if name != "__dict__")
        yield from value.__mro__[1:]
    elif attributes(value) is not None:
        yield type(value)


def _home(value: Any) -> str:
    return (getattr(value, "__module__", None) or "").partition(".")[0]


def _named(function: types.FunctionType, tables: bool) -> Iterator[Any]:
    """The globals that a function's code names, what it names of modules, what it closes over, its defaults."""
    names, there = _names(function.__code__), function.__globals__
    for value in [there[name] for name in names if name in there]:
        if isinstance(value, list | deque) and not tables:
            continue
        if not isinstance(value, types.ModuleType):
            yield value
        elif value.__name__.partition(".")[0] not in CLOSED:
            yield from (vars(value)[name] for name in names if name in vars(value))
    for cell in function.__closure__ or ():
        try:
            if tables or not isinstance(cell.cell_contents, list | deque):
                yield cell.cell_contents
        except ValueError:  # not set yet
            continue
    yield from (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())


@functools.lru_cache(maxsize=1024)
def _names(code: types.CodeType) -> tuple[str, ...]:
    inner = (c for c in code.co_consts if isinstance(c, types.CodeType))
    return tuple(dict.fromkeys((*code.co_names, *(name for c in inner for name in _names(c)))))
