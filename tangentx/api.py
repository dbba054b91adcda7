"""The public verbs: ``grad, value_and_grad, vjp, jvp, hvp, jacobian, hessian, source``.

    df = tx.grad(f, wrt="x")     look in the memo on f, then in the cache on disk, then ask the pipeline

A second call for the same function answers from the memo in microseconds; a new process answers from the cache without
loading the compiler.  Both first make sure that nothing the function depends on has changed (``tangentx.fingerprint``).
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
import sys
import threading
import types
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tangentx.arguments import Wrt, name_of, normalise_wrt, plain_function
from tangentx.backend import cache, load
from tangentx.bound import for_call, whole_signature
from tangentx.callees import install
from tangentx.errors import ArgumentError, SourceNotFound
from tangentx.fingerprint import Fingerprint, current, fingerprint
from tangentx.options import Derived, Options
from tangentx.ways import Ways, by_call, ways_of

__all__ = ["grad", "hessian", "hvp", "jacobian", "jvp", "module_text", "source", "stages", "value_and_grad", "vjp"]

Function = Callable[..., Any]
Request = tuple[str, tuple[str, ...], Options]

CALLED_BY_US = ("fwd", "bwd", "push")  # by what ``callees`` knows of the call

_LOCK = threading.RLock()


def grad(f: Function, wrt: Wrt = 0, *, optimise: bool = True) -> Function:
    """The gradient of a function with a scalar value: ``df(*args, init_grad=1.0) -> gradient``.

    ``wrt`` is a position, a parameter's name, or a tuple of these; a tuple gives a tuple of gradients.

    Raises:
        TangentxError: the function cannot be differentiated; the message has the place, the reason and a way out.
    """
    return _derivative(f, "grad", wrt, optimise)


def value_and_grad(f: Function, wrt: Wrt = 0, *, optimise: bool = True) -> Function:
    """As ``grad``, with the value: ``df(*args, init_grad=1.0) -> (value, gradient)``."""
    return _derivative(f, "value_and_grad", wrt, optimise)


def vjp(f: Function, wrt: Wrt = 0, *, optimise: bool = True) -> Function:
    """The vector-Jacobian product, for any output: ``df(*args, init_grad=g) -> (value, gradient)``."""
    return _derivative(f, "vjp", wrt, optimise)


def jvp(f: Function, wrt: Wrt = 0, *, optimise: bool = True) -> Function:
    """The Jacobian-vector product: ``df(*args, x_dot=v) -> (value, tangent)``, one ``<parameter>_dot`` for each ``wrt``."""
    return _derivative(f, "jvp", wrt, optimise)


def hvp(f: Function, wrt: Wrt = 0, *, optimise: bool = True) -> Function:
    """The Hessian-vector product: ``df(*args, x_dot=v) -> H v``, forward over reverse."""
    return _derivative(f, "hvp", wrt, optimise)


def jacobian(f: Function, wrt: Wrt = 0, *, optimise: bool = True) -> Function:
    """The Jacobian, of shape ``output.shape + argument.shape``: one ``jvp`` for each input or one ``vjp`` for each output,
    whichever are fewer."""
    return _composed(f, "jacobian", wrt, optimise, lambda w: (jvp(f, w, optimise=optimise), vjp(f, w, optimise=optimise)))


def hessian(f: Function, wrt: Wrt = 0, *, optimise: bool = True) -> Function:
    """The Hessian, of shape ``argument.shape + argument.shape``; for a tuple ``wrt`` the tuple of rows of blocks."""
    return _composed(f, "hessian", wrt, optimise, lambda w: (jvp(grad(f, w, optimise=optimise), w, optimise=optimise),))


def source(df: Function) -> str:
    """The text of the module that a derivative was generated in.

    Raises:
        ArgumentError: ``df`` is not a function that tangentx has made.
        SourceNotFound: its file is gone.
    """
    stem = _stem(df)
    if stem is None:
        raise ArgumentError(f"{name_of(df)} was not made by tangentx", None, "Pass what grad, value_and_grad, vjp, jvp or hvp returned.")
    entry = cache.find(stem)
    if entry is None:
        raise SourceNotFound(f"the generated file of {name_of(df)} is gone or damaged", None, "Call grad again: it is written anew.")
    return entry.text


class _Memo:
    """The derivatives of one function in this process.  It hangs on the function itself, so both go together."""

    def __init__(self, owner: types.FunctionType) -> None:
        self.owner = weakref.ref(owner)
        self.made: dict[Request, tuple[Fingerprint, Function]] = {}

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return dict, ()  # whoever pickles a function by value gets an empty dictionary


def _memo(fn: types.FunctionType) -> _Memo:
    memo = fn.__dict__.get("__tangentx_memo__")
    if not isinstance(memo, _Memo) or memo.owner() is not fn:  # functools.wraps copies the attribute to another function
        memo = fn.__dict__["__tangentx_memo__"] = _Memo(fn)
    return memo


def _derivative(f: Function, mode: str, wrt: Wrt, optimise: bool) -> Function:
    fn = plain_function(f, wrt)
    _adopt(fn)
    names, single = normalise_wrt(fn, wrt)
    request = mode, names, Options(single=single, optimise=optimise)
    df = _remembered(fn, request, lambda found: _from_disk(fn, *request, found))
    if mode in CALLED_BY_US:
        return df
    before, by = ways_of(f), names[0] if single else names
    whole = before.whole if before else whole_signature(f)
    if whole is None:
        return df
    function = before.chosen if before else lambda way: for_call(f, whole, *way)
    return by_call(Ways(df, whole, names, function, lambda f: _derivative(f, mode, by, optimise)))


install(
    lambda f, mode, wrt: _derivative(f, mode, wrt, True),
    lambda f: importlib.import_module("tangentx.pipeline").refuse_writer(plain_function(f)),
)


def _remembered(fn: types.FunctionType, request: Request, make: Callable[[Fingerprint], Function]) -> Function:
    """What was made for this request before, as long as everything that it depends on is as it was."""
    with _LOCK:
        memo = _memo(fn)
        if request in memo.made and not _dumping():
            found, made = memo.made[request]
            if current(found):
                return made
        found = fingerprint(fn)
        made = make(found)
        memo.made[request] = found, made
        return made


def _dumping() -> bool:
    """Whether every stage is to be written to a folder: then every stage has to run."""
    return bool(os.environ.get("TANGENTX_DUMP"))


def _key(*parts: Any) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _file_stem(mode: str, fn: types.FunctionType, key: str) -> str:
    names = (mode, (fn.__module__ or "").rpartition(".")[2], fn.__name__[:60])
    return "_".join([*(re.sub(r"\W+", "_", name).strip("_") or "f" for name in names), key[:12]])


def _from_disk(fn: types.FunctionType, mode: str, wrt: tuple[str, ...], options: Options, found: Fingerprint) -> Function:
    key = _key(mode, wrt, options, found.digest)
    stem = _file_stem(mode, fn, key)
    entry, fresh = None if _dumping() else cache.read(stem, key), False
    given: dict[str, Any] = {}
    if entry is None or entry.manifest["given"]:
        with cache.locked(stem):
            entry = None if _dumping() else cache.read(stem, key)  # another process may have written it while we waited
            if entry is None or entry.manifest["given"]:
                derived = _derive(fn, mode, wrt, options)
                entry, fresh = cache.write(stem, key, derived.text, _manifest(fn, mode, wrt, options, derived)), True
                given = derived.given
    df = load.load(entry, fn, fresh, given=given)
    free = (*entry.manifest["free"], *entry.manifest["given"])
    df.__dict__["__tangentx__"] = load.Origin(fn, mode, wrt, options.single, options.optimise, stem, free)
    return df


def _composed(f: Function, verb: str, wrt: Wrt, optimise: bool, parts: Callable[[Wrt], tuple[Function, ...]]) -> Function:
    """A small module that puts the results of products together."""
    from tangentx.assemble import composed_text

    fn = plain_function(f, wrt)
    _adopt(fn)
    names, single = normalise_wrt(fn, wrt)

    def make(found: Fingerprint) -> Function:
        products = parts(names[0] if single else names)
        modules = {part.__name__: part.__module__ if load.is_at_home(part) else None for part in products}
        key = _key(verb, names, single, found.digest, modules)
        entry_name = f"{fn.__name__ if fn.__name__.isidentifier() else 'f'}_{verb}"
        stem, text = _file_stem(verb, fn, key), composed_text(entry_name, verb, names, single, modules)
        manifest = {"entry": entry_name, "free": [], "modules": sorted({m for m in modules.values() if m}), "composed": verb}
        entry, fresh = cache.read(stem, key), False
        if entry is None or entry.text != text:
            entry, fresh = cache.write(stem, key, text, manifest), True
        return load.load(entry, fn, fresh, products if None in modules.values() else ())

    return _remembered(fn, (verb, names, Options(single=single, optimise=optimise)), make)


def _derive(fn: types.FunctionType, mode: str, wrt: tuple[str, ...], options: Options) -> Derived:
    """The pipeline, imported on a miss only."""
    pipeline = importlib.import_module("tangentx.pipeline")
    derived: Derived = pipeline.derive(fn, mode, wrt, options=options)
    return derived


def _manifest(fn: types.FunctionType, mode: str, wrt: tuple[str, ...], options: Options, derived: Derived) -> dict[str, Any]:
    of = {"module": fn.__module__, "qualname": fn.__qualname__, "mode": mode, "wrt": wrt, "single": options.single, "optimise": options.optimise}
    return {**derived.manifest, "entry": derived.entry, "free": derived.free, "given": list(derived.given), "lines": derived.lines, "of": of}


def _stem(df: Any) -> str | None:
    """The name of the cache entry that a generated function stands in."""
    package, _, stem = (getattr(df, "__module__", None) or "").rpartition(".")
    return stem if package == load.PACKAGE else None


def _adopt(fn: types.FunctionType) -> None:
    """Gives a generated function that came by pickling its origin again."""
    stem = _stem(fn)
    if stem is None or load.origin(fn) is not None:
        return
    entry = cache.find(stem)
    if entry is not None and "composed" in entry.manifest:
        hint = "Differentiate the function itself: hessian(f), or jacobian(grad(f))."
        raise ArgumentError(f"{fn.__name__} puts products together; it is not differentiated itself", None, hint)
    of = entry.manifest["of"] if entry is not None else {}
    target: Any = sys.modules.get(of.get("module", "")) or (importlib.import_module(of["module"]) if of else None)
    for name in of.get("qualname", "").split("."):
        target = getattr(target, name, None)
    if entry is None or not isinstance(target, types.FunctionType) or fn.__name__ != entry.manifest["entry"]:
        reason = f"{fn.__name__} is generated, and the function that it was made from cannot be found"
        raise SourceNotFound(reason, None, "Differentiate that function again.")
    _adopt(target)
    fn.__dict__["__tangentx__"] = load.Origin(target, of["mode"], tuple(of["wrt"]), of["single"], of["optimise"], stem)


def module_text(f: Function, wrt: Wrt = 0, mode: str = "grad") -> str:
    """The derivative as a module that stands alone: it imports what the user's module imports and NumPy, not tangentx."""
    from tangentx.backend.standalone import standalone

    fn = plain_function(f, wrt)
    names, single = normalise_wrt(fn, wrt)
    derived = _derive(fn, mode, names, Options(single=single, standalone=True))
    if derived.given:
        reason = f"{fn.__name__} reads what an import in a file does not lead to: {', '.join(derived.given)}"
        hint = "Give that module, class or function a name of its own: another one is found under its name, or none."
        raise ArgumentError(reason, None, hint)
    rooms = {room.stem: room.read_text(encoding="utf-8") for room in sorted((Path(__file__).parent / "runtime").glob("*.py"))}
    plain = rooms.pop("plain")
    return standalone(derived.text, "\n".join(rooms.values()), plain)


def stages(f: Function, wrt: Wrt = 0, mode: str = "grad") -> list[tuple[str, str]]:
    """What every stage of the compiler makes of the function, in order: (name of the stage, text)."""
    names, single = normalise_wrt(f, wrt)
    found: list[tuple[str, str]] = importlib.import_module("tangentx.pipeline").stages(plain_function(f, wrt), mode, names, Options(single=single))
    return found
