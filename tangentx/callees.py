"""Callees: the derivatives of functions that only a running program knows.

    y = f(x)             f_fwd, f_bwd = halves(f, (0,))          f is a parameter, an item, an attribute
                  ==>    y, f_saved = f_fwd(x)
                         ...
                         x_bar = f_bwd(f_saved, y_bar)           forward mode: y, y_dot = pushforward(f, (0,))((x_dot,), x)

    y = s.area()         s_area = method(s, "area")              the class of s is only known while running
                         area_fwd, area_bwd = halves(s_area, (0,))

They are derived when the program first gets there, and kept.  What is derived is a function in a file, as all derivatives are.
"""

from __future__ import annotations

import contextlib
import dis
import functools
import inspect
import sys
import types
import typing
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

from tangentx.bound import as_function, for_call, shown, whole_signature
from tangentx.errors import NotDifferentiable
from tangentx.ir.homes import is_library
from tangentx.ruled import as_called
from tangentx.rules.declare import identity, refusals
from tangentx.rules.mutators import CHANGES_ITS_OBJECT, changed_by, written_by
from tangentx.ways import ways_of

__all__ = ["check_context", "check_method", "check_reader", "halves", "install", "method", "pushforward"]

Wrt = tuple[int | str, ...]
Derive = Callable[[Any, str, Wrt], Any]

LIBRARIES = ("numpy", "cupy")
KEPT = 256  # functions made for the objects and builtins that were called last
_COMPILER: list[tuple[Derive, Callable[[Any], None]]] = []
_CHECKED: weakref.WeakSet[types.CodeType] = weakref.WeakSet()
_MADE: OrderedDict[tuple[Any, ...], tuple[Any, types.FunctionType]] = OrderedDict()


def install(derive: Derive, refuse_writer: Callable[[Any], None]) -> None:
    """``derive(f, mode, wrt)`` makes derivatives, ``refuse_writer(f)`` looks into a function: the compiler says so when it is loaded."""
    _COMPILER[:] = [(derive, refuse_writer)]


def check_reader(f: Any, positional: int = 1, own: bool = False) -> None:
    """Refuses a function that writes to what it is given, where only its effect, or a value without a derivative, is wanted.

    ``own``: it may be a method of what the calling function has made.
    """
    if reason := written_by(f, positional) or changed_by(f, own):
        raise NotDifferentiable(f"{reason}, and where it is called it is only known while running", None, "Use the value that it returns.")
    while isinstance(f, types.MethodType | functools.partial):
        f = f.func if isinstance(f, functools.partial) else f.__func__
    called = inspect.getattr_static(type(f), "__call__", None)  # of an object of a class of the user's
    f = called if isinstance(called, types.FunctionType) else f
    if isinstance(f, types.FunctionType) and f.__code__ not in _CHECKED:
        _compiler()[1](f)
        _CHECKED.add(f.__code__)


def check_method(x: Any, name: str) -> None:
    """Refuses a method that writes to its object, where only its effect, or a value without a derivative, is wanted."""
    found = getattr(x, "__dict__", {}).get(name, inspect.getattr_static(type(x), name, None))
    check_reader(getattr(found, "__func__", found))


def check_context(x: Any, seen: bool = False) -> None:
    """Refuses a context that writes into what it has; or to its own attributes, where they are ``seen``."""
    found = [inspect.getattr_static(type(x), name, None) for name in ("__enter__", "__exit__")]
    ways = [way for way in found if isinstance(way, types.FunctionType) and _is_own(way)]
    held = list(getattr(x, "__dict__", {}).values())
    if isinstance(x, contextlib._GeneratorContextManager) and _is_own(x.func):
        ways, held = [inspect.unwrap(x.func)], [*x.args, *x.kwds.values()]
    kept = [v for v in held if not isinstance(v, str | bytes | bool | int | float | complex | types.FunctionType | type | None)]
    every = list(_helpers(ways, type(x), held))
    into = (seen or kept) and any(_changes(f.__code__, plain=seen and own) for f, own in every)
    if into or any(_elsewhere(f.__code__, own) for f, own in every):
        reason = f"a context of class {type(x).__name__} writes to something, and which class it is of is only known while running"
        raise NotDifferentiable(reason, None, "Annotate its parameter with its class, or call what it does as functions.")


def _is_own(f: Any) -> bool:
    return (f.__module__ or "").partition(".")[0] not in sys.stdlib_module_names - {"__main__"}


def _helpers(ways: list[types.FunctionType], cls: type, held: list[Any]) -> Iterator[tuple[types.FunctionType, bool]]:
    """The functions that enter and leave a context, and those of the user's that they name; and whether it is one of its own class."""
    stack = [(way, True) for way in ways]
    seen: dict[types.CodeType, None] = {}
    while stack:
        f, own = stack.pop()
        if f.__code__ in seen or not _is_own(f) or (f.__module__ or "").partition(".")[0] in ("tangentx", *LIBRARIES):
            continue
        seen[f.__code__] = None
        yield f, own
        for name in f.__code__.co_names:
            stack += [(g, c is cls) for c in (cls, *map(type, held)) if isinstance(g := inspect.getattr_static(c, name, None), types.FunctionType)]
            if isinstance(g := f.__globals__.get(name), types.FunctionType):
                stack.append((g, False))


