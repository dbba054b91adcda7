"""Replaced: a copy of a named tuple or dataclass with some fields of its own is made field by field.

q = p._replace(x=v)                      p_y = p.y; q = Point(x=v, y=p_y)
q = dataclasses.replace(p, x=v)    ==>   likewise
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping
from dataclasses import replace

from tangentx.analysis.classes import Known
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Call, Function, Let, Method, Ref, Stmt, Var
from tangentx.ir.refs import class_ref, own_attribute
from tangentx.ir.walk import map_blocks
from tangentx.transform.fields import takes_fields
from tangentx.transform.objects import class_check

__all__ = ["settle_replaced"]


def settle_replaced(function: Function, classes: Mapping[Var, Known], fresh: Fresh) -> Function:
    """The function with each such copy of an object of known class made by a call of the class."""

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> Block:
        call = stmt.value if isinstance(stmt, Let) else None
        owner = call.args[0] if isinstance(call, Call) and len(call.args) == 1 else None
        if not isinstance(call, Call) or not isinstance(owner, Var) or owner not in classes or not isinstance(stmt, Let):
            return (map_blocks(stmt, block),)
        cls = classes[owner].cls
        tuples = isinstance(call.fn, Method) and call.fn.name == "_replace" and hasattr(cls, "_fields")
        if not takes_fields(cls) or not (tuples or (isinstance(call.fn, Ref) and call.fn.obj is dataclasses.replace)):
            return (stmt,)
        made: list[Stmt] = []
        if not classes[owner].sure:
            made.append(class_check(owner, classes[owner], stmt.place))
        given: dict[str, Atom] = dict(call.kwargs)
        for name in inspect.signature(cls).parameters:
            if name not in given:
                given[name] = fresh(f"{owner.base}_{name}")
                made.append(Let(given[name], Call(own_attribute(name), (owner,)), stmt.place))  # type: ignore[arg-type]
        order = [*inspect.signature(cls).parameters, *(k for k in given if k not in inspect.signature(cls).parameters)]
        return (*made, replace(stmt, value=Call(class_ref(cls), (), tuple((k, given[k]) for k in order))))

    return replace(function, body=block(function.body))
