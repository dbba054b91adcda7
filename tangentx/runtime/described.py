"""Described: attributes that the class of an object works out when they are read, and those that are just places for a value.

class Lazy:                                 class Model:
    def __get__(self, model, cls): ...          area = Lazy(...)        model.area is what Lazy.__get__ says, unless the object
                                                w: float                has an ``area`` of its own; model.w is a place
"""

from __future__ import annotations

import inspect
import sys
import types
from typing import Any

__all__ = ["getter", "is_shadowed", "worked_out"]

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
    called = inspect.getattr_static(type(found), "__get__", None)
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
