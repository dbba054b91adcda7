"""Own: which classes are somebody's own, and which of them stand in the lists and dicts that a function is given.

def total(zs: list[Complex], x):        the items of zs: Complex, as the annotation says (checked where it matters)
def draw(shapes: list[Shape]):          nothing: an item may be of a subclass, and there are some
"""

from __future__ import annotations

import inspect
import types
from typing import Any

import numpy as np

from tangentx.ir.homes import is_library
from tangentx.ir.nodes import Param

__all__ = ["is_array_like", "is_keyed", "is_open", "is_own_class", "items_of"]

ARRAY_LIKE = ("__array__", "__array_ufunc__", "__array_interface__")


def is_own_class(value: Any) -> bool:
    """Whether it is a class that somebody has written in Python, not one of a library that we know, nor an array of another kind."""
    if not isinstance(value, type) or issubclass(value, BaseException) or any(hasattr(value, name) for name in ARRAY_LIKE):
        return False
    return not is_library(value)


def is_array_like(cls: Any) -> bool:
    """Whether it is a class of somebody's that has ``__array_ufunc__`` or operators of its own, and is no class to be seen into for that."""
    if not isinstance(cls, type) or is_own_class(cls) or is_library(cls) or issubclass(cls, BaseException):
        return False
    names = ("array_ufunc", "array_function", "add", "radd", "mul", "rmul", "sub", "rsub", "matmul", "rmatmul")
    of_arrays = issubclass(cls, np.ndarray) or not hasattr(cls, "__array__")
    return of_arrays and any(isinstance(getattr(cls, f"__{name}__", None), types.FunctionType) for name in names)


def items_of(param: Param) -> type | None:
    """The class of the items of a parameter, of the values if it is a dict, where its annotation decides it."""
    cls = param.items[1] if is_keyed(param) else param.items
    return cls if is_own_class(cls) and not is_open(cls) and not cls.__subclasses__() else None


def is_open(cls: type) -> bool:
    """Whether no object is of this class itself: it is abstract, or a protocol, and says what its objects have in common."""
    return inspect.isabstract(cls) or bool(getattr(cls, "_is_protocol", False))


def is_keyed(param: Param) -> bool:
    """Whether a parameter is annotated as a dict."""
    return isinstance(param.items, tuple)
