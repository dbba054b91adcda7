"""What a value is made of: the items of containers, the attributes of objects."""

from __future__ import annotations

import collections
import copy
import dataclasses
import enum
import functools
import gc
import inspect
import types
from collections import deque
from typing import Any

import numpy as np

from tangentx.errors import AliasError, NotDifferentiable

__all__ = ["attributes", "inside", "leaves", "parts", "reached", "rebuilt", "zeros_like"]

STILL = (bool, int, float, complex, str, np.number, type(None), types.ModuleType)
HOLD = (list, tuple, dict, deque, np.ndarray, types.SimpleNamespace, types.MappingProxyType)
ITEMS = (  # what makes another thing of a list or dict, and methods by which it is written
    "__setitem__", "__getitem__", "__delitem__", "__missing__", "__iter__", "__reversed__", "__len__", "__contains__", "append", "extend", "insert",
    "pop", "remove", "clear", "reverse", "update", "setdefault",
)  # fmt: skip
VIEWS = tuple(type(view) for view in (dict[str, int]().keys(), dict[str, int]().values(), dict[str, int]().items()))


def holds_itself(x: Any) -> NotDifferentiable:
    """The refusal of what no adjoint can be like."""
    reason = f"a {type(x).__name__} holds itself, by way of its attributes or items, or is nested too deep"
    return NotDifferentiable(reason, None, "Keep what goes back (s.peer = s, node.parent) out of the values that are differentiated.")


def leaves(x: Any, above: tuple[Any, ...] = ()) -> list[Any]:
    """The arrays in a value, those of shape () among them: a number of NumPy's cannot be written.  What holds itself is looked into once."""
    x = _shown(x)
    children = _reachable(x)
    own = [x] if isinstance(x, np.ndarray) or (children is None and not isinstance(x, type) and getattr(x, "shape", ()) != ()) else []
    if children is None or any(x is a for a in above):
        return own
    return own + [leaf for child in children for leaf in leaves(child, (*above, x))]


def inside(x: Any, above: tuple[Any, ...] = ()) -> list[Any]:
    """A list, dict or object, and those in it; what holds itself stands there once more."""
    x = _shown(x)
    children = _reachable(x)
    if children is None:
        return []
    more = [] if any(x is a for a in above) else [c for child in children for c in inside(child, (*above, x))]
    return [x] * (not isinstance(x, tuple | np.ndarray)) + more


def _reachable(x: Any) -> list[Any] | None:
    """The parts of a value, and what an array of objects holds; None of numbers and arrays of numbers."""
    if isinstance(x, np.ndarray):
        return x.ravel().tolist() if x.dtype.hasobject else None
    children = parts(x)
    return None if children is None else [child for _, child in children]


def refuse_overlap(x: Any) -> None:
    """An array that is written after it was copied shows each place of its memory once: as the copy does.  Made by as_strided, it need not."""
    if not isinstance(x, np.ndarray) or x.flags.forc or not x.flags.writeable:
        return
    reach, apart = x.itemsize, True
    for stride, size in sorted((abs(stride), size) for stride, size in zip(x.strides, x.shape) if size > 1):
        apart, reach = apart and stride >= reach, reach + stride * (size - 1)
    if apart or x.size == 0:
        return
    places = np.zeros(x.shape, dtype=int)
    for axis, (stride, size) in enumerate(zip(x.strides, x.shape)):
        places += (np.arange(size) * stride).reshape(-1, *[1] * (x.ndim - axis - 1))
    if np.min(np.diff(np.sort(places, axis=None)), initial=x.itemsize) < x.itemsize:
        reason = "an array that is written shows one place of its memory twice, which its copy would not"
        raise AliasError(reason, None, "Pass a copy: x.copy()")


def _shown(x: Any) -> Any:
    """The dict that a view shows; anything else is itself."""
    return next((d for d in gc.get_referents(x) if isinstance(d, dict)), x) if isinstance(x, VIEWS) else x


