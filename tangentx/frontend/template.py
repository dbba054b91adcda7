"""Reads a rule of the rulebook: its body as IR, with ``d[x]`` as plain names.

@linear(np.sum)
def sum(y, a, axis=None):                         params (y, a, axis)   seeds {"y": y_bar}
    d[a] = rt.unreduce(d[y], np.shape(a))  ==>    shape_a = np.shape(a); a_bar = rt.unreduce(y_bar, shape_a)
                                                  outputs {"a": a_bar}
``elementwise`` and ``reduction`` return partials; in the latter the result has its axes back in place.
"""

from __future__ import annotations

import operator
from typing import Any

import gast
import numpy as np

import tangentx.runtime as rt
from tangentx.errors import UnsupportedSyntax
from tangentx.frontend.check import check
from tangentx.frontend.desugar import desugar
from tangentx.frontend.lower import Lowering
from tangentx.frontend.nodes import load
from tangentx.frontend.source import Source, read
from tangentx.ir.nodes import Atom, Call, Const, Effect, Let, Ref, Store, Var
from tangentx.rules.declare import Rule
from tangentx.rules.table import Template

__all__ = ["read_rule"]


def read_rule(rule: Rule) -> Template:
    """The body of a rule.

    Raises:
        UnsupportedSyntax: the rule is written with more than straight-line code and conditional expressions.
        SourceNotFound: the rule's source cannot be had.
    """
    assert rule.function is not None, f"{rule.word} rules have no body"
    source = check(read(rule.function))
    suffix = "_dot" if rule.word == "tangent" else "_bar"
    seen = _Derivatives(source, suffix)
    body = [seen.visit(stmt) for stmt in desugar(source.node)]
    for stmt in body:
        if isinstance(stmt, gast.For | gast.While | gast.Raise):
            raise UnsupportedSyntax("a rule is straight-line code", source.place(stmt), "Put the loop into a function of tangentx.runtime.")
    lowering = Lowering(source, body)
    params = lowering.params()
    names = [p.var for p in params]
    seeds: dict[str, Var] = {}
    for name in seen.read:
        seeds[name] = lowering.fresh(name + suffix)
        lowering.env[name + suffix] = seeds[name]
        lowering.local[name + suffix] = None
    if rule.word == "reduction":
        lowering.stmt = body[-1]
        lowering.env[names[0].base] = _with_its_axes(lowering, body[-1], names)
    lowering.block(body[:-1])
    if changed := next((s for s in lowering.out if isinstance(s, Effect | Store)), None):
        raise UnsupportedSyntax("a rule changes nothing, and has no stars in its lists", changed.place, "Add lists up: rest + [(0, 1)].")
    literals = {s.target: s.value for s in lowering.out if isinstance(s, Let) and isinstance(s.value, Const)}
    found = {name: lowering.atom(load(name + suffix)) for name in seen.written}
    outputs: dict[str, Atom] = {name: literals.get(atom, atom) if isinstance(atom, Var) else atom for name, atom in found.items()}
    if rule.word in ("elementwise", "reduction"):
        outputs = _partials(lowering, body[-1], [v.base for v in names[1:]])
    if rule.of_logarithm:
        product = Ref(operator.mul, "*", "operator", "mul")
        outputs = {name: lowering.emit(Call(product, (names[0], atom)), body[-1], name) for name, atom in outputs.items()}
    variadic = next((p.var.base for p in params if p.kind == "var_positional"), None)
    return Template(tuple(names), tuple(lowering.out), seeds, outputs, variadic)


def _partials(lowering: Lowering, last: Any, names: list[str]) -> dict[str, Atom]:
    """The returned partial derivatives, by parameter; None means that there is none."""
    lowering.stmt = last
    nodes = last.value.elts if isinstance(last.value, gast.Tuple) else [last.value]
    atoms = {name: lowering.atom(node) for name, node in zip(names, nodes, strict=False)}
    return {name: atom for name, atom in atoms.items() if atom != Const(None)}


def _with_its_axes(lowering: Lowering, node: Any, params: list[Var]) -> Var:
    """The result of a reduction as its rule reads it: with its axes back in place."""
    y, a, *rest = params
    shape = lowering.emit(Call(Ref(np.shape, "np.shape", "numpy", "shape"), (a,)), node)
    along = tuple((v.base, v) for v in rest if v.base in ("axis", "keepdims"))
    return lowering.let(lowering.fresh(y.base), Call(Ref(rt.expanded, "expanded", "tangentx.runtime", "expanded"), (y, shape), along), node)


class _Derivatives(gast.NodeTransformer):
    """Replaces ``d[x]`` by the name ``x_bar`` and notes which were read and which were assigned."""

    def __init__(self, source: Source, suffix: str) -> None:
        self.source, self.suffix = source, suffix
        self.read: dict[str, None] = {}
        self.written: dict[str, None] = {}

    def visit_Assign(self, node: Any) -> Any:
        node.value = self.visit(node.value)
        node.targets = [self.visit(t) for t in node.targets]
        return node

    def visit_Subscript(self, node: Any) -> Any:
        if not isinstance(node.value, gast.Name) or node.value.id != "d":
            return self.generic_visit(node)
        if not isinstance(node.slice, gast.Name):
            raise UnsupportedSyntax("d[...] takes the name of the result or of a parameter", self.source.place(node), "Write d[x].")
        name = node.slice.id
        if isinstance(node.ctx, gast.Store):
            self.written[name] = None
        elif name not in self.written:
            self.read[name] = None
        return gast.copy_location(gast.Name(name + self.suffix, node.ctx, None, None), node)
