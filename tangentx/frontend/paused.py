"""The generator of a context as a function: where it yields, a call stands that only the compiler sees.

@contextmanager                      def bump(xs, v):
def bump(xs, v):                         xs[0] = v
    xs[0] = v               ==>          yielded(xs)
    yield xs
"""

from __future__ import annotations

import types
from dataclasses import replace
from typing import Any, NamedTuple

import gast

from tangentx.frontend.nodes import load
from tangentx.frontend.source import Source, read

__all__ = ["Paused", "read_paused"]


class Paused(NamedTuple):
    """A generator that shall be read so."""

    function: types.FunctionType


def read_paused(paused: Paused) -> Source:
    """Its source, with the one yield that is a statement of its own said as a call; any other is refused as ever."""
    source = read(paused.function)
    every = [n for n in gast.walk(source.node) if isinstance(n, gast.Yield | gast.YieldFrom)]
    return replace(source, node=_Calls().visit(source.node)) if len(every) == 1 else source


class _Calls(gast.NodeTransformer):
    def visit_Expr(self, node: Any) -> Any:
        if isinstance(node.value, gast.Yield):
            name = load("tangentx.runtime.yielded")
            call = gast.Call(name, [] if node.value.value is None else [node.value.value], [])
            for made in (name, call):
                gast.copy_location(made, node.value)
            node.value = call
        return node

    def visit_FunctionDef(self, node: Any) -> Any:
        return self.generic_visit(node)
