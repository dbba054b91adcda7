"""Bound: a function for what is called like one, so that it can be differentiated: bound methods, partials, callable objects.

tx.grad(model.loss)          def loss(x, y):                 self is a closure variable: read when the derivative is called
                                 return self.loss(x, y)

tx.grad(partial(f, k=2.0))   def f_partial(x):
                                 return f(x, k=k)
"""

from __future__ import annotations

import functools
import importlib
import inspect
import linecache
import types
import weakref
from collections.abc import Callable
from typing import Any

__all__ = ["as_function", "shown"]


def as_function(f: Callable[..., Any]) -> types.FunctionType | None:
    """A function that calls ``f`` with the parameters that are left, or None if it is nothing that we know.

    >>> as_function("upper".upper) is None
    True
    """
    if isinstance(f, functools._lru_cache_wrapper) and isinstance(f.__wrapped__, types.FunctionType):
        return f.__wrapped__
    if isinstance(f, types.FunctionType):
        return _whole(f) if f.__code__.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS) else None
    if isinstance(f, types.MethodType) and isinstance(f.__func__, types.FunctionType):
        owner = "cls" if isinstance(f.__self__, type) else "self"
        return _made(f, f.__name__, f"{owner}.{f.__name__}", {owner: f.__self__}, f.__func__)
    if isinstance(f, functools.partial) and isinstance(f.func, types.MethodType) and isinstance(f.func.__func__, types.FunctionType):
        f = functools.partial(f.func.__func__, f.func.__self__, *f.args, **f.keywords)
    if isinstance(f, functools.partial) and isinstance(f.func, types.FunctionType):
        given = {f"argument_{k}": value for k, value in enumerate(f.args)} | {f"{name}_given": value for name, value in f.keywords.items()}
        first = [f"argument_{k}" for k in range(len(f.args))]
        name = f.func.__name__ if f.func.__name__.isidentifier() else "function"  # a lambda has no name
        return _made(f, f"{name}_partial", name, {name: f.func, **given}, f.func, first, f.keywords)
    call = inspect.getattr_static(type(f), "__call__", None)
    library = type(f).__module__.partition(".")[0] in ("numpy", "cupy")
    if isinstance(call, types.FunctionType) and not isinstance(f, type) and not library:
        return _made(f, type(f).__name__, "self", {"self": f}, call)
    return None


class _Whole:
    """The function that names the parameters of a starred one.  It hangs on that, so both go together."""

    def __init__(self, owner: types.FunctionType, signature: inspect.Signature, made: types.FunctionType | None) -> None:
        self.owner, self.code, self.signature, self.made = weakref.ref(owner), owner.__code__, signature, made

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return dict, ()  # whoever pickles a function by value gets an empty dictionary


def _whole(f: types.FunctionType) -> types.FunctionType | None:
    """A function with starred parameters as one that names them, where they are known."""
    behind = inspect.unwrap(f)
    stars = importlib.import_module("tangentx.frontend.handed")
    found = (inspect.signature(f), f.__name__) if behind is not f else stars.handed(f)
    if found is None or (behind is not f and stars.looks(f, found[0])):
        return None
    signature, name = found
    name = name if name.isidentifier() else "function"  # a lambda has no name
    whole = f.__dict__.get("__tangentx_whole__")
    if not isinstance(whole, _Whole) or (whole.owner(), whole.code, whole.signature) != (f, f.__code__, signature):
        whole = _Whole(f, signature, _made(f, name, called := "called" if name == "wrapper" else "wrapper", {called: f}, behind, signature=signature))
        f.__dict__["__tangentx_whole__"] = whole
    return whole.made


def _made(
    f: Any,
    name: str,
    called: str,
    cells: dict[str, Any],
    behind: types.FunctionType,
    first: list[str] | None = None,
    fixed: dict[str, Any] | None = None,
    signature: inspect.Signature | None = None,
) -> types.FunctionType | None:
    """The function, with a source that Python can show."""
    left, defaults, passed = [], [], list(first or [])
    for p in (signature or inspect.signature(f)).parameters.values():
        if fixed and p.name in fixed:
            continue  # a partial's keyword may be given anew; here it is as it was fixed
        if p.default is not p.empty and type(p.default) not in (int, float, bool, str, type(None)):
            return None
        left.append(p.replace(annotation=p.empty, kind=p.POSITIONAL_OR_KEYWORD if p.kind is p.POSITIONAL_ONLY else p.kind))
        defaults.append(p.default)
        star = "*" if p.kind is p.VAR_POSITIONAL else "**" if p.kind is p.VAR_KEYWORD else ""
        passed.append(f"{p.name}={p.name}" if p.kind is p.KEYWORD_ONLY else f"{star}{p.name}")
    passed += [f"{key}={key}_given" for key in fixed or ()]
    shape = str(inspect.Signature(left))
    text = f"def bind({', '.join(cells)}):\n    def {name}{shape}:\n        return {called}({', '.join(passed)})\n    return {name}\n"
    file = f"<{behind.__module__}.{behind.__qualname__}>"
    known = linecache.cache.get(file)
    if known is not None and "".join(known[2]) != text:  # type: ignore[misc]
        file = f"<{behind.__module__}.{behind.__qualname__}{shape}>"
    made = shown(text, file, behind.__globals__, *cells.values())
    made.__module__, made.__annotations__ = behind.__module__, dict(behind.__annotations__)
    return made


def shown(text: str, file: str, names: dict[str, Any], *cells: Any, name: str = "bind") -> types.FunctionType:
    """What the function ``bind`` of a text returns for these cells, or the function of that name; with a source that Python can show."""
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    scope: dict[str, Any] = {}
    exec(compile(text, file, "exec", dont_inherit=True), names, scope)
    made: types.FunctionType = scope["bind"](*cells) if name == "bind" else scope[name]
    made.__dict__["__tangentx_shown__"] = True
    return made
