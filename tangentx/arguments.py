"""The arguments of the public verbs, checked: which function, and with respect to which of its parameters."""

from __future__ import annotations

import functools
import inspect
import types
from collections.abc import Callable
from typing import Any

from tangentx.bound import as_function
from tangentx.errors import ArgumentError, SourceNotFound, WrtError
from tangentx.ruled import as_called
from tangentx.ways import ways_of

__all__ = ["Wrt", "name_of", "normalise_wrt", "plain_function"]

Wrt = int | str | tuple[int | str, ...]
Function = Callable[..., Any]


def normalise_wrt(f: Function, wrt: Wrt) -> tuple[tuple[str, ...], bool]:
    """The names that ``wrt`` means, and whether it is a single one.

    Raises:
        ArgumentError: ``f`` is no plain function, or ``wrt`` no position, name or tuple of these.
        WrtError: ``f`` has no such parameter.
    """
    fn = plain_function(f, wrt)
    if not isinstance(wrt, tuple):
        return (_parameter(fn, wrt),), True
    if not wrt:
        raise WrtError("wrt is an empty tuple", None, f"Name at least one parameter of {_shown(fn)}.")
    names = tuple(_parameter(fn, item) for item in wrt)
    for position, name in enumerate(names):
        if name in names[:position]:
            raise WrtError(f"wrt names {name!r} twice: {wrt!r}", None, "Name each parameter once.")
    return names, False


def _parameter(fn: types.FunctionType, item: Any) -> str:
    code = fn.__code__
    positional, everything = code.co_varnames[: code.co_argcount], code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    if isinstance(item, str):
        if item in everything:
            return item
        starred = code.co_varnames[len(everything) :][: bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)]
        if item in starred:
            hint = "Give the parameters names of their own, or pass one array."
            raise WrtError(f"wrt={item!r} is a starred parameter of {_shown(fn)}", None, hint)
        raise WrtError(f"{_shown(fn)} has no parameter {item!r}", None, _choices(positional, everything))
    if not hasattr(item, "__index__") or type(item).__name__ in ("bool", "bool_"):
        hint = "Give a position (0), a name ('x'), or a tuple of these (0, 'y')."
        if isinstance(item, list) and item:
            hint = f"Write wrt={tuple(item)!r}."
        raise ArgumentError(f"wrt={item!r} is {_a(type(item).__name__)}, not a parameter of {_shown(fn)}", None, hint)
    position = item.__index__()
    if not everything:
        raise WrtError(f"{_shown(fn)} has no parameters to differentiate with respect to", None, _choices(positional, everything))
    if not 0 <= position < len(positional):
        raise WrtError(f"wrt={item!r} is out of range for {_shown(fn)}", None, _choices(positional, everything))
    return positional[position]


def _choices(positional: tuple[str, ...], everything: tuple[str, ...]) -> str:
    names = ", ".join(map(repr, everything))
    if not everything:
        return "Make what should vary a parameter."
    span = {0: "", 1: ", or position 0"}.get(len(positional), f", or a position from 0 to {len(positional) - 1}")
    return f"Use {names}{span}." if len(everything) == 1 else f"Use one of {names}{span}."


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"


def _shown(fn: Any) -> str:
    try:
        return f"{fn.__name__}{inspect.signature(fn, follow_wrapped=False)}"
    except (TypeError, ValueError):
        return name_of(fn)


def name_of(f: Any) -> str:
    """The name of a function, or how Python shows it."""
    return getattr(f, "__name__", None) or repr(f)


def plain_function(f: Any, wrt: Any = ()) -> types.FunctionType:
    """``f`` itself, if it is a Python function; one that calls it, if it is a method, a partial or a callable object.

    ``wrt``: what it will be differentiated by; a parameter that is named there has to be given to some functions.

    Raises:
        ArgumentError: it is something else; the message says what to pass.
        SourceNotFound: it is built in.
    """
    if (ways := ways_of(f)) is not None:
        f = ways.usual
    if (function := as_called(f) or as_function(f, _asked(wrt))) is not None:
        return function
    if isinstance(f, types.FunctionType):
        return f
    if type(f).__name__ == "_ArrayFunctionDispatcher" and isinstance(behind := getattr(f, "__wrapped__", None), types.FunctionType):
        return behind  # a function of NumPy's that is written in Python
    if isinstance(f, types.BuiltinFunctionType | types.MethodDescriptorType) or type(f).__module__ == "numpy":
        called = _dotted(f)
        raise SourceNotFound(f"{called} is built in and has no Python source", None, f"Write a function that calls it: lambda x: {called}(x).")
    raise ArgumentError(*_not_plain(f))


def _asked(wrt: Any) -> tuple[Any, ...]:
    """What ``wrt`` names, as far as it can mean a parameter."""
    items = wrt if isinstance(wrt, tuple) else (wrt,)
    return tuple(k if isinstance(k, str) else k.__index__() for k in items if isinstance(k, str) or hasattr(k, "__index__"))


def _not_plain(f: Any) -> tuple[str, None, str]:
    """Why ``f`` is refused, and the way out."""
    if not callable(f):
        return f"{f!r} is {_a(type(f).__name__)}, not a function", None, "Pass the function itself, then call the result: grad(f)(x)."
    if isinstance(f, functools.partial):
        hint = f"Write a function that fixes the arguments: lambda x: {name_of(f.func)}(x, ...)."
        return f"a partial of {name_of(f.func)} is not a plain function", None, hint
    if isinstance(f, type):
        return f"{f.__name__} is a class, not a function", None, "Write a function that makes the instance and returns a number."
    for inner in ("py_func", "__wrapped__"):
        if isinstance(getattr(f, inner, None), types.FunctionType):
            return f"{name_of(f)} is wrapped in {_a(type(f).__name__)}", None, f"Pass the Python function inside: {name_of(f)}.{inner}."
    return f"an instance of {type(f).__name__} is not a plain function", None, "Write a function of the arguments that computes the same."


def _dotted(f: Any) -> str:
    """A builtin as the user would write it: ``math.sin``, ``np.sin``, ``len``."""
    module = "np" if type(f).__module__ == "numpy" else getattr(f, "__module__", None) or ""
    return f"{module}.{name_of(f)}".removeprefix("builtins.").removeprefix(".")
