"""Scalars: the adjoint of a full sum stays a scalar where it only multiplies an array of the summed shape.

    squares = h * h                               squares = h * h
    shape = np.shape(squares)                     t = 2.0 * g
    s = unreduce(g, shape)              ==>       h_bar = t * h
    t = 2.0 * s
    h_bar = t * h

Shapes are known by construction only: elementwise operations on one array (and literals) keep its shape.  Run before
``record`` this also saves the array on the tape whose shape alone was wanted.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np

from tangentx.ir.nodes import Atom, Block, Call, Const, Expr, For, Function, If, Let, Ref, Stmt, Var, While
from tangentx.ir.walk import map_blocks
from tangentx.optimise.classes import two_faced
from tangentx.optimise.terms import count_uses, is_derived, number, op_name

__all__ = ["keep_scalars"]

ELEMENTWISE = frozenset({"add", "sub", "mul", "truediv", "pow", "neg", "pos"})


def keep_scalars(function: Function) -> Function:
    """The function with sums' adjoints kept scalar; see the module's docstring for a before and an after."""
    return replace(function, body=_Keeper(function).block(function.body))


class _Keeper:
    def __init__(self, function: Function) -> None:
        self.uses, self.faced = count_uses(function), two_faced(function)
        self.shapes: dict[Var, Hashable] = {}  # names that are known to share a shape have the same entry
        self.inside: dict[int, dict[Var, Hashable]] = {}  # by loop: the shapes of its carries while it runs
        self.shape_of: dict[Var, Var] = {}  # np.shape(a): a
        self.spread: dict[Var, tuple[Atom, Hashable]] = {}  # a scalar that was broadcast, and to which shape
        self.scaled: dict[Var, Var] = {}  # a spread scalar times a literal
        self.out: list[Stmt] = []
        self.at: dict[Var, int] = {}

    def shape(self, atom: Atom) -> Hashable:
        return self.shapes.get(atom, atom) if isinstance(atom, Var) else None

    def block(self, block: Block) -> Block:
        outer, self.out = (self.out, self.at), []
        self.at = {}
        for stmt in block:
            if isinstance(stmt, Let):
                stmt = self.let(stmt)
                self.at[stmt.target] = len(self.out)
            elif isinstance(stmt, For | While):
                stmt = self.loop(stmt)
            else:
                stmt = map_blocks(stmt, self.block)
                if isinstance(stmt, If):
                    self.joined(stmt)
            self.out.append(stmt)
        result = tuple(self.out)
        self.out, self.at = outer
        return result

    def joined(self, stmt: If) -> None:
        for join in stmt.joins:
            if isinstance(join.then, Var) and self.shape(join.then) == self.shape(join.orelse):
                self.shapes[join.target] = self.shape(join.then)

    def loop(self, stmt: For | While) -> Stmt:
        """In a loop, and in its mirror, a carry has the shape of that iteration; behind it, another."""
        mirrored = self.inside.get(stmt.mirror, {})
        before = {v: self.shape(v) for v in mirrored}
        self.shapes.update(mirrored)
        stmt_inside: dict[Var, Hashable] = {c.target: ("inside", c.target) for c in stmt.carries}
        self.shapes.update(stmt_inside)
        self.inside[stmt.label] = stmt_inside
        stmt = map_blocks(stmt, self.block)  # type: ignore[assignment]
        self.shapes.update({v: ("after", v) for v in stmt_inside})
        self.shapes.update(before)
        return stmt

    def let(self, stmt: Let) -> Let:
        value = stmt.value
        if is_derived(stmt) and isinstance(value, Call):
            value = self.product(value)
            self.learn(stmt.target, value)
        known = self.known(value) if stmt.target not in self.shapes else None
        if known is not None:
            self.shapes[stmt.target] = known
        if isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is np.shape and isinstance(value.args[0], Var):
            self.shape_of[stmt.target] = value.args[0]
        return stmt if value is stmt.value else replace(stmt, value=value)

    def known(self, value: Expr) -> Hashable:
        """The shape of an elementwise operation on one array, and of a copy."""
        if isinstance(value, Var):
            return self.shape(value)
        if not isinstance(value, Call) or value.kwargs or not isinstance(value.fn, Ref):
            return None
        if not (op_name(value) in ELEMENTWISE or (isinstance(value.fn.obj, np.ufunc) and value.fn.obj.nout == 1)):
            return None
        shapes = {self.shape(a): None for a in value.args if number(a) is None}
        return next(iter(shapes)) if len(shapes) == 1 else None

    def learn(self, target: Var, call: Call) -> None:
        """Remembers a scalar that is spread over a shape, and a spread one times a literal."""
        if isinstance(call.fn, Ref) and call.fn.attr == "unreduce" and call.fn.module == "tangentx.runtime":
            whole = all(isinstance(a, Const) and (a.value is None or a.value is False) for a in (*call.args[2:], *(a for _, a in call.kwargs)))
            like = self.shape_of.get(call.args[1]) if isinstance(call.args[1], Var) else None
            if whole and like is not None and call.args[0] not in self.faced:
                self.spread[target] = (call.args[0], self.shape(like))
        elif op_name(call) in ("mul", "truediv", "neg"):
            inner = [a for a in call.args if number(a) is None]
            if len(inner) == 1 and isinstance(inner[0], Var) and inner[0] in self.spread and (op_name(call) != "truediv" or inner[0] == call.args[0]):
                self.spread[target] = (target, self.spread[inner[0]][1])
                self.scaled[target] = inner[0]

    def product(self, call: Call) -> Call:
        """``spread * y`` where y has that shape is ``scalar * y``."""
        if op_name(call) not in ("mul", "truediv"):
            return call
        a, b = call.args
        for k, (p, y) in enumerate(((a, b), (b, a)) if op_name(call) == "mul" else ((a, b),)):
            if isinstance(p, Var) and p in self.spread and number(y) is None and self.shape(y) == self.spread[p][1]:
                scalar = self.scalar(p)
                if scalar is not None:
                    return replace(call, args=(scalar, y) if k == 0 else (y, scalar))
        return call

    def scalar(self, p: Var) -> Atom | None:
        """The scalar behind a spread one; what scaled it is done to the scalar, if nobody else reads that here."""
        if p not in self.scaled:
            return self.spread[p][0]
        if self.uses.get(p, 0) != 1 or p not in self.at:
            return None
        inner = self.scaled[p]
        scalar = self.scalar(inner)
        if scalar is None:
            return None
        stmt = self.out[self.at[p]]
        assert isinstance(stmt, Let) and isinstance(stmt.value, Call)
        args = tuple(scalar if a == inner else a for a in stmt.value.args)
        self.out[self.at[p]] = replace(stmt, value=replace(stmt.value, args=args))
        del self.spread[p], self.scaled[p]
        return p
