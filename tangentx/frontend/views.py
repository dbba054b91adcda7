"""Views: where the view of a dict is kept, which shows what is written to the dict later.

sum(d.values()), a, b = d.values(), [*d.values()]            consumed where it is made: a list of the items is the same
return d.values(); [d.values() for d in ds]                   a list, too, and what dict it was made of: see transform/exposed
m.v = d.values(); (d.values(), 2); total(d.values(), d)       kept: marked, and no list is made of it
"""

from __future__ import annotations

import copy
import functools
import types
from collections.abc import Callable
from typing import Any

import gast

from tangentx.frontend.places import placed
from tangentx.ir.homes import is_library

__all__ = ["Returned", "mark_views", "pairs_of"]

HOLDS = gast.Tuple | gast.List | gast.Set | gast.Dict | gast.IfExp | gast.BoolOp | gast.NamedExpr


def mark_views(function: Any, static: Callable[[Any], Any]) -> None:
    """Sets ``kept`` of every call of ``values`` whose value is kept; ``static`` gives the object that a name of outside means.

    Before: a function's tree; after: the same tree, marked.  A name that it gets is no matter of this pass.
    """
    for node in gast.walk(function):
        for view in _held(node, static):
            view.kept = _is_view(view)


def pairs_of(view: Any, key: Callable[[str], str]) -> Any:
    """``[(key, value) for key, value in d.items()]``, where nobody keeps ``d.items()``."""
    names = [key("key"), key("value")]
    stored, read = (gast.Tuple([gast.Name(n, ctx(), None, None) for n in names], ctx()) for ctx in (gast.Store, gast.Load))
    loop = gast.comprehension(stored, view, [], 0)
    loop.made = True
    return placed(gast.ListComp(read, [loop]), view)


def _is_view(node: Any) -> bool:
    return isinstance(node, gast.Call) and isinstance(node.func, gast.Attribute) and node.func.attr == "values" and not node.args


def _held(node: Any, static: Callable[[Any], Any]) -> list[Any]:
    """The operands that somebody may still have when the next statement runs."""
    if isinstance(node, HOLDS):
        return list(gast.iter_child_nodes(node))
    if isinstance(node, gast.Assign):
        return [] if all(isinstance(t, gast.Name | gast.Tuple | gast.List) for t in node.targets) else [node.value]
    if not isinstance(node, gast.Call):
        return []
    given = [*node.args, *(k.value for k in node.keywords)]
    fn = static(node.func) if any(map(_is_view, given)) else len
    if fn is not functools.partial and is_library(fn):
        return []
    # a function that is given nothing else has no way to the dict
    alone = isinstance(fn, types.FunctionType) and fn.__closure__ is None and all(_is_view(a) or isinstance(a, gast.Constant) for a in given)
    return [] if alone else given


class Returned(gast.NodeTransformer):
    """The part of ``mappings`` that knows of views that are handed out."""

    method: Callable[..., tuple[str, Any] | None]

    def visit_Return(self, node: Any) -> Any:
        """``return d.values()``: whoever asks for it may keep it while d is written."""
        return self.handed_out(node, "value" if isinstance(node, gast.Return) else "body")

    visit_Lambda = visit_Return

    def handed_out(self, node: Any, field: str) -> Any:
        """``return d.values()``, ``[d.values() for d in ds]``: where a view leaves, a list is made of it, with the dict that it shows."""
        found = self.method(getattr(node, field), "values")
        self.generic_visit(node)
        if found is not None and isinstance(made := getattr(node, field), gast.ListComp):
            name = gast.Name("tangentx.runtime.shown_items", gast.Load(), None, None)
            setattr(node, field, placed(gast.Call(name, [made, copy.deepcopy(found[1])], []), node))
        return node
