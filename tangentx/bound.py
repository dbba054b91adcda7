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

__all__ = ["as_function", "for_call", "shown", "whole_signature"]

MADE = {"__tangentx__", "__tangentx_shown__"}  # by tangentx: its parameters are what they are
POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def as_function(f: Callable[..., Any], wrt: tuple[Any, ...] = ()) -> types.FunctionType | None:
    """A function that calls ``f`` with the parameters that are left, or None if it is nothing that we know.

    ``wrt``: what it will be differentiated by, by position or name.

    >>> as_function("upper".upper) is None
    True
    """
    if isinstance(f, functools._lru_cache_wrapper) and isinstance(f.__wrapped__, types.FunctionType):
        return as_function(f.__wrapped__, wrt) or f.__wrapped__
    if isinstance(f, types.FunctionType):
        return _whole(f, wrt) if f.__code__.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS) else None
    if isinstance(f, types.MethodType) and isinstance(f.__func__, types.FunctionType):
        return _of_method(f, _bound(f.__func__, wrt))
    if isinstance(f, functools.partial) and isinstance(f.func, types.MethodType) and isinstance(f.func.__func__, types.FunctionType):
        f = functools.partial(f.func.__func__, f.func.__self__, *f.args, **f.keywords)
    if isinstance(f, functools.partial) and isinstance(f.func, types.FunctionType):
        given = {f"argument_{k}": value for k, value in enumerate(f.args)} | {f"{name}_given": value for name, value in f.keywords.items()}
        first = [f"argument_{k}" for k in range(len(f.args))]
        name = f.func.__name__ if f.func.__name__.isidentifier() else "function"  # a lambda has no name
        return _made(f, f"{name}_partial", name, {name: f.func, **given}, f.func, first, f.keywords, _partial(f, wrt))
    call = inspect.getattr_static(type(f), "__call__", None)
    library = type(f).__module__.partition(".")[0] in ("numpy", "cupy")
    if isinstance(call, types.FunctionType) and not isinstance(f, type) and not library:
        return _made(f, type(f).__name__, "self", {"self": f}, call, signature=_bound(call, wrt))
    return None


class _Whole:
    """The functions that name the parameters of a starred one.  They hang on that, so all go together."""

    def __init__(self, owner: types.FunctionType) -> None:
        self.owner, self.code = weakref.ref(owner), owner.__code__
        self.made: dict[str, types.FunctionType | None] = {}

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return dict, ()  # whoever pickles a function by value gets an empty dictionary


def _whole(f: types.FunctionType, wrt: tuple[Any, ...]) -> types.FunctionType | None:
    """A function with starred parameters as one that names them, where they are known."""
    if MADE & f.__dict__.keys() or (found := _handed(f, wrt)) is None:
        return None
    return _kept(f, found[1], found[0])


def _kept(f: types.FunctionType, name: str, signature: inspect.Signature) -> types.FunctionType | None:
    """A function that calls this one with these parameters; the same for the same ones."""
    name = name if name.isidentifier() else "function"  # a lambda has no name
    whole = f.__dict__.get("__tangentx_whole__")
    if not isinstance(whole, _Whole) or (whole.owner(), whole.code) != (f, f.__code__):
        whole = f.__dict__["__tangentx_whole__"] = _Whole(f)
    if (said := f"{name}{signature}") not in whole.made:
        called = "called" if name == "wrapper" else "wrapper"
        whole.made[said] = _made(f, name, called, {called: f}, inspect.unwrap(f), signature=signature)
    return whole.made[said]


def whole_signature(f: Any) -> inspect.Signature | None:
    """That of a function whose wrapper looks at what it is given, with what may be left out; None where ``as_function`` says it all."""
    f = f.__wrapped__ if isinstance(f, functools._lru_cache_wrapper) else f
    fn = f.__func__ if isinstance(f, types.MethodType) else f
    starred = isinstance(fn, types.FunctionType) and fn.__code__.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS)
    if not starred or MADE & fn.__dict__.keys():
        return None
    found: inspect.Signature | None = importlib.import_module("tangentx.frontend.handed").whole(fn)
    if found is None or fn is f:
        return found
    return found.replace(parameters=list(found.parameters.values())[1:])


