"""Renames the local names of a piece of gast, as Python's scopes see them.

Renamed({"u": "u@1"}).visit(<u = [u for u in us] + [t * u for t in ts]>)     ==>     u@1 = [u for u in us] + [t * u@1 for t in ts]
Put({"v": <d[k]>}).visit(<v * sum(v for v in ts)>)                           ==>     d[k] * sum(v for v in ts)
Apart({"k"}, fresh).visit(<sum(t * k for k in ts)>)                          ==>     sum(t * k_1 for k_1 in ts)
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Container
from typing import Any

import gast

from tangentx.frontend.liveness import target_names
from tangentx.frontend.scopes import bound_names, nonlocals

__all__ = ["Apart", "Put", "Renamed", "rewritten"]


class Renamed(gast.NodeTransformer):
    """Renames the locals; a deeper function's parameters hide them."""

    def __init__(self, keys: dict[str, Any]) -> None:
        self.keys = keys

    def without(self, own: Container[str]) -> Any:
        """The same for an inner scope, which has names of its own."""
        return type(self)({name: key for name, key in self.keys.items() if name not in own})

    def visit_Name(self, node: Any) -> Any:
        node.id = self.keys.get(node.id, node.id)
        return node

    def visit_FunctionDef(self, node: Any) -> Any:
        own = {a.id for a in gast.walk(node.args) if isinstance(a, gast.Name) and isinstance(a.ctx, gast.Param)}
        own |= bound_names(node.body) - set(nonlocals(node.body))
        deeper = self.without(own)
        node.body = [deeper.visit(stmt) for stmt in node.body]
        node.args.defaults = [self.visit(d) for d in node.args.defaults]
        node.args.kw_defaults = [d and self.visit(d) for d in node.args.kw_defaults]
        node.name = self.keys.get(node.name, node.name)
        return node

    def visit_Nonlocal(self, node: Any) -> Any:
        node.names = [self.keys.get(name, name) for name in node.names]
        return node

    def visit_Lambda(self, node: Any) -> Any:
        own = {a.id for a in gast.walk(node.args) if isinstance(a, gast.Name) and isinstance(a.ctx, gast.Param)}
        node.body = self.without(own).visit(node.body)
        node.args.defaults = [self.visit(d) for d in node.args.defaults]
        node.args.kw_defaults = [d and self.visit(d) for d in node.args.kw_defaults]
        return node

    def _comprehension(self, node: Any) -> Any:
        """Its names are its own; what the first loop runs over is read outside."""
        first = node.generators[0]
        first.iter = self.visit(first.iter)
        own = {name for generator in node.generators for name in target_names(generator.target)}
        deeper = self.without(own)
        for generator in node.generators:
            generator.target = deeper.visit(generator.target)
            generator.ifs = [deeper.visit(test) for test in generator.ifs]
            if generator is not first:
                generator.iter = deeper.visit(generator.iter)
        for name in ("elt", "key", "value"):
            if hasattr(node, name):
                setattr(node, name, deeper.visit(getattr(node, name)))
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension


class Put(Renamed):
    """Puts expressions in place of names, where these are read; what the expressions read is bound by nobody in between (see ``Apart``)."""

    def visit_Name(self, node: Any) -> Any:
        return copy.deepcopy(self.keys[node.id]) if node.id in self.keys and isinstance(node.ctx, gast.Load) else node


class Apart(gast.NodeTransformer):
    """Gives the names of inner comprehensions others, where they are among those that are ``taken`` around them."""

    def __init__(self, taken: Container[str], fresh: Callable[[str], str]) -> None:
        self.taken, self.fresh = taken, fresh

    def _comprehension(self, node: Any) -> Any:
        self.behind(node, 0)
        return self.generic_visit(node)

    def behind(self, node: Any, start: int) -> None:
        """The loops of a comprehension from one on; what a loop goes over is read before its target gets a value."""
        for k, generator in enumerate(node.generators[start:], start=start):
            keys = {name: self.fresh(name) for name in dict.fromkeys(target_names(generator.target)) if name in self.taken}
            renamed = Renamed(keys)
            generator.target = renamed.visit(generator.target)
            generator.ifs = [renamed.visit(test) for test in generator.ifs]
            rewritten(node, k + 1, renamed)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension


def rewritten(node: Any, start: int, rewriter: gast.NodeTransformer) -> None:
    """Rewrites the loops of a comprehension from one on, and what it makes."""
    for later in node.generators[start:]:
        rewriter.visit(later)
    for name in ("elt", "key", "value"):
        if hasattr(node, name):
            setattr(node, name, rewriter.visit(getattr(node, name)))
