"""Whether a function that is called as a statement writes into something: then its effect would be lost in the derivative.

    def store(a, v):
        a[0] = v

    def f(x):
        y = np.zeros(2)
        store(y, x)        ==>      UnsupportedSyntax: store writes into something that is not its own
        return y.sum()

Judged by its bytecode and that of the functions it calls by name, so that a function without source can be judged, too.
It errs on the side of refusing: an array of its own that it writes into and throws away counts.
"""

from __future__ import annotations

import ast
import contextlib
import dis
import functools
import inspect
import sys
import textwrap
import types
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from tangentx.ir.homes import code_within
from tangentx.ir.nodes import Call, Effect, Let, Method, Ref, Stmt, Store
from tangentx.rules.mutators import CHANGES_ITS_OBJECT, UPDATES, WRITES_ITS_ARGUMENT

__all__ = [
    "KNOWN", "call_text", "calls_itself", "cells_written", "contexts_of", "effect_is_lost", "enters", "globals_of", "is_closed", "is_users",
    "lets_out", "may_write", "may_write_items", "reached", "writes", "writes_deep", "written_outside",
]  # fmt: skip

STORES = ("STORE_SUBSCR", "STORE_SLICE", "DELETE_SUBSCR", "STORE_ATTR", "DELETE_ATTR", "STORE_GLOBAL", "DELETE_GLOBAL")
METHODS = frozenset({*CHANGES_ITS_OBJECT, *UPDATES, *(name for names in WRITES_ITS_ARGUMENT.values() for name in names)})
OUTPUTS = frozenset({"out", "output", "copy"})
# their writers are known by name: rules/mutators.py
KNOWN = frozenset({"builtins", "operator", "math", "cmath", "time", "numpy", "cupy", "_warnings", "sys", "logging", "tangentx"})
Ufuncs = frozenset[tuple[str, int]]
LIBRARIES = ("tangentx", "numpy", "scipy", "cupy", "logging", "warnings", "time", "math")


def effect_is_lost(call: Call) -> bool:
    """Whether a call whose value nobody wants writes into something that its body does not show."""
    if isinstance(call.fn, Method):
        owner = call.args[0]
        known = isinstance(owner, Ref) and not isinstance(getattr(type(owner.obj), call.fn.name, None), types.FunctionType)
        return known and writes(getattr(type(owner.obj), call.fn.name, None))  # type: ignore[union-attr]
    return False  # what a function or method writes into is seen where its body is


def may_write_items(stmt: Stmt) -> bool:
    """Whether a statement writes an item, or calls a function that may."""
    call = stmt.value if isinstance(stmt, Let | Effect) else None
    return isinstance(stmt, Store) or (isinstance(call, Call) and isinstance(call.fn, Ref) and writes(call.fn.obj))


def call_text(call: Call) -> str:
    """How a message names what is called."""
    return f"the method .{call.fn.name}()" if isinstance(call.fn, Method) else getattr(call.fn, "text", "the function")


def writes(function: Any) -> bool:
    """Whether calling the function changes something by an item, an attribute, a global or an operation in place."""
    return any(_writes(code, ufuncs) for code, _, ufuncs in _reached(function))


def may_write(function: Any) -> bool:
    """Whether it writes, or calls a function that cannot be looked into."""
    return any(_writes(code, ufuncs) or any(map(is_closed, named)) for code, named, ufuncs in _reached(function))


def enters(function: types.FunctionType) -> bool:
    """Whether a function enters a context: which may write, though its code does not show that."""
    return any(step.opname == "BEFORE_WITH" or step.opname == "SETUP_WITH" for code in reached(function) for step in dis.get_instructions(code))


def calls_itself(function: types.FunctionType) -> bool:
    """Whether a function names itself, perhaps through functions that it names: what methods call is known by classes only."""
    return any(other is function for caller in _callers(function) for other in (*(r.obj for r in _globals(caller)), *_closed_over(caller)))


def globals_of(function: types.FunctionType) -> Iterator[Ref]:
    """The global variables that a function names, or one that it names."""
    for caller in _callers(function):
        for ref in _globals(caller):
            if isinstance(ref.obj, types.ModuleType):
                there = ((name, vars(ref.obj)[name]) for name in caller.__code__.co_names if name in vars(ref.obj))
                yield from (Ref(obj, f"{ref.text}.{name}", ref.obj.__name__, name, True) for name, obj in there)
            else:
                yield ref


def contexts_of(function: Any) -> tuple[types.FunctionType, ...]:
    """What enters and leaves the contexts that a function names, or one that it names."""
    return tuple(dict.fromkeys(way for _, named, _ in _reached(getattr(function, "__func__", function)) for obj in named for way in _ways(obj)))


