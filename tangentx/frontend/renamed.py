"""Renames the local names of a piece of gast, as Python's scopes see them.

Renamed({"u": "u@1"}).visit(<u = [u for u in us] + [t * u for t in ts]>)     ==>     u@1 = [u for u in us] + [t * u@1 for t in ts]
"""

from __future__ import annotations

from typing import Any

import gast

from tangentx.frontend.liveness import target_names
from tangentx.frontend.scopes import bound_names, nonlocals

__all__ = ["Renamed"]


class Renamed(gast.NodeTransformer):
    """Renames the locals; a deeper function's parameters hide them."""

    def __init__(self, keys: dict[str, str]) -> None:
        self.keys = keys

    def visit_Name(self, node: Any) -> Any:
        node.id = self.keys.get(node.id, node.id)
        return node

    def visit_FunctionDef(self, node: Any) -> Any:
        own = {a.id for a in gast.walk(node.args) if isinstance(a, gast.Name) and isinstance(a.ctx, gast.Param)}
        own |= bound_names(node.body) - set(nonlocals(node.body))
        deeper = Renamed({name: key for name, key in self.keys.items() if name not in own})
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
        node.body = Renamed({name: key for name, key in self.keys.items() if name not in own}).visit(node.body)
        node.args.defaults = [self.visit(d) for d in node.args.defaults]
        node.args.kw_defaults = [d and self.visit(d) for d in node.args.kw_defaults]
        return node

    def _comprehension(self, node: Any) -> Any:
        """Its names are its own; what the first loop runs over is read outside."""
        first = node.generators[0]
        first.iter = self.visit(first.iter)
        own = {name for generator in node.generators for name in target_names(generator.target)}
        deeper = Renamed({name: key for name, key in self.keys.items() if name not in own})
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
