"""Described: attributes that the class of an object works out when they are read or written, in a way that is not followed.

    circle.radius          UnsupportedSyntax: Circle.radius is worked out by a setonly, which is not followed
    circle.radius = x      UnsupportedSyntax: Circle.radius is kept by a setonly, which is not followed

Properties and descriptors with a ``__get__`` or ``__set__`` in Python are calls by now: see transform/objects and transform/protocols.
What does not vary is put there as it is without us, by the descriptor itself.
"""

from __future__ import annotations

import dis
import inspect
import types
from collections.abc import Container, Mapping

from tangentx.analysis.classes import Known
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import Attribute, Call, Function, Let, Method, Store, Var
from tangentx.ir.walk import statements
from tangentx.runtime.described import setter, worked_out

__all__ = ["refuse_worked_out"]


def refuse_worked_out(function: Function, classes: Mapping[Var, Known], active: Container[Var]) -> None:
    """Refuses the read of an attribute that its class works out in a way that is not followed, and a write that is not.

    Raises:
        UnsupportedSyntax: there is one.
    """
    for stmt in statements(function.body):
        if isinstance(stmt, Store) and stmt.op == "setattr" and not stmt.place.sweep:
            _refuse_kept(stmt, classes, active)
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


def _refuse_kept(stmt: Store, classes: Mapping[Var, Known], active: Container[Var]) -> None:
    """What varies is put into an attribute; or anything into one of an object with values that vary, which that may change."""
    known, name = classes.get(stmt.base), str(getattr(stmt.index, "value", ""))
    if known is None or not (stmt.value in active or stmt.base in active):
        return
    found = inspect.getattr_static(known.cls, name, None)
    if not worked_out(known.cls, name) or not hasattr(type(found), "__set__") or getattr(found, "fset", found) is None:
        return
    put = setter(found)
    if stmt.value in active or put is None or not _keeps_one(put):
        reason = f"{known.cls.__name__}.{name} is kept by a {type(found).__name__}, which is not followed"
        raise UnsupportedSyntax(reason, stmt.place, "Make it a property with a setter.")


def _keeps_one(put: types.FunctionType) -> bool:
    """Whether a ``__set__`` writes in one place at most, by a name that it works out: ``setattr(o, self.name, v)``, ``o.__dict__[self.name] = v``."""
    steps = list(dis.get_instructions(put))
    return not any(s.opname == "STORE_ATTR" for s in steps) and sum(s.opname == "STORE_SUBSCR" or s.argval == "setattr" for s in steps) < 2
