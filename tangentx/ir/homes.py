"""Whether the name of a module leads to it, and what a name of the outside world is reached by where it does not.

import pkg.sub; pkg.sub     another thing, where a package calls it so:      from .model import model
cfg.K                       of another module, where two have the name:      spec_from_file_location("cfg", ...) twice
cfg.K                       of no module at all, where none is in sys.modules

``leads`` finds the first, which is for the printer; the other two are homes: the names that a function reads, its class, ...
"""

from __future__ import annotations

import dis
import functools
import inspect
import sys
import sysconfig
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = [
    "code_within",
    "handed_on",
    "home_of",
    "is_library",
    "is_installed",
    "is_registered",
    "leads",
    "lookup_path",
    "names_at_home",
    "path_from_module",
    "path_to",
    "way",
]


FOLDERS = frozenset({"site-packages", "dist-packages"})
CLOSED = frozenset({"numpy", "scipy", "cupy", "tangentx", *sys.stdlib_module_names}) - {"__main__"}


def code_within(code: types.CodeType) -> Iterator[types.CodeType]:
    """The code of a function, and that of the functions, comprehensions and classes inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from code_within(constant)


def leads(module: str) -> bool:
    """Whether ``a.b`` is the module of that name behind ``import a.b``."""
    first, *rest = module.split(".")
    return module not in sys.modules or lookup_path(sys.modules.get(first), ".".join(rest)) is sys.modules[module]


def is_library(obj: Any) -> bool:
    """Whether a function or class is Python's own, or of a library that the rulebook describes: nobody looks into it."""
    home = getattr(obj, "__module__", None)
    return isinstance(home, str) and home.partition(".")[0] in CLOSED


@functools.cache
def is_installed(file: str) -> bool:
    """Whether a file belongs to an installed package."""
    path = Path(file)
    return not FOLDERS.isdisjoint(path.parts) or any(path.is_relative_to(sysconfig.get_path(kind)) for kind in ("purelib", "platlib"))


def is_registered(module: types.ModuleType) -> bool:
    """Whether importing its name gives this module."""
    return sys.modules.get(module.__name__) is module


def names_at_home(module: str, names: dict[str, Any]) -> dict[str, Any] | None:
    """None if these are the names of the module that is called so; else the names themselves."""
    return None if getattr(sys.modules.get(module), "__dict__", None) is names else names


def home_of(obj: Any) -> Any:
    """None if the name of a function or class leads to it; else itself."""
    return None if lookup_path(sys.modules.get(obj.__module__ or ""), obj.__qualname__) is obj else obj


def lookup_path(found: Any, path: str) -> Any:
    """What ``path`` means in an object; None if nothing."""
    for part in filter(None, path.split(".")):
        try:
            found = getattr(found, part, None)
        except Exception:  # a module's own __getattr__ may do anything
            return None
    return found


def path_to(function: types.FunctionType) -> str:
    """How a function is reached from its globals now, ``f.__wrapped__`` where it is decorated; "" if it is not."""
    path = function.__qualname__
    first, _, rest = path.partition(".")
    found = lookup_path(function.__globals__.get(first), rest)
    while found is not function and hasattr(found, "__wrapped__"):
        found, path = found.__wrapped__, f"{path}.__wrapped__"
    return path if found is function else ""


def handed_on(owner: Any, name: str) -> Any:
    """What ``__getattr__`` of an object's class, or of a module, gives for an attribute that is not there; None if nothing, or it writes.

    >>> handed_on(types.SimpleNamespace(a=1), "a") is None
    True
    """
    answers = vars(owner).get("__getattr__") if isinstance(owner, types.ModuleType) else inspect.getattr_static(type(owner), "__getattr__", None)
    if not isinstance(answers, types.FunctionType) or isinstance(owner, type) or inspect.getattr_static(owner, name, answers) is not answers:
        return None
    if _writes(answers.__code__):
        return None
    try:
        return getattr(owner, name)
    except Exception:  # it may do anything
        return None


@functools.lru_cache(maxsize=256)
def _writes(code: types.CodeType) -> bool:
    stores = ("STORE_ATTR", "STORE_GLOBAL", "STORE_SUBSCR", "STORE_DEREF", "DELETE_")
    return any(step.opname.startswith(stores) for step in dis.get_instructions(code))


def path_from_module(module: str, attr: str, function: types.FunctionType) -> str:
    """``pkg.model:Model.loss``, where that leads to the function: what it closes over is found from there; "" if it does not.

    >>> path_from_module("types", "prepare_class", types.prepare_class)
    'types:prepare_class'
    """
    return f"{module}:{attr}" if lookup_path(sys.modules.get(module), attr) is function else ""


def way(module: str, found: bool) -> str:
    """How generated code reaches a module: by its dotted name, by what is imported under its name, or as it is."""
    return "as it is" if not found else "by its name" if leads(module) else "by import_module"
