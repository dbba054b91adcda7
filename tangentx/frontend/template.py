"""Reads a rule of the rulebook: its body as IR, with ``d[x]`` as plain names.

@linear(np.sum)
def sum(y, a, axis=None):                         params (y, a, axis)   seeds {"y": y_bar}
    d[a] = rt.unreduce(d[y], np.shape(a))  ==>    shape_a = np.shape(a); a_bar = rt.unreduce(y_bar, shape_a)
                                                  outputs {"a": a_bar}
A ``reduction`` says the partial derivative alone, with the result's axes back in place; both modes are made of it here.
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
from tangentx.frontend.source import Source, read
from tangentx.ir.nodes import Atom, Call, Const, Let, Ref, Var
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
    reduces = _Reduction(lowering, body[-1], names) if rule.said == "reduction" else None
    lowering.block(body[:-1])
    literals = {s.target: s.value for s in lowering.out if isinstance(s, Let) and isinstance(s.value, Const)}
    found = {name: lowering.atom(gast.Name(name + suffix, gast.Load(), None, None)) for name in seen.written}
    outputs: dict[str, Atom] = {name: literals.get(atom, atom) if isinstance(atom, Var) else atom for name, atom in found.items()}
    if rule.word == "elementwise":
        outputs = _partials(lowering, body[-1], [v.base for v in names[1:]])
    if reduces:
        seeds, outputs = reduces.both_ways(rule)
    variadic = next((p.var.base for p in params if p.kind == "var_positional"), None)
    return Template(tuple(names), tuple(lowering.out), seeds, outputs, variadic)


def _partials(lowering: Lowering, last: Any, names: list[str]) -> dict[str, Atom]:
    """The returned partial derivatives, by parameter; None means that there is none."""
    lowering.stmt = last
    nodes = last.value.elts if isinstance(last.value, gast.Tuple) else [last.value]
    atoms = {name: lowering.atom(node) for name, node in zip(names, nodes, strict=False)}
    return {name: atom for name, atom in atoms.items() if atom != Const(None)}


class _Reduction:
    """A rule that returns the partial derivative of ``y`` by each element of ``a``.

    adjoint:  a_bar = rt.expanded(y_bar, np.shape(a), axis=axis, keepdims=keepdims) * partial
    tangent:  y_dot = np.sum(a_dot * partial, axis=axis, keepdims=keepdims)
    """

    def __init__(self, lowering: Lowering, last: Any, params: list[Var]) -> None:
        self.lowering, self.last, (self.y, self.a) = lowering, last, params[:2]
        self.along = tuple((v.base, v) for v in params if v.base in ("axis", "keepdims"))
        self.shape = self.emit("shape", np.shape, "numpy", self.a)
        lowering.env[self.y.base] = self.emit(self.y.base, rt.expanded, "tangentx.runtime", self.y, self.shape, *self.along)

    def both_ways(self, rule: Rule) -> tuple[dict[str, Var], dict[str, Atom]]:
        """The seed and the output of the mode that is asked for."""
        y, a = self.y.base, self.a.base
        self.lowering.stmt = self.last
        partial = self.lowering.atom(self.last.value)
        if rule.word == "tangent":
            seed = self.lowering.fresh(f"{a}_dot")
            product = self.emit(f"{a}_dot", operator.mul, "operator", seed, partial)
            return {a: seed}, {y: self.emit(f"{y}_dot", np.sum, "numpy", product, *self.along)}
        seed = self.lowering.fresh(f"{y}_bar")
        ours = str(rule.function.__module__).startswith("tangentx.templates")  # these are tested to have the parameter's shape
        spread = self.emit(f"{y}_bar", rt.expanded if ours else rt.unreduce, "tangentx.runtime", seed, self.shape, *self.along)
        return {y: seed}, {a: self.emit(f"{a}_bar", operator.mul, "operator", spread, partial)}

    def emit(self, base: str, fn: Any, module: str, *args: Any) -> Var:
        """``base = fn(*args)``; a pair is a keyword argument."""
        called = Ref(fn, "*" if fn is operator.mul else f"{'np.' if module == 'numpy' else ''}{fn.__name__}", module, fn.__name__)
        call = Call(called, tuple(a for a in args if not isinstance(a, tuple)), tuple(a for a in args if isinstance(a, tuple)))
        return self.lowering.let(self.lowering.fresh(base), call, self.last)


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
