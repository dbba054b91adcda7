"""Sums of objects: Python asks their operators, one after the other.

ps = [Point(x, y), Point(y, x)]             total = 0
p = sum(ps)                         ==>     for item in ps: total = total + item
                                            p = total

Only where objects with an addition of their own are seen; what is a sum of numbers stays what it is.
"""

from __future__ import annotations

import inspect
import types
from dataclasses import replace

from tangentx.analysis.classes import ClassOf, Known, find_classes, find_lists
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Build, Call, Carry, Const, Each, Expr, For, Function, Let, Stmt, Var
from tangentx.ir.walk import map_blocks, statements
from tangentx.transform.build import op

__all__ = ["settle_sums"]


def settle_sums(function: Function, class_of: ClassOf, fresh: Fresh) -> Function:
    """The function with each ``sum`` of such objects as the loop that it is."""
    if not any(isinstance(s, Let) and _summed(s.value) for s in statements(function.body)):
        return function
    classes, lists = find_classes(function, class_of), find_lists(function, class_of)
    made: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}

    def adds(atom: Atom) -> bool:
        return isinstance(atom, Var) and (_adds(classes.get(atom)) or _adds(lists.get(atom)))

    def settle(stmt: Stmt) -> Stmt:
        summed = _summed(stmt.value) if isinstance(stmt, Let) else None
        if not isinstance(stmt, Let) or summed is None:
            return map_blocks(stmt, block)
        items, start = summed
        display = made.get(items)
        among = isinstance(display, Build) and display.kind in ("list", "tuple") and any(map(adds, display.items))
        if not (adds(start) or among or adds(items)):
            return stmt
        item, total = fresh("item"), fresh(stmt.target.base)
        body = (Let(total, op("add", stmt.target, item), stmt.place),)
        return For((Each(item, items),), (Carry(stmt.target, start, total),), body, stmt.place)

    def block(b: Block) -> Block:
        return tuple(map(settle, b))

    return replace(function, body=block(function.body))


def _summed(value: Expr) -> tuple[Atom, Atom] | None:
    """What ``sum`` is given: the items, and what it begins with."""
    if not isinstance(value, Call) or getattr(value.fn, "obj", None) is not sum or not 1 <= len(value.args) + len(value.kwargs) <= 2:
        return None
    return (value.args[0], (*value.args[1:], *(a for _, a in value.kwargs), Const(0))[0]) if value.args else None


def _adds(known: Known | None) -> bool:
    """Whether a class says what ``+`` does."""
    return known is not None and any(isinstance(inspect.getattr_static(known.cls, n, None), types.FunctionType) for n in ("__add__", "__radd__"))
