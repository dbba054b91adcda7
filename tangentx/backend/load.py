"""From a generated module on disk to a function.

    load(entry, fn)  ->  import tangentx.generated.grad_model_f_1a2b3c4d5e6f;  its function ``dfdx``

Modules are imported by a real name, in any process, so functions pickle by reference.  A derivative of a closure is
printed inside ``def enclosing(a, b)``; it is bound to the user's own cells here, so it reads what the primal would read.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import MappingProxyType
from typing import Any

from tangentx.backend import cache
from tangentx.errors import CacheError

__all__ = ["Origin", "install", "is_at_home", "load", "origin"]

PACKAGE = "tangentx.generated"


@dataclass(frozen=True)
class Origin:
    """What a generated function is the derivative of: kept on it as ``__tangentx__``."""

    function: Callable[..., Any]
    mode: str
    wrt: tuple[str, ...]
    single: bool
    optimise: bool
    stem: str
    free: tuple[str, ...] = ()


def origin(fn: Any) -> Origin | None:
    """What ``fn`` is the derivative of, or None for a function that tangentx has not made."""
    found = getattr(fn, "__dict__", {}).get("__tangentx__")
    return found if isinstance(found, Origin) else None


class _Finder:
    """Finds the modules of ``tangentx.generated`` in the cache folder."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None) -> ModuleSpec | None:
        package, _, stem = name.rpartition(".")
        entry = cache.find(stem) if package == PACKAGE and stem.isidentifier() else None
        if entry is None:
            return None
        return importlib.util.spec_from_file_location(name, entry.path, loader=_Loader(name, str(entry.path)))


class _Loader(SourceFileLoader):
    """Compiles the checked text itself: no byte code of another writer is ever read."""

    def get_code(self, fullname: str) -> types.CodeType:
        entry = cache.find(fullname.rpartition(".")[2])
        if entry is None:
            raise ImportError(f"{fullname} is not in the cache folder, or damaged", name=fullname)
        self.imported = entry.manifest["modules"]
        code: types.CodeType = compile(entry.text, str(entry.path), "exec", dont_inherit=True)
        return code

    def exec_module(self, module: types.ModuleType) -> None:
        super().exec_module(module)
        module.__dict__["__tangentx_modules__"] = {name: sys.modules.get(name) for name in self.imported}


def install() -> None:
    """Lets ``import tangentx.generated.<stem>`` work in this process."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())


def is_at_home(made: Any) -> bool:
    """Whether a generated function is what its module and name lead to."""
    return getattr(sys.modules.get(made.__module__), made.__name__, None) is made


class _Names:
    """The globals of a module that no name leads to: ``names.scale`` is what its functions read as ``scale``, now."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.__dict__ = names


def load(
    entry: cache.Entry, fn: Callable[..., Any], fresh: bool = False, bind: Sequence[Any] = (), given: Mapping[str, Any] = MappingProxyType({})
) -> Callable[..., Any]:
    """The derivative in a cache entry, bound to the cells of ``fn``; ``fresh``: the file was written just now.

    ``bind`` are values for the parameters of ``enclosing`` where they are no cells; ``given`` are the last of them where some are cells.

    Raises:
        CacheError: the module cannot be imported under its name.
    """
    name = f"{PACKAGE}.{entry.path.stem}"
    importlib.import_module(PACKAGE)
    module = _module(name, fresh)
    attr = entry.manifest["entry"]
    free = entry.manifest.get("free", ())
    if bind:
        bound: Callable[..., Any] = module.enclosing(*bind)
        return bound
    if not free and not given:
        function: Callable[..., Any] = getattr(module, attr)
        return function
    names = [item.partition("=")[0] for item in free]
    more = {name: _Names(value) if isinstance(value, dict) else value for name, value in given.items()}
    printed = module.enclosing(*(None for _ in names), **more)  # the defaults of its functions are read here
    cells = dict(zip(names, (_cell(fn, item.partition("=")[2] or item) for item in free)))
    return _rebind(printed, cells | {name: types.CellType(value) for name, value in more.items()}, {})


def _module(name: str, fresh: bool) -> types.ModuleType:
    """The generated module; it is run again if a name that it imported is that of another module now."""
    found = sys.modules.get(name)
    if found is not None and (fresh or any(sys.modules.get(n) is not m for n, m in found.__dict__["__tangentx_modules__"].items())):
        del sys.modules[name]
    return importlib.import_module(name)


def _cell(fn: Any, path: str) -> types.CellType:
    """The closure cell that ``g.h.a`` means: the names lead from function to function, the last one is a cell; or ``model:Model.loss.a``."""
    fn = _behind(fn)
    module, _, inside = path.rpartition(":")
    fn = sys.modules[module] if module else fn
    *functions, last = inside.split(".")
    for name in functions:
        fn = _behind(_led(fn, name))
    cells = _cells(fn)
    if last not in cells:
        raise CacheError(f"the closure of {fn.__qualname__} has no cell {last!r}")
    return cells[last]


def _behind(fn: Any) -> Any:
    """The user's function behind its derivatives: the cells are those of that one."""
    while (made := origin(fn)) is not None:
        fn = made.function
    return fn


def _led(owner: Any, name: str) -> Any:
    """What a name means in a function, or a member of a class or module."""
    if not isinstance(owner, types.FunctionType):
        return getattr(owner, name)
    cells = _cells(owner)
    return cells[name].cell_contents if name in cells else owner.__globals__[name] if name in owner.__globals__ else getattr(owner, name)


def _cells(fn: Any) -> dict[str, types.CellType]:
    return dict(zip(fn.__code__.co_freevars, fn.__closure__ or ()))


def _rebind(fn: types.FunctionType, cells: dict[str, types.CellType], done: dict[int, types.FunctionType]) -> types.FunctionType:
    """A copy of a function of ``enclosing`` with the user's cells for its parameters; functions beside it follow."""
    if id(fn) in done:
        return done[id(fn)]
    closure = {name: cells.get(name, types.CellType()) for name in fn.__code__.co_freevars}
    copy = types.FunctionType(fn.__code__, fn.__globals__, fn.__name__, fn.__defaults__, tuple(closure.values()))
    copy.__kwdefaults__, copy.__annotations__, copy.__doc__ = fn.__kwdefaults__, fn.__annotations__, fn.__doc__
    copy.__qualname__, copy.__module__ = fn.__qualname__, fn.__module__
    done[id(fn)] = copy
    for name, cell in _cells(fn).items():
        if name not in cells:
            beside = cell.cell_contents
            closure[name].cell_contents = _rebind(beside, cells, done) if isinstance(beside, types.FunctionType) else beside
    return copy
