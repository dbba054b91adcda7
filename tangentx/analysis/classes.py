"""Classes: of which class of the user's a value is, where that can be known.

def loss(model: Model, x):          model: Model, as its annotation says (checked at run time, since it may be a subclass)
    p = Point(x, 2.0)               p: Point, for sure
    q = p if x > 0 else p           q: Point
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
import types
import typing
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from tangentx.ir.nodes import Atom, Attribute, Call, For, Function, If, Let, Local, Method, Ref, Store, Var, While
from tangentx.ir.walk import merges, statements

__all__ = ["Behind", "ClassOf", "Known", "find_classes", "is_field", "is_own_class"]

LIBRARIES = frozenset({"numpy", "scipy", "cupy", "tangentx", *sys.stdlib_module_names}) - {"__main__"}
ARRAY_LIKE = ("__array__", "__array_ufunc__", "__array_interface__")


@dataclasses.dataclass(frozen=True)
class Known:
    """The class of a value; ``sure`` when it was made here, or checked already."""

    cls: type
    sure: bool = False


class Behind(NamedTuple):
    """A function, and the class of its first argument; ``is_class``: that argument is the class itself."""

    function: types.FunctionType
    cls: type | None
    is_class: bool


# the class of what a function returns: one of the program, by its name, or one of the user's
ClassOf = Callable[["str | Behind"], Known | None]


def is_own_class(value: Any) -> bool:
    """Whether it is a class that somebody has written in Python, not one of a library that we know, nor an array of another kind."""
    if not isinstance(value, type) or issubclass(value, BaseException) or any(hasattr(value, name) for name in ARRAY_LIKE):
        return False
    return value.__module__.partition(".")[0] not in LIBRARIES


def is_field(call: Any) -> str:
    """The name of the attribute that a call reads, "" if it reads none."""
    return call.fn.name if isinstance(call, Call) and isinstance(call.fn, Attribute) else ""


def find_classes(function: Function, class_of: ClassOf = lambda name: None) -> dict[Var, Known]:
    """The values of known class; ``class_of`` gives the class of what a function of the program returns."""
    every = tuple(statements(function.body))
    lost: set[Var] = set()
    while True:
        known = _walk(function, every, lost, class_of)
        wrong = {t for t, values in merges(every) if t in known and any(_of(v, known) != known[t] for v in values)}
        if not wrong - lost:
            return known
        lost |= wrong


def _walk(function: Function, every: tuple[Any, ...], lost: set[Var], class_of: ClassOf) -> dict[Var, Known]:
    known = {p.var: Known(p.cls, p.checked) for p in function.params if is_own_class(p.cls) and (p.checked or not inspect.isabstract(p.cls))}
    known.update((var, Known(cls)) for var, cls in function.cells if is_own_class(cls))
    for stmt in (*every, *every):  # a join stands before its arms here
        found: list[tuple[Var, Known | None]] = []
        if isinstance(stmt, Let):
            found = [(stmt.target, _value(stmt.value, known, class_of))]
        elif isinstance(stmt, Store):
            found = [(stmt.target, known.get(stmt.base))]
        elif isinstance(stmt, For | While):
            found = [(c.target, _of(c.init, known)) for c in stmt.carries]
        elif isinstance(stmt, If):
            found = [(j.target, _of(j.then, known)) for j in stmt.joins]
        known.update((t, k) for t, k in found if k is not None and t not in lost)
    return known


def _of(atom: Atom, known: Mapping[Var, Known]) -> Known | None:
    if isinstance(atom, Var):
        return known.get(atom)
    if isinstance(atom, Ref) and is_own_class(type(atom.obj)):
        return Known(type(atom.obj))
    return None


def _value(value: Any, known: Mapping[Var, Known], class_of: ClassOf) -> Known | None:
    if not isinstance(value, Call):
        return _of(value, known) if isinstance(value, Var | Ref) else None
    if isinstance(value.fn, Local):
        return class_of(value.fn.name)
    if isinstance(value.fn, Method) and value.fn.name == "_replace" or isinstance(value.fn, Ref) and value.fn.obj is dataclasses.replace:
        return _of(value.args[0], known) if value.args else None
    if (behind := _behind(value, known)) is not None:
        return class_of(behind)
    if isinstance(value.fn, Ref) and is_own_class(value.fn.obj):
        return Known(value.fn.obj, True)
    if isinstance(value.fn, Ref) and value.fn.obj is object.__new__ and isinstance(value.args[0], Ref):
        return Known(value.args[0].obj, True)
    if isinstance(value.fn, Ref) and value.fn.attr in ("copied", "zeros_like", "put_field", "add") and value.fn.module == "tangentx.runtime":
        return _of(value.args[0], known)
    if isinstance(value.fn, Attribute) and (owner := _of(value.args[0], known)) is not None:
        field = _fields(owner.cls).get(value.fn.name)
        return Known(field) if isinstance(field, type) and is_own_class(field) else None
    return None


def _behind(call: Call, known: Mapping[Var, Known]) -> Behind | None:
    """The function of the user's that a call, a method or an operator means, and its first argument: of which class it is, or which class."""
    first = call.args[0] if call.args else None
    cls = first.obj if isinstance(first, Ref) and is_own_class(first.obj) else None
    owner = _of(first, known) if first is not None else None
    found: Any = call.fn.obj if isinstance(call.fn, Ref) else None
    if isinstance(found, types.MethodType) and is_own_class(found.__self__):
        cls, owner, found = found.__self__, None, found.__func__
    elif owner is not None and owner.sure and isinstance(call.fn, Method):
        found = inspect.getattr_static(owner.cls, call.fn.name, None)
    elif owner is not None and owner.sure and isinstance(call.fn, Ref) and call.fn.module == "operator":
        found = inspect.getattr_static(owner.cls, f"__{call.fn.attr.rstrip('_')}__", None)
    if not isinstance(found, types.FunctionType) or found.__module__.partition(".")[0] in LIBRARIES:
        return None
    makes = cls is not None or any(is_own_class(found.__globals__.get(name)) for name in found.__code__.co_names)
    of = cls if owner is None else owner.cls
    return Behind(found, of, cls is not None) if makes else None


@lru_cache(maxsize=256)
def _fields(cls: type) -> dict[str, Any]:
    """The annotated fields of a class, as far as their annotations mean something."""
    try:
        return typing.get_type_hints(cls)
    except Exception:  # a name that only a type checker sees
        return {}