def reached(x: Any) -> dict[int, Any]:
    """A value and all that is in it, each once, by its id: it may hold itself."""
    found: dict[int, Any] = {}
    stack = [x]
    while stack:
        value = _shown(stack.pop())
        if id(value) not in found:
            found[id(value)] = value
            stack += [child for _, child in parts(value) or ()] + _held(value)
    return found


def _held(value: Any) -> list[Any]:
    """What is in a value but has no adjoint there: what stands in its class, in the view of a dict, in an array of objects."""
    if isinstance(value, types.MappingProxyType):
        return list(value.values())
    if isinstance(value, types.MethodType):
        return [value.__self__]
    if isinstance(value, np.ndarray):
        return value.ravel().tolist() if value.dtype.kind == "O" else []
    cls = value if isinstance(value, type) else type(value)
    own = isinstance(value, type) or attributes(value) is not None
    there = [(name, found) for c in cls.__mro__ for name, found in vars(c).items()] if own else []
    return [found for name, found in there if isinstance(found, HOLD) and not name.startswith("__")]


def parts(value: Any) -> list[tuple[Any, Any]] | None:
    """``(key, item)`` of a list, tuple or dict, ``(name, value)`` of an object's attributes; None of anything else."""
    if isinstance(value, list | tuple | deque):
        return list(enumerate(value))
    if isinstance(value, dict):
        return list(value.items())
    names = attributes(value)
    return None if names is None else [(name, getattr(value, name)) for name in names]


def attributes(value: Any) -> list[str] | None:
    """The names of the attributes of an object of a class that somebody has written; None of anything else, and of members of an Enum."""
    if isinstance(value, enum.Enum):
        return None
    fields = [f.name for f in dataclasses.fields(value) if hasattr(value, f.name)] if dataclasses.is_dataclass(type(value)) else []
    if not dataclasses.is_dataclass(type(value)):
        home = "" if isinstance(value, types.SimpleNamespace) else type(value).__module__
        if home in ("builtins", "numpy", "functools", "types", "cupy") or isinstance(value, type | BaseException):
            return None
        slots = [getattr(cls, "__slots__", ()) for cls in type(value).__mro__]
        names = [name for found in slots for name in ((found,) if isinstance(found, str) else found)]
        fields = [name for name in names if name != "__dict__" and hasattr(value, name)]
        if not hasattr(value, "__dict__") and not any(slots):
            return None
    own = getattr(value, "__dict__", None)  # what answers every name may answer this one with anything
    kept = [name for name in (own if isinstance(own, dict) else ()) if not isinstance(getattr(type(value), name, None), functools.cached_property)]
    return [*fields, *(name for name in kept if name not in fields)]


def is_frozen_dataclass(x: Any) -> bool:
    """Whether it is a frozen dataclass, or an object of one."""
    return bool(getattr(getattr(x, "__dataclass_params__", None), "frozen", False))


def rebuilt(like: Any, items: list[Any]) -> Any:
    """A container as ``like`` with other items, in the order of ``parts``."""
    if isinstance(like, list | tuple):
        return type(like)(*items) if hasattr(like, "_fields") else type(like)(items)
    if isinstance(like, deque):
        return deque(items, like.maxlen)
    if isinstance(like, dict):
        return with_items(like, zip(like, items))
    cls = type(like)  # its own __getattr__ or __copy__ may ask an object that has nothing yet
    asks = hasattr(cls, "__getattr__") or isinstance(getattr(cls, "__copy__", None), types.FunctionType)
    new = like if asks else copy.copy(like)
    if new is like:  # or there is one of its class only, and that is not ours
        new = object.__new__(cls)
    for name, item in zip(attributes(like) or (), items):
        object.__setattr__(new, name, item)
    return new


