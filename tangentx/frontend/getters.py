"""Getters: the functions that ``operator`` makes, as the lambdas that they are.

operator.itemgetter(1)              lambda item: item[1]
operator.itemgetter(0, 2)    ==>    lambda item: (item[0], item[2])
operator.attrgetter("a.b")          lambda item: item.a.b
operator.methodcaller("f", 2)       lambda item: item.f(2)
"""

from __future__ import annotations

import copy
import operator
from typing import Any

import gast

from tangentx.frontend.nodes import load
from tangentx.frontend.places import placed

__all__ = ["getter"]

MAKERS = (operator.itemgetter, operator.attrgetter, operator.methodcaller)


def getter(lowering: Any, node: Any) -> Any:
    """The lambda that a call of one of these means; None if it is another call, or one with arguments that are worked out."""
    maker = lowering.static_object(node.func)
    words = [k.value for k in node.keywords]
    if not any(maker is m for m in MAKERS) or not node.args or not all(_literal(a) for a in (*node.args, *words)):
        return None
    item = load("item")
    if maker is operator.itemgetter:
        parts = [gast.Subscript(item, a, gast.Load()) for a in node.args]
    elif not all(isinstance(a, gast.Constant) and isinstance(a.value, str) for a in node.args[: 1 if maker is operator.methodcaller else None]):
        return None
    elif maker is operator.attrgetter:
        parts = [_attribute(item, a.value) for a in node.args]
    else:
        parts = [gast.Call(_attribute(item, node.args[0].value), node.args[1:], node.keywords)]
    value = parts[0] if len(parts) == 1 else gast.Tuple(parts, gast.Load())
    parameter = gast.Name("item", gast.Param(), None, None)
    return placed(gast.Lambda(gast.arguments([parameter], [], None, [], [], None, []), copy.deepcopy(value)), node)


def _literal(node: Any) -> bool:
    return isinstance(node, gast.Constant) or (isinstance(node, gast.UnaryOp) and isinstance(node.operand, gast.Constant))


def _attribute(owner: Any, path: str) -> Any:
    for name in path.split("."):
        owner = gast.Attribute(owner, name, gast.Load())
    return owner
