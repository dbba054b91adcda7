"""Expressions of the IR as nodes of ``ast``: operators, items and slices, displays, calls, constants."""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass
from typing import Any

from tangentx.backend.imports import Imports
from tangentx.backend.operators import BINARY, COMPARE, UNARY, operator_of
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, Expr, Local, Method, Ref, Undef, Var

__all__ = ["Expressions", "name_of", "negated"]

_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}


def name_of(text: str, ctx: ast.expr_context | None = None) -> ast.Name:
    """A name, to be read unless said otherwise."""
    return ast.Name(id=text, ctx=ctx or ast.Load())


def negated(test: ast.expr) -> ast.expr:
    """``not test`` where only its truth counts: then ``not not a`` is ``a``."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return inverted(test)


def inverted(test: ast.expr) -> ast.expr:
    """``not test`` as a value: ``is not`` and ``not in`` are forms of their own."""
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in _OPPOSITE:
        return ast.Compare(left=test.left, ops=[_OPPOSITE[type(test.ops[0])]()], comparators=test.comparators)
    return ast.UnaryOp(op=ast.Not(), operand=test)


def constant(value: Any) -> ast.expr:
    """A literal; a negative number is a minus and its size, an infinity or NaN a call of ``float``."""
    if isinstance(value, Undef):
        return ast.Constant(value=None)
    if isinstance(value, tuple | list):
        items = [constant(v) for v in value]
        return ast.Tuple(elts=items, ctx=ast.Load()) if isinstance(value, tuple) else ast.List(elts=items, ctx=ast.Load())
    if isinstance(value, complex) and (value.real != 0 or math.copysign(1, value.real) < 0 or not math.isfinite(value.imag) or value.imag < 0):
        return ast.Call(func=name_of("complex"), args=[constant(value.real), constant(value.imag)], keywords=[])
    if isinstance(value, float) and not math.isfinite(value):
        return ast.Call(func=name_of("float"), args=[ast.Constant(value=repr(value))], keywords=[])
    if type(value) in (int, float) and math.copysign(1, value) < 0:
        return ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=-value))
    if value is None or value is Ellipsis or type(value) in (int, float, complex, bool, str, bytes):
        return ast.Constant(value=value)
    return ast.parse(repr(value), mode="eval").body


@dataclass
class Expressions:
    """Prints expressions of one function: ``names`` for values, ``inline`` for those that are printed as expressions."""

    names: dict[Var, str]
    inline: dict[Var, Expr]
    imports: Imports

    def target(self, var: Var | None) -> ast.expr:
        """A name to assign; ``_`` where nobody reads it."""
        return name_of("_" if var is None else self.names[var], ast.Store())

    def targets(self, targets: tuple[Var | None, ...]) -> ast.expr:
        """``a, b``."""
        return ast.Tuple(elts=[self.target(t) for t in targets], ctx=ast.Store())

    def atom(self, atom: Atom) -> ast.expr:
        """An operand, as a name, a literal or the expression that stands for it."""
        if isinstance(atom, Var):
            value = self.inline.get(atom)
            return name_of(self.names[atom]) if value is None else self.expr(value)
        if isinstance(atom, Ref):
            return ast.parse(self.imports.text(atom), mode="eval").body
        return constant(atom.value)

    def value_of(self, atom: Atom) -> Expr:
        """What stands for an atom, or the atom."""
        return self.inline.get(atom, atom) if isinstance(atom, Var) else atom

    def expr(self, value: Expr) -> ast.expr:
        """Any right-hand side."""
        if isinstance(value, Build):
            return self._build(value)
        if not isinstance(value, Call):
            return self.atom(value)
        attr = operator_of(value)
        if attr is not None:
            return self._operator(attr, value)
        fn, args = value.fn, list(value.args)
        if isinstance(fn, Ref) and fn.obj is getattr and len(args) == 2 and isinstance(args[1], Const) and str(args[1].value).isidentifier():
            return ast.Attribute(value=self.atom(args[0]), attr=args[1].value, ctx=ast.Load())
        if isinstance(fn, Attribute):
            return ast.Attribute(value=self.atom(args[0]), attr=fn.name, ctx=ast.Load())
        if isinstance(fn, Method):
            func: ast.expr = ast.Attribute(value=self.atom(args.pop(0)), attr=fn.name, ctx=ast.Load())
        else:
            func = name_of(fn.name) if isinstance(fn, Local) else self.atom(fn)
        return ast.Call(func=func, args=[self.atom(a) for a in args], keywords=[ast.keyword(arg=k, value=self.atom(a)) for k, a in value.kwargs])

    def _operator(self, attr: str, value: Call) -> ast.expr:
        if attr == "getitem":
            return self.item(value.args[0], value.args[1], ast.Load())
        if attr in UNARY:
            operand = self.atom(value.args[0])
            return inverted(operand) if attr == "not_" else ast.UnaryOp(op=UNARY[attr][0](), operand=operand)
        left, right = self.atom(value.args[0]), self.atom(value.args[1])
        if attr in BINARY:
            return ast.BinOp(left=left, op=BINARY[attr][0](), right=right)
        if attr == "contains":
            left, right = right, left
        return ast.Compare(left=left, ops=[COMPARE[attr]()], comparators=[right])

    def item(self, base: Atom, index: Atom, ctx: ast.expr_context) -> ast.Subscript:
        """``base[index]``, slices written with colons."""
        return ast.Subscript(value=self.atom(base), slice=self._index(index), ctx=ctx)

    def _index(self, atom: Atom) -> ast.expr:
        value = self.value_of(atom)
        if isinstance(value, Build) and value.kind == "tuple" and value.items:
            return ast.Tuple(elts=[self._index(i) for i in value.items], ctx=ast.Load())
        if isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is slice and not value.kwargs and len(value.args) in (1, 2, 3):
            bounds = (Const(None), *value.args) if len(value.args) == 1 else value.args
            parts = [None if isinstance(a, Const) and a.value is None else self.atom(a) for a in bounds]
            return ast.Slice(*parts)
        return self.atom(atom)

    def _build(self, value: Build) -> ast.expr:
        items = [self.atom(i) for i in value.items] if value.kind not in ("fstring", "format") else []
        if value.kind == "tuple":
            return ast.Tuple(elts=items, ctx=ast.Load())
        if value.kind == "list":
            return ast.List(elts=items, ctx=ast.Load())
        if value.kind == "set":
            return ast.Set(elts=items)
        if value.kind == "dict":
            return ast.Dict(keys=list(items[::2]), values=items[1::2])
        if value.kind == "if":
            return ast.IfExp(test=items[0], body=items[1], orelse=items[2])
        if value.kind in ("and", "or"):
            if value.kind == "and" and (chain := self._chain(value.items, items)):
                return chain
            return ast.BoolOp(op=ast.And() if value.kind == "and" else ast.Or(), values=items)
        if value.kind == "not":
            return inverted(items[0])
        assert value.kind in ("fstring", "format"), value.kind
        parts = value.items if value.kind == "fstring" else (value,)
        return ast.JoinedStr(values=[self._part(p) for p in parts])

    def _chain(self, atoms: tuple[Atom, ...], items: list[ast.expr]) -> ast.expr | None:
        """``0 < a < 3`` for ``0 < a and a < 3``, where ``a`` is a name or a number."""
        found: ast.Compare | None = None
        end: Atom | None = None
        for atom, item in zip(atoms, items):
            value = self.value_of(atom)
            if not isinstance(value, Call) or operator_of(value) not in COMPARE or not isinstance(item, ast.Compare):
                return None
            if found is None:
                found = ast.Compare(left=item.left, ops=list(item.ops), comparators=list(item.comparators))
            elif value.args[0] == end and not isinstance(self.value_of(value.args[0]), Call | Build):
                found.ops, found.comparators = [*found.ops, *item.ops], [*found.comparators, *item.comparators]
            else:
                return None
            end = value.args[1]
        return found

    def _part(self, part: Atom | Build) -> ast.expr:
        """A piece of an f-string: literal text, or a value with its conversion and format."""
        value = part if isinstance(part, Build) else self.value_of(part)
        if isinstance(value, Const) and isinstance(value.value, str):
            return ast.Constant(value=value.value)
        if isinstance(value, Build) and value.kind == "format":
            spec = value.items[1]
            assert isinstance(spec, Const)
            joined = ast.parse(f"f{'{x' + spec.value + '}'!r}", mode="eval").body
            assert isinstance(joined, ast.JoinedStr)
            formatted = joined.values[0]
            assert isinstance(formatted, ast.FormattedValue)
            return ast.FormattedValue(value=self.atom(value.items[0]), conversion=formatted.conversion, format_spec=formatted.format_spec)
        return ast.FormattedValue(value=self.expr(value), conversion=-1)
