"""Described: attributes that the class of an object works out when they are read, in a way that is not followed.

    circle.radius          UnsupportedSyntax: Circle.radius is worked out by a setonly, which is not followed

Properties and descriptors with a ``__get__`` in Python are calls by now: see transform/objects.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Container, Mapping

from tangentx.analysis.classes import Known
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import Attribute, Call, Function, Let, Method, Var
from tangentx.ir.walk import statements
from tangentx.runtime.described import worked_out

__all__ = ["refuse_worked_out"]


def refuse_worked_out(function: Function, classes: Mapping[Var, Known], active: Container[Var]) -> None:
    """Refuses the read of an attribute that its class works out in a way that is not followed.

    Raises:
        UnsupportedSyntax: there is one.
    """
    for stmt in statements(function.body):
        call = stmt.value if isinstance(stmt, Let) and stmt.target in active else None
        if not isinstance(call, Call) or not isinstance(call.fn, Method | Attribute) or not isinstance(owner := call.args[0], Var):
            continue
        if owner not in active or owner not in classes:
            continue
        cls, name = classes[owner].cls, call.fn.name
        decides = isinstance(cls.__getattribute__, types.FunctionType)
        if decides or (isinstance(call.fn, Attribute) and worked_out(cls, name)):
            kind = type(inspect.getattr_static(cls, name, None))
            by = "its __getattribute__" if decides else "what is no function of Python's" if kind is property else f"a {kind.__name__}"
            reason = f"{cls.__name__}.{name} is worked out by {by}, which is not followed"
            raise UnsupportedSyntax(reason, stmt.place, "Make it a property or a method.")