def written_outside(functions: Iterable[types.FunctionType]) -> tuple[frozenset[tuple[str, str]], tuple[Ref, ...]]:
    """What functions of the user's may write to: global variables and classes, by module and name, and those that are containers."""
    names: set[tuple[str, str]] = set()
    objects: list[Ref] = []
    for caller in dict.fromkeys(caller for function in functions for caller in _callers(function)):
        if any(_writes(code, _ufuncs(caller, code.co_names)) for code in code_within(caller.__code__)):
            steps = [step for code in code_within(caller.__code__) for step in dis.get_instructions(code)]
            names |= {(caller.__module__, step.argval) for step in steps if step.opname == "STORE_GLOBAL"}
            fields = {step.argval for step in steps if step.opname == "STORE_ATTR"}
            for ref in _globals(caller):
                if isinstance(ref.obj, types.ModuleType):
                    names |= {(ref.obj.__name__, name) for name in ("", *fields)}
                elif isinstance(ref.obj, type):
                    names |= {(ref.obj.__module__, f"{ref.obj.__qualname__}{name}") for name in ("", *(f".{field}" for field in fields))}
                    objects.append(ref)
                elif not callable(ref.obj):
                    objects.append(ref)
    return frozenset(names), tuple(objects)


def writes_deep(function: types.FunctionType) -> bool:
    """Whether a function, or one that it names, writes into what a variable holds: ``CFG["w"][:] = v``, ``K.w += v``, not ``CFG["k"] = v``."""
    return any(_deep(caller) for caller in _callers(function))


def _deep(function: types.FunctionType) -> bool:
    if METHODS & {name for code in code_within(function.__code__) for name in code.co_names}:
        return True
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return True
    targets = [n for n in ast.walk(tree) if isinstance(n, ast.Subscript | ast.Attribute) and not isinstance(n.ctx, ast.Load)]
    changed = {id(n.target) for n in ast.walk(tree) if isinstance(n, ast.AugAssign)}
    outer = {name for name in function.__code__.co_names if name in function.__globals__}
    return any(id(n) in changed or (isinstance(n, ast.Subscript) and getattr(n.value, "id", "") not in outer) for n in targets)


def lets_out(way: types.FunctionType, cls: type) -> frozenset[str] | None:
    """The attributes of its object that a method reads, or one that it calls on it; None if it hands the object itself to somebody.

    def __enter__(self): self.old = FLAGS.level; FLAGS.level = self.v          {"v"}
    """
    found: set[str] = set()
    methods, seen = [way], {way}
    while methods:
        code = methods.pop().__code__
        own = code.co_varnames[:1]
        if not own or "super" in code.co_names or own[0] in code.co_cellvars or any(own[0] in c.co_freevars for c in code_within(code)):
            return None
        steps = [s for s in dis.get_instructions(code) if s.opname not in ("CACHE", "NOP", "PRECALL", "EXTENDED_ARG")]
        for step, after in zip(steps, steps[1:]):
            pair = step.argval if isinstance(step.argval, tuple) else (step.argval,)
            if not step.opname.startswith("LOAD_FAST") or own[0] not in pair:
                continue
            if own[0] in pair[:-1] or after.opname not in ("LOAD_ATTR", "LOAD_METHOD", "STORE_ATTR", "DELETE_ATTR", "RETURN_VALUE"):
                return None
            if after.opname.startswith("LOAD"):
                found.add(after.argval)
                member = inspect.getattr_static(cls, after.argval, None)
                member = member.fget if isinstance(member, property) else member
                new = [member] if isinstance(member, types.FunctionType) and member not in seen else []
                methods += new
                seen.update(new)
    return frozenset(found)


def cells_written(functions: Iterable[types.FunctionType]) -> frozenset[str]:
    """The variables of functions around them that functions of the user's assign: ``nonlocal``."""
    codes = [caller.__code__ for function in functions for caller in _callers(function)]
    return frozenset(step.argval for c in codes for step in dis.get_instructions(c) if step.opname == "STORE_DEREF" and step.argval in c.co_freevars)


def _ways(obj: Any) -> list[types.FunctionType]:
    """The functions of the user's that enter and leave a context: a generator, or methods of a class."""
    obj = obj.func if isinstance(obj, contextlib._GeneratorContextManager) else obj  # it decorates a function
    inner = getattr(obj, "__wrapped__", obj) if isinstance(obj, types.FunctionType) else None
    if isinstance(inner, types.FunctionType):
        return [inner] if inspect.isgeneratorfunction(inner) and _root(inner) not in LIBRARIES else []
    cls = obj if isinstance(obj, type) else type(obj)
    ways = [inspect.getattr_static(cls, name, None) for name in ("__enter__", "__exit__")]
    return [way for way in ways if isinstance(way, types.FunctionType) and _root(way) not in (*LIBRARIES, *sys.stdlib_module_names)]


def _callers(function: types.FunctionType) -> Iterator[types.FunctionType]:
    """A function, and those of the user's that it names: as globals, or of its closure."""
    seen = {function.__code__: None}
    stack = [function] if _root(function) not in LIBRARIES else []
    while stack:
        caller = stack.pop()
        yield caller
        named = (*(ref.obj for ref in _globals(caller)), *_closed_over(caller))
        new = [f for f in named if is_users(f) and f.__code__ not in seen]
        seen.update({f.__code__: None for f in new})
        stack += new


