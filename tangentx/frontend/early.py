"""Early: what a loop goes through step by step in Python is taken as it is before the loop here, so the loop must not write to it.

for v in islice(xs, 3): xs[2] = v                      refused
ys = xs;  for a, b in pairwise(xs): ys[2] = a          refused: another name of it
for a, b in pairwise(xs): out[0] = a * b               nothing of xs is written
sum(bump(v) for v in chain(xs, ys))                    refused where bump, a local function, writes to xs
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import gast
import numpy as np

from tangentx.errors import TangentxError
from tangentx.frontend.scopes import root_name
from tangentx.ir.homes import is_library
from tangentx.rules.mutators import CHANGES_ITS_OBJECT

__all__ = ["taken_early"]

LATE = [
    itertools.accumulate, itertools.chain, itertools.chain.from_iterable, itertools.combinations, itertools.combinations_with_replacement,
    itertools.islice, itertools.product, itertools.starmap,
]  # fmt: skip
if hasattr(itertools, "pairwise"):  # Python 3.10
    LATE.append(itertools.pairwise)
OWN = (abs, dict, float, int, len, list, max, min, range, sorted, sum, tuple)  # what these give is no list that is written elsewhere
ALIKE = gast.Name | gast.Attribute | gast.Subscript | gast.IfExp
VALUES = gast.BinOp | gast.UnaryOp | gast.Compare | gast.Constant | gast.JoinedStr
Static = Callable[[Any], Any]


def taken_early(iterable: Any, body: list[Any], function: list[Any], static: Static) -> str:
    """The name of what a loop over ``iterable`` goes through, where its ``body`` may write to it; "" if it does not.

    ``function``: the statements of the whole function; ``static`` gives the object that a name of outside means.
    """
    lazies = [n for n in gast.walk(iterable) if isinstance(n, gast.GeneratorExp) or (isinstance(n, gast.Call) and static(n.func) in LATE)]
    through = [part for n in lazies for part in ([g.iter for g in n.generators] if isinstance(n, gast.GeneratorExp) else n.args)]
    names = {n.id for part in through for n in gast.walk(part) if isinstance(n, gast.Name) and not _is_outside(n, static)}
    if not names:
        return ""
    every = _aliases(names, function, static)
    return next((name for node in _nodes(body) for name in _written(node, function, static) if name in every), "")


def _nodes(block: Iterable[Any]) -> Iterable[Any]:
    return (n for stmt in block for n in gast.walk(stmt))


def _written(node: Any, function: list[Any], static: Static) -> list[str]:
    """The names of what a part of the body may write to."""
    if isinstance(node, gast.Subscript | gast.Attribute) and not isinstance(node.ctx, gast.Load):
        return [root_name(node.value)]
    if isinstance(node, gast.AugAssign):
        return [root_name(node.target)]
    if not isinstance(node, gast.Call) or is_library(static(node.func)):
        return []
    method = getattr(node.func, "attr", "")
    if hasattr(np.ndarray, method) and method not in CHANGES_ITS_OBJECT:
        return []
    given = [a for a in (getattr(node.func, "value", None), *node.args, *(k.value for k in node.keywords)) if a is not None]
    local = [n for n in _nodes(function) if isinstance(n, gast.FunctionDef) and n.name == getattr(node.func, "id", "")]
    return [*map(root_name, given), *(name for f in local for n in _nodes(f.body) for name in _written(n, [], static))]


def _aliases(names: set[str], function: list[Any], static: Static) -> set[str]:
    """These names, and others that may mean the same, or something that holds it."""
    bound = [(n.value, {t.id for t in n.targets if isinstance(t, gast.Name)}) for n in _nodes(function) if isinstance(n, gast.Assign)]
    links = [(targets, _kept(value, names, static), isinstance(value, ALIKE)) for value, targets in bound]
    found = set(names)
    while more := {name for link in links for name in _linked(*link, found, names) if name not in found}:
        found |= more
    return found


def _linked(targets: set[str], kept: set[str], alike: bool, found: set[str], names: set[str]) -> set[str]:
    """What one assignment adds: who keeps it has a way to it; what the list itself was made of has none."""
    holder = targets if kept & found else set()
    return holder | (kept if targets & (found if alike else found - names) else set())


def _kept(value: Any, names: set[str], static: Static) -> set[str]:
    """The names of what a value may be, or hold."""
    if isinstance(value, VALUES) or (isinstance(value, gast.Call) and static(value.func) in OWN):
        return set()
    if isinstance(value, gast.Subscript) and not isinstance(value.slice, gast.Slice) and getattr(value.value, "id", "") in names:
        return set()  # an item of it
    return {n.id for n in gast.walk(value) if isinstance(n, gast.Name) and not _is_outside(n, static)}


def _is_outside(name: Any, static: Static) -> bool:
    """Whether a name is one of outside: ``np``; the targets of comprehensions are not known here."""
    try:
        return static(name) is not None
    except TangentxError:
        return False
