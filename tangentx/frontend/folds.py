"""Functions that call a function for each item, as the loops that they mean.

functools.reduce(f, xs, start)                total = start
                                 ==>          for item in xs:
                                                  total = f(total, item)

``math.prod`` multiplies in a loop, ``min`` and ``max`` with a key pick an item by its index; ``itertools.accumulate`` fills a list.
"""

from __future__ import annotations

import functools
import itertools
import math
from typing import Any

import gast

from tangentx.frontend.conversions import is_none, may_be_none
from tangentx.frontend.nodes import load
from tangentx.frontend.renamed import Renamed

__all__ = ["fold"]

REDUCE = """
total = START
for item in ITEMS:
    total = FUNCTION(total, item)
"""
PRODUCT = """
total = START
for item in ITEMS:
    total = total * item
"""
REDUCE_FROM_FIRST = """
total = ITEMS[0]
for item in ITEMS[1:]:
    total = FUNCTION(total, item)
"""
ACCUMULATE = """
total = START
sums = [total]
for item in ITEMS:
    total = FUNCTION(total, item)
    sums.append(total)
"""
ACCUMULATE_FROM_FIRST = """
sums = []
for item in ITEMS[:1]:
    sums.append(item)
for item in ITEMS[1:]:
    sums.append(FUNCTION(sums[-1], item))
"""
PICK = """
place = 0
best = FUNCTION(ITEMS[0])
for i in RANGE(1, LENGTH(ITEMS)):
    value = FUNCTION(ITEMS[i])
    if BETTER:
        place, best = i, value
picked = ITEMS[place]
"""
PICK_PERHAPS = """
place = 0
best = ITEMS[0] if FUNCTION is None else FUNCTION(ITEMS[0])
for i in RANGE(1, LENGTH(ITEMS)):
    value = ITEMS[i] if FUNCTION is None else FUNCTION(ITEMS[i])
    if BETTER:
        place, best = i, value
picked = ITEMS[place]
"""
PLAIN = "picked = FUNCTION(ITEMS)"
PICKS = (PICK, PICK_PERHAPS)
RESULTS = {REDUCE: "total", PRODUCT: "total", REDUCE_FROM_FIRST: "total", ACCUMULATE: "sums", ACCUMULATE_FROM_FIRST: "sums", PICK: "picked"} | {
    PICK_PERHAPS: "picked",
    PLAIN: "picked",
}


def fold(lowering: Any, node: Any, wish: str) -> tuple[list[Any], str] | None:
    """The statements that a call means, and the key of its value; None if it is another call."""
    fn = lowering.static_object(node.func)
    words = {k.arg: k.value for k in node.keywords}
    if any(isinstance(a, gast.Starred) for a in node.args) or None in words:
        return None
    if fn is functools.reduce and len(node.args) in (2, 3) and not words:
        parts = {"FUNCTION": node.args[0], "ITEMS": node.args[1], "START": node.args[2] if len(node.args) == 3 else None}
        return _made(lowering, REDUCE if len(node.args) == 3 else REDUCE_FROM_FIRST, parts, wish)
    if fn is math.prod and len(node.args) == 1 and not set(words) - {"start"}:
        return _made(lowering, PRODUCT, {"ITEMS": node.args[0], "START": words.get("start", gast.Constant(1, None))}, wish)
    if fn is itertools.accumulate and 1 <= len(node.args) <= 2 and not set(words) - {"initial", "func"}:
        function = node.args[1] if len(node.args) == 2 else words.get("func", load("operator.add"))
        parts = {"FUNCTION": function, "ITEMS": node.args[0], "START": words.get("initial")}
        return _made(lowering, ACCUMULATE if "initial" in words else ACCUMULATE_FROM_FIRST, parts, wish)
    if (fn is min or fn is max) and len(node.args) == 1 and set(words) == {"key"}:
        if is_none(lowering, words["key"]):
            return _made(lowering, PLAIN, {"FUNCTION": node.func, "ITEMS": node.args[0]}, wish)
        better = gast.parse("value < best" if fn is min else "value > best").body[0].value
        parts = {"FUNCTION": words["key"], "ITEMS": node.args[0], "BETTER": better}
        return _made(lowering, PICK_PERHAPS if may_be_none(lowering, words["key"]) else PICK, parts, wish)
    return None


def _made(lowering: Any, text: str, parts: dict[str, Any], wish: str) -> tuple[list[Any], str]:
    """A template with its parts; what is used often is worked out once, before."""
    body = [gast.fix_missing_locations(stmt) for stmt in gast.parse(text).body]
    for stmt in body:
        for part in gast.walk(stmt):
            for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
                if hasattr(part, name):
                    setattr(part, name, None)
    stored = {n.id for stmt in body for n in gast.walk(stmt) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)}
    result = RESULTS[text]
    keys = {name: lowering._key(wish if wish and name == result else name) for name in sorted(stored)}
    items = parts["ITEMS"]
    if text not in (REDUCE, PRODUCT, ACCUMULATE, PLAIN) and not isinstance(items, gast.Name):
        items = load(lowering.bound(items))
    if text in PICKS and getattr(lowering.built.get(lowering.env.get(items.id)), "kind", "") not in ("list", "tuple"):  # of a dict, the keys
        whole = gast.Call(load("builtins.list"), [items], [])
        items = load(lowering.bound(whole))
    names = {"RANGE": "builtins.range", "LENGTH": "builtins.len"}
    better = parts.get("BETTER")
    if better is not None:
        for part in gast.walk(better):
            part.lineno = None
        better = Renamed(keys).visit(better)
    filled = _Filled({**parts, "ITEMS": items, "BETTER": better})
    return [filled.visit(Renamed({**keys, **names}).visit(stmt)) for stmt in body], keys[result]


class _Filled(gast.NodeTransformer):
    """Puts the parts in their places."""

    def __init__(self, parts: dict[str, Any]) -> None:
        self.parts = parts

    def visit_Name(self, node: Any) -> Any:
        return self.parts.get(node.id) or node