def _elsewhere(code: types.CodeType, own: bool) -> bool:
    """Whether the code writes to a global variable, one of a function around it, or an attribute of another object than its ``own``."""
    me = code.co_varnames[0] if own and code.co_argcount else None
    before: dis.Instruction | None = None
    for step in dis.get_instructions(code):
        if step.opname in ("STORE_GLOBAL", "DELETE_GLOBAL") or (step.opname == "STORE_DEREF" and step.argval in code.co_freevars):
            return True
        itself = before is not None and before.opname.startswith("LOAD_FAST") and before.argval == me
        if step.opname in ("STORE_ATTR", "DELETE_ATTR") and not itself and not (before is not None and before.opname == "SWAP"):
            return True
        before = step
    return False


def _changes(code: types.CodeType, plain: bool) -> bool:
    """Whether the code writes an item, in place, or by a method known for that; ``plain``: or an attribute."""
    stores = ("STORE_SUBSCR", "STORE_SLICE", "DELETE_SUBSCR", *(("STORE_ATTR", "DELETE_ATTR") if plain else ()))
    steps = list(dis.get_instructions(code))
    in_place = any(s.opname.startswith("INPLACE_") or (s.opname == "BINARY_OP" and s.argrepr.endswith("=")) for s in steps)
    return in_place or any(s.opname in stores for s in steps) or not set(CHANGES_ITS_OBJECT).isdisjoint(code.co_names)


def halves(f: Any, wrt: Wrt, given: tuple[int | str, ...] = ()) -> tuple[Any, Any]:
    """The two halves of a function: ``f_fwd(*args) -> (value, saved)`` and ``f_bwd(saved, value_bar) -> adjoints``.

    ``given``: how many arguments the call has, and the names of those given by keyword, where that is more than ``wrt``.
    """
    known = _plain(f, given or (len(wrt),))
    return _derived(known, "fwd", wrt), _derived(known, "bwd", wrt)


def pushforward(f: Any, wrt: Wrt, given: tuple[int | str, ...] = ()) -> Any:
    """The function with tangents: ``f_push(dots, *args) -> (value, tangent)``, one tangent for each of ``wrt``."""
    return _derived(_plain(f, given or (len(wrt),)), "push", wrt)


def method(x: Any, name: str, given: tuple[int | str, ...] = (1,)) -> Any:
    """The function that ``x.name(...)`` calls, with ``x`` as its first parameter.

    ``given``: how many arguments the call has with ``x``, and the names of those given by keyword.
    """
    _refuse(x)
    if isinstance(x, type) and name != "__call__":
        reason = f"the class {x.__name__} is worked out while running, and asked for its function {name!r}"
        raise NotDifferentiable(reason, None, f"Write self.{name}(...), or {x.__name__}.{name}(self, ...).")
    found = inspect.getattr_static(type(x), name, None)
    taken, passed = _arguments(given, 1)
    owner = getattr(x, "__self__", None)
    if name == "__call__" and callable(x) and owner is not None and not isinstance(owner, types.ModuleType | type):  # it was taken out of its object
        reason = f"the method .{_name(x)} of a {type(owner).__name__} that carries a derivative is handed on as a function"
        raise NotDifferentiable(reason, None, f"Hand on the object, and call its method by name: x.{_name(x)}(...).")
    if name == "__call__" and found is not None and not isinstance(found, types.FunctionType):  # a function: nothing of it varies
        return _made(x, x, f"def {_name(x)}({', '.join(['function', *taken])}):\n        return called({passed})", f"function{given}")
    if isinstance(x, dict) and name in ("items", "keys", "values"):
        reason = f"what .{name}() of a dict gives is kept, and shows what is written to the dict later"
        raise NotDifferentiable(reason, None, f"Make a list of it: list(d.{name}()).")
    if _is_compiled(found):
        raise NotDifferentiable(f"no derivative is known for the method .{name}() of a {type(x).__name__}", None, "Make the value in the function.")
    if is_library(type(x)) and not isinstance(x, types.ModuleType):
        reason = f"no derivative is known for the method .{name}() of a {type(x).__module__}.{type(x).__qualname__}"
        raise NotDifferentiable(reason, None, "Write out what it does, or wrap the call in a function and give that a derivative: @tx.adjoint.")
    owner = _other("x", taken)
    if isinstance(x, types.ModuleType):  # its functions know nothing of it
        own = getattr(x, name)
        return _made(own, own, f"def {name}({', '.join([owner, *taken])}):\n        return called({passed})", f"{name}{given}")
    return _made(
        type(x), type(x), f"def {name}({', '.join([f'{owner}: called', *taken])}):\n        return {owner}.{name}({passed})", f"{name}{given}"
    )