def _closed_over(function: types.FunctionType) -> Iterator[Any]:
    return map(_contents, function.__closure__ or ())


def _globals(function: types.FunctionType) -> Iterator[Ref]:
    """The global variables that a function reads itself."""
    names = {step.argval for code in code_within(function.__code__) for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"}
    there = function.__globals__
    return (Ref(there[name], name, function.__module__, name, True) for name in sorted(names) if name in there)


def is_closed(obj: Any, module: str = "") -> bool:
    """Whether it is a function that cannot be looked into.

    >>> is_closed(len), is_closed(writes), is_closed(dis.stack_effect)
    (False, False, True)
    """
    while isinstance(obj, functools.partial | functools._lru_cache_wrapper):
        obj = obj.func if isinstance(obj, functools.partial) else obj.__wrapped__
    if isinstance(obj, types.MethodType):
        return writes(obj.__func__)  # of an object of the user's that writes: seen into where it is called
    home = getattr(obj, "__module__", None) or module
    called = inspect.getattr_static(type(obj), "__call__", None)
    seen = isinstance(obj, types.FunctionType | type | np.ufunc) or isinstance(called, types.FunctionType)
    return callable(obj) and not seen and home.partition(".")[0] not in KNOWN


def reached(function: Any) -> Iterator[types.CodeType]:
    """The code of a function and of those that it names."""
    return (code for code, _, _ in _reached(function))


def is_users(obj: Any) -> bool:
    """Whether it is a function of the user's, or of a package that is read like the user's own."""
    return isinstance(obj, types.FunctionType) and _root(obj) not in LIBRARIES


def _root(function: Any) -> str:
    return (function.__module__ or "").partition(".")[0]


def _reached(function: Any) -> Iterator[tuple[types.CodeType, list[Any], Ufuncs]]:
    """The code of a function and of those that it names, each with what it names, and with its names for ufuncs."""
    seen: dict[types.CodeType, None] = {}
    stack = [function]
    while stack:
        function = stack.pop()
        if not is_users(function):
            continue
        for code in code_within(function.__code__):
            if code not in seen:
                seen[code] = None
                named = _named(function, code.co_names)
                yield code, named, _ufuncs(function, code.co_names)
                stack.extend(named)


def _named(function: types.FunctionType, names: tuple[str, ...]) -> list[Any]:
    """What the names in a function's code stand for: globals, what modules have, methods, what the function closes over."""
    there = [function.__globals__[name] for name in names if name in function.__globals__]
    modules = [m for m in there if isinstance(m, types.ModuleType)]
    inside = [vars(m)[name] for m in modules for name in names if name in vars(m)]
    return [*there, *inside, *_methods(function.__globals__, names), *map(_contents, function.__closure__ or ())]


def _ufuncs(function: types.FunctionType, names: tuple[str, ...]) -> Ufuncs:
    """The names that mean ufuncs, of whatever library, and how many arguments these read."""
    there = [vars(np), function.__globals__]
    for scope in there:  # and the modules that are named, and what these have by a name of the function's
        there += [vars(m) for m in map(scope.get, names) if isinstance(m, types.ModuleType) and not any(vars(m) is s for s in there)]
    found = ((name, scope.get(name)) for scope in there for name in names)
    return frozenset((name, obj.nin) for name, obj in found if isinstance(obj, np.ufunc))


def _writes(code: types.CodeType, ufuncs: Ufuncs) -> bool:
    return bool(METHODS & set(code.co_names)) or _gives_out(code, ufuncs) or any(_stores(step) for step in dis.get_instructions(code))


def _methods(there: dict[str, Any], names: tuple[str, ...]) -> list[Any]:
    """The methods with these names of the classes that a function knows: of one of them may be the object whose method it calls."""
    classes = [c for c in there.values() if isinstance(c, type) and (c.__module__ or "").partition(".")[0] not in LIBRARIES]
    return [vars(c)[name] for c in classes for name in names if name in vars(c)]


@functools.lru_cache(maxsize=1024)
def _gives_out(code: types.CodeType, named: Ufuncs) -> bool:
    """Whether it gives a call an array to write into: ``out=``, or ``np.add(x, y, out)``."""
    keywords = {name for constant in code.co_consts if isinstance(constant, tuple) for name in constant if isinstance(name, str)}
    if not OUTPUTS.isdisjoint(keywords):
        return True
    ufuncs = dict(sorted(named, reverse=True))  # of two of one name that which reads less
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(code))) if ufuncs else None
    except (OSError, TypeError, SyntaxError):  # what cannot be read is refused where its derivative is needed; a lambda may stand in a line
        return True
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)] if tree is not None else []
    return any(len(call.args) > ufuncs.get(getattr(call.func, "attr", getattr(call.func, "id", "")), len(call.args)) for call in calls)


def _stores(step: dis.Instruction) -> bool:
    return step.opname in STORES or step.opname.startswith("INPLACE_") or (step.opname == "BINARY_OP" and step.argrepr.endswith("="))


def _contents(cell: types.CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return None