def for_call(f: Any, whole: inspect.Signature, positional: int, words: tuple[str, ...]) -> types.FunctionType | None:
    """The function of what a call gives, so many arguments by position and these by name; None where it cannot be said.

    >>> def f(*args, **words): ...
    >>> inspect.signature(for_call(f, inspect.signature(lambda x, scale=2.0: x), 1, ("scale",)))
    <Signature (x, /, *, scale)>
    """
    f = f.__wrapped__ if isinstance(f, functools._lru_cache_wrapper) else f
    names = [p.name for p in whole.parameters.values() if p.kind in POSITIONAL][:positional]
    kinds = inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.KEYWORD_ONLY
    given = [*(inspect.Parameter(n, kinds[0]) for n in names), *(inspect.Parameter(n, kinds[1]) for n in words)]
    return _of_method(f, inspect.Signature(given)) if isinstance(f, types.MethodType) else _kept(f, f.__name__, inspect.Signature(given))


def _handed(f: Any, wrt: tuple[Any, ...]) -> Any:
    return importlib.import_module("tangentx.frontend.handed").handed(f, wrt)


def _of_method(f: types.MethodType, signature: inspect.Signature | None) -> types.FunctionType | None:
    """A function that calls a bound method."""
    owner, name = "cls" if isinstance(f.__self__, type) else "self", f.__name__
    if getattr(f.__self__, name, None) != f:  # a wrapper has a name of its own
        classes = (f.__self__ if isinstance(f.__self__, type) else type(f.__self__)).__mro__
        name = next((n for c in classes for n, v in vars(c).items() if getattr(v, "__func__", v) is f.__func__), name)
    return _made(f, name, f"{owner}.{name}", {owner: f.__self__}, f.__func__, signature=signature)  # type: ignore[arg-type]


def _bound(f: types.FunctionType, wrt: tuple[Any, ...]) -> inspect.Signature | None:
    """The signature of a method that hands on its arguments, without the first one; None where Python tells it."""
    if not f.__code__.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS):
        return None
    found = _handed(f, tuple(k + 1 if isinstance(k, int) else k for k in wrt))
    signature = found[0] if found else inspect.signature(f, follow_wrapped=False)
    params = _without_star(signature, found)
    return signature.replace(parameters=params[params[0].kind is not inspect.Parameter.VAR_POSITIONAL :])


def _without_star(signature: inspect.Signature, found: Any) -> list[inspect.Parameter]:
    """The parameters; a method takes no star of unknown length."""
    return [p for p in signature.parameters.values() if found is None or p.kind is not p.VAR_POSITIONAL]


def _partial(f: functools.partial[Any], wrt: tuple[Any, ...]) -> inspect.Signature | None:
    """The same for a partial."""
    if not f.func.__code__.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS):
        return None
    found = _handed(f.func, tuple(k + len(f.args) if isinstance(k, int) else k for k in wrt))
    signature = found[0] if found else inspect.signature(f.func, follow_wrapped=False)
    params = _without_star(signature, found)
    taken = next((k for k, p in enumerate(params) if k == len(f.args) or p.kind not in POSITIONAL), len(params))
    left = [p for p in params[taken:] if p.name not in f.keywords]
    after = next((k for k, p in enumerate(params) if p.name in f.keywords), len(params))
    names = {p.name for p in params[after:] if p.kind is p.POSITIONAL_OR_KEYWORD}
    left = [p.replace(kind=p.KEYWORD_ONLY) if p.name in names else p for p in left]
    return signature.replace(parameters=sorted(left, key=lambda p: p.kind))


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
        open_ = signature is None and p.kind is p.POSITIONAL_ONLY
        left.append(p.replace(annotation=p.empty, kind=p.POSITIONAL_OR_KEYWORD if open_ else p.kind))
        defaults.append(p.default)
        star = "*" if p.kind is p.VAR_POSITIONAL else "**" if p.kind is p.VAR_KEYWORD else ""
        passed.append(f"{p.name}={p.name}" if p.kind is p.KEYWORD_ONLY else f"{star}{p.name}")
    passed += [f"{key}={key}_given" for key in fixed or ()]
    shape = str(inspect.Signature(left))
    text = f"def bind({', '.join(cells)}):\n    def {name}{shape}:\n        return {called}({', '.join(passed)})\n    return {name}\n"
    file = f"<{behind.__module__}.{behind.__qualname__}>"
    known = linecache.cache.get(file)
    if known is not None and "".join(known[2]) != text:  # type: ignore[misc]
        file = f"<{behind.__module__}.{behind.__qualname__}: {name}{shape}>"
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