def _is_compiled(method: Any) -> bool:
    """Whether a method is no function of Python's: one of a builtin, or of a class that Cython made."""
    if isinstance(method, types.MethodDescriptorType | types.BuiltinFunctionType | types.ClassMethodDescriptorType):
        return True
    return callable(method) and inspect.ismethoddescriptor(method) and not hasattr(method, "__wrapped__")


def _refuse(x: Any) -> None:
    """Refuses an object of a class that is refused by name, or a method of one."""
    if known := refusals().get(identity(type(getattr(x, "__self__", x)))):
        raise NotDifferentiable(f"{known.primitive.__name__} has no derivative: {known.reason}", None, known.way_out)


def _plain(f: Any, given: tuple[int | str, ...]) -> Any:
    """``f``, or a Python function that calls it, for what is built in, a class, a method, or an object."""
    ruled = as_called(f)
    if isinstance(f, types.FunctionType) and ruled is None:
        return _for_call(f, given)
    if isinstance(f, types.MethodType) and ruled is not None:
        return ruled
    f = origin if isinstance(origin := typing.get_origin(f), type) else f  # Tree[float](x) makes a Tree
    _refuse(f)
    if isinstance(f, functools.partial | functools._lru_cache_wrapper):
        at = id(f), ""
        if at not in _MADE and (function := as_function(f)) is not None:
            _keep(at, f, function)
        if at in _MADE:
            return _MADE[at][1]
    if (
        isinstance(inspect.getattr_static(f, "__call__", None), types.FunctionType) and type(f).__module__.partition(".")[0] in LIBRARIES
    ):  # np.vectorize
        reason = f"no derivative is known for calling a {type(f).__module__}.{type(f).__qualname__}"
        raise NotDifferentiable(reason, None, "Call a function written in Python.")
    taken, passed = _arguments(given, 0)
    if isinstance(f, types.MethodType) and getattr(f.__self__, f.__name__, None) == f:  # else its class has got another one since it was kept
        text = f"def {_name(f)}({', '.join(taken)}):\n        return called.{f.__name__}({passed})"
        return _made((f.__self__, f.__func__), f.__self__, text, f"{f.__name__}{given}")
    return _made(f, f, f"def {_name(f)}({', '.join(taken)}):\n        return called({passed})", f"{given}")


def _for_call(f: types.FunctionType, given: tuple[int | str, ...]) -> Any:
    """A function whose wrapper looks at what it is given as one for this call; every other one is itself."""
    count, words = next(g for g in given if isinstance(g, int)), tuple(g for g in given if isinstance(g, str))
    ways, whole = ways_of(f), whole_signature(f)
    if ways is not None:
        return ways.usual if {p.name for p in ways.own()} & set(words) else ways.chosen((count, words))
    return f if whole is None else for_call(f, whole, count, words) or f


def _arguments(given: tuple[int | str, ...], own: int) -> tuple[list[str], str]:
    """The parameters of a call of that shape, but for the first ``own``, and how they are passed on."""
    keywords = [g for g in given if isinstance(g, str)]
    if "called" in keywords:
        reason = "a function that is only known while running is given a keyword 'called', which is a name of ours there"
        raise NotDifferentiable(reason, None, "Give it by position.")
    names = [_other(f"x{k + 1}", keywords) for k in range(next(g for g in given if isinstance(g, int)) - own)]
    return [*names, *keywords], ", ".join([*names, *(f"{k}={k}" for k in keywords)])


def _other(name: str, taken: list[str]) -> str:
    return name if name not in taken else _other(f"{name}_", taken)


def _name(f: Any) -> str:
    name = getattr(f, "__name__", "") or type(f).__name__
    return name if name.isidentifier() else "f"


def _made(f: Any, called: Any, text: str, shape: str) -> types.FunctionType:
    """A function with a source that Python can show, which reads what is ``called`` of its closure; the last ones are kept."""
    at = tuple(map(id, f)) if isinstance(f, tuple) else id(f), shape
    if at in _MADE:
        _MADE.move_to_end(at)
        return _MADE[at][1]
    name = text.partition("(")[0].removeprefix("def ")
    source = f"def bind(called):\n    {text}\n    return {name}\n"
    home = getattr(called, "__module__", None) or type(called).__module__
    home = "callees" if home.partition(".")[0] in {"tangentx", *sys.stdlib_module_names} else home  # it is no function of theirs
    file = f"<{home}.{getattr(called, '__qualname__', type(called).__qualname__)} {shape}>"
    function = shown(source, file, {"__name__": home}, called)
    _keep(at, f, function)
    return function


def _keep(at: tuple[Any, ...], f: Any, function: types.FunctionType) -> None:
    _MADE[at] = (f, function)  # with f, so that its id stays its own
    if len(_MADE) > KEPT:
        _MADE.popitem(last=False)


def _derived(f: Any, mode: str, wrt: Wrt) -> Any:
    return _compiler()[0](f, mode, wrt)


def _compiler() -> tuple[Derive, Callable[[Any], None]]:
    if not _COMPILER:
        sys.modules["tangentx"].grad  # noqa: B018  loads it
    return _COMPILER[0]
