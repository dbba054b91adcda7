"""Names by which generated code reaches what belongs to a class or an object.

class_ref(Model)                                     Model
member_ref(Model, "w", Model.w.fset, ".fset")        Model.w.fset, by the name of the class in which ``w`` stands
member_itself(Model, "w", w)                         Model.__dict__["w"]: a descriptor, which reading Model.w would call
own_attribute("shape")                               .shape of an object, which is not that of an array
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tangentx.ir.homes import home_of
from tangentx.ir.nodes import Attribute, Ref

__all__ = ["class_ref", "member_itself", "member_ref", "name_in_class", "own_attribute"]


def class_ref(cls: type) -> Ref:
    """A class."""
    return Ref(cls, cls.__name__, cls.__module__, cls.__qualname__, live=True, home=home_of(cls))


def member_ref(cls: type, name: str, obj: Any, behind: str = "") -> Ref:
    """What a class calls ``name``, or what is ``behind`` that: the getter of a property, say."""
    return _of_class(cls, name, obj, f"{name}{behind}")


def member_itself(cls: type, name: str, obj: Any) -> Ref:
    """What stands in a class under ``name``, not what reading it gives."""
    return _of_class(cls, name, obj, f"__dict__[{name!r}]")


def _of_class(cls: type, name: str, obj: Any, path: str) -> Ref:
    where = next((c for c in cls.__mro__ if name in vars(c)), cls)
    return Ref(obj, f"{where.__name__}.{path}", where.__module__, f"{where.__qualname__}.{path}", live=True, home=home_of(where))


def own_attribute(name: str) -> Attribute:
    """The attribute of an object."""
    return Attribute(name, hasattr(np.ndarray, name))


def name_in_class(cls: type, function: Any) -> str:
    """What a class calls a function, which another one that a decorator has made of it may not be called; "" if it has none like it."""
    members = ((name, getattr(v, "__func__", v)) for c in cls.__mro__ for name, v in vars(c).items())
    return next((name for name, found in members if found is function), "")