def same_class(like: Any, pairs: list[tuple[Any, Any]], copy_of: Any) -> Any:
    """A copy of a container or object from copies of its parts: ``rebuilt``, but a list or dict of the user's stays one of its class.

    Its attributes are copied, too.

    Raises:
        NotDifferentiable: its class has methods of lists or dicts of its own, so that by such a method something else is done.
    """
    cls, items = type(like), [item for _, item in pairs]
    if cls is collections.OrderedDict:
        return cls(pairs)
    if cls.__module__ in ("builtins", "collections") or not isinstance(like, list | tuple | dict | deque) or hasattr(like, "_fields"):
        return with_items(like, pairs) if isinstance(like, dict) else rebuilt(like, items)
    if getattr(like, "__dict__", None) is like:
        raise NotDifferentiable(f"a {cls.__name__}, whose attributes are its items, is copied", None, "Pass a plain dict: dict(d).")
    base: Any = next(c for c in cls.__mro__ if c.__module__ in ("builtins", "collections"))
    if own := own_of_items(cls):
        reason = f"a {cls.__name__}, which is a {base.__name__} with its own {own}, is copied, to be written"
        raise NotDifferentiable(reason, None, f"Use a plain {base.__name__}, or keep one in an attribute.")
    new = base.__new__(cls, items) if isinstance(like, tuple) else base.__new__(cls)
    if isinstance(like, collections.defaultdict):
        collections.defaultdict.__init__(new, like.default_factory)
    if isinstance(like, dict):
        (collections.OrderedDict if isinstance(like, collections.OrderedDict) else dict).update(new, pairs)
    elif isinstance(like, list):
        list.extend(new, items)
    elif isinstance(like, deque):
        deque.__init__(new, items, like.maxlen)
    for name in attributes(like) or ():
        object.__setattr__(new, name, copy_of(getattr(like, name)))
    return new


def own_of_items(cls: type) -> str:
    """The first method of ``ITEMS`` that a class below list or dict says itself; "" if there is none."""
    said = ((name, inspect.getattr_static(cls, name, None)) for name in ITEMS)
    return next((name for name, f in said if isinstance(f, types.FunctionType) and f.__module__ != "collections"), "")


def with_items(like: dict[Any, Any], pairs: Any) -> dict[Any, Any]:
    """A dict of these pairs that gives for a key that it has not what ``like`` gives."""
    if not isinstance(like, collections.defaultdict | collections.Counter):
        return dict(pairs)
    new = like.copy()
    new.clear()
    dict.update(new, pairs)
    return new


def is_plain_class(x: Any) -> bool:
    """Whether it is a class to make one of which does nothing else."""
    return isinstance(x, type) and x.__module__ in ("builtins", "collections", "numpy")


def zero_made(factory: Any) -> Any:
    """The adjoint zero of what a defaultdict makes up.

    Raises:
        NotDifferentiable: to make one more of these may have an effect.
    """
    if isinstance(factory, functools.partial) and factory.func is zero_made:
        return factory()
    plain = isinstance(factory, types.FunctionType) and not (factory.__closure__ or factory.__defaults__ or factory.__kwdefaults__)
    names = factory.__code__.co_names if plain else ()
    told = [factory.__globals__.get(name) for name in names] if plain else [factory]
    if "random" in names or not all(isinstance(a, STILL) or is_plain_class(a) for a in told):
        reason = "an item that a defaultdict makes up has a derivative, and whether its function does something else, too, is not known"
        raise NotDifferentiable(reason, None, "Put the item there first: if key not in d: d[key] = ...")
    return zeros_like(factory())


def zeros_like(x: Any) -> Any:
    """The adjoint zero of a value: 0.0 of a number, float zeros of an array, the same structure of a container."""
    if isinstance(x, float | int) or type(x) is complex:
        return 0j if type(x) is complex else 0.0
    x = x.copy() if isinstance(x, np.flatiter) else x
    if isinstance(getattr(x, "dtype", None), np.dtype):  # not any value: a class may answer every name by its __getattr__
        return x.dtype.type(0) if isinstance(x, np.inexact) else np.zeros_like(x, dtype=None if x.dtype.kind in "fc" else float)
    children = parts(x)
    try:
        new = x if children is None else rebuilt(x, [zeros_like(child) for _, child in children])
        if isinstance(new, collections.defaultdict) and new.default_factory is not None:
            new.default_factory = functools.partial(zero_made, new.default_factory)
        return new
    except RecursionError:
        raise holds_itself(x) from None
