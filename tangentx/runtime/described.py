"""Described: attributes that the class of an object works out when they are read, those that are just places for a value; names of nothing.

class Lazy:                                 class Model:
    def __get__(self, model, cls): ...          area = Lazy(...)        model.area is what Lazy.__get__ says, unless the object
                                                w: float                has an ``area`` of its own; model.w is a place
"""

from __future__ import annotations

import inspect
import sys
import types
from typing import Any

import numpy as np

from tangentx.errors import ArgumentError, UnsupportedSyntax

__all__ = ["check_field", "check_inherited", "check_place", "undefined"]

INSTEAD = {
    "shape": "Write a = a.reshape(...).",
    "flat": "Write a[...] = np.resize(v, a.shape).",
    "real": "Write a = v + 1j * a.imag, or a[...] = v of real numbers.",
    "imag": "Write a = a.real + 1j * v.",
    "T": "Write a.T[...] = v.",
}
METHODS = (
    types.FunctionType
    | staticmethod
    | classmethod
    | types.BuiltinFunctionType
    | types.MethodDescriptorType
    | types.WrapperDescriptorType
    | types.ClassMethodDescriptorType
)


def getter(found: Any) -> types.FunctionType | None:
    """What is called when ``found``, which stands in a class, is read as an attribute of an object.

    None if that is no function of somebody's: of a property, of ``functools.partialmethod``.
    """
    return _written(found, "__get__")


def setter(found: Any) -> types.FunctionType | None:
    """What is called when ``found``, which stands in a class, is assigned as an attribute of an object; None as for a getter."""
    return _written(found, "__set__")


def _written(found: Any, name: str) -> types.FunctionType | None:
    called = inspect.getattr_static(type(found), name, None)
    library = type(found).__module__.partition(".")[0] in sys.stdlib_module_names - {"__main__"}
    return called if isinstance(called, types.FunctionType) and not library else None


def is_shadowed(found: Any) -> bool:
    """Whether an attribute of an object stands before such a thing in its class."""
    return getter(found) is not None and not hasattr(type(found), "__set__") and not hasattr(type(found), "__delete__")


def worked_out(cls: type, name: str) -> bool:
    """Whether a class says in code what ``x.name`` is: by a property, another descriptor, or a ``__getattribute__`` of its own.

    >>> worked_out(type("Plain", (), {"w": 1.0}), "w"), worked_out(type("Made", (), {"w": property(abs)}), "w")
    (False, True)
    """
    if isinstance(cls.__getattribute__, types.FunctionType):
        return True
    found = next((vars(c)[name] for c in cls.__mro__ if name in vars(c)), None)
    if found is None or isinstance(found, types.MemberDescriptorType | METHODS) or name in getattr(cls, "_fields", ()):
        return False
    if hasattr(type(found), "__set__"):
        return True
    return hasattr(type(found), "__get__") and name not in getattr(cls, "__dataclass_fields__", ())


def check_field(x: Any, name: str) -> None:
    """``x.name``, which is written, is a place for a value: the class of ``x`` says nothing of what an assignment does."""
    check_place(x, name)
    if isinstance(x, np.ndarray) and hasattr(np.ndarray, name):
        raise UnsupportedSyntax(f"an assignment to .{name} of an array is not supported", None, INSTEAD.get(name, "Make a new array."))
    if isinstance(type(x).__setattr__, types.FunctionType) and not isinstance(x, np.ndarray):
        reason = f"the class {type(x).__name__}, which decides itself what an assignment to .{name} does, is not known when the derivative is made"
        raise ArgumentError(reason, None, f"Annotate the parameter with its class: {type(x).__name__}.")


def check_place(x: Any, name: str) -> None:
    """``x.name`` is a value, nothing that the class of ``x`` computes, as a property does."""
    if not isinstance(x, np.ndarray) and worked_out(type(x), name):
        reason = f"{name} is computed by the class {type(x).__name__}, which is not known when the derivative is made"
        raise ArgumentError(reason, None, f"Annotate the parameter with its class: {type(x).__name__}.")


def check_inherited(x: Any, cls: type, name: str, home: str) -> None:
    """``super().name`` in a method of ``cls`` is what the class ``home`` says: that of ``x`` may have another one in between."""
    order = type(x).__mro__
    behind = order[order.index(cls) + 1 :] if cls in order else ()
    found = next((c.__name__ for c in behind if name in vars(c)), "")
    if found != home:
        reason = f"super().{name} in {cls.__name__} is that of {found or 'no class'} for a {type(x).__name__}, not that of {home}"
        raise ArgumentError(reason, None, f"Annotate the parameter with its class: {type(x).__name__}.")


def undefined(name: str) -> Any:
    """What a name that means nothing gives where it is asked for.

    Raises:
        NameError: always.

    >>> undefined("sympy")
    Traceback (most recent call last):
    NameError: name 'sympy' is not defined
    """
    raise NameError(f"name {name!r} is not defined", name=name)
