"""Reads what ``ir.show`` prints, so that a pass can be tested on IR as text.

A line that starts with ``~`` is a derived statement ("Grad of"), others are the user's.
"""

from __future__ import annotations

import ast
import builtins
import math
import operator
import re
from typing import Any

import numpy as np

import tangentx.runtime as rt
from tangentx.ir import nodes as n
from tangentx.ir.show import OPERATORS

PRIMAL = n.Place("model.py", 1, text="...")
DERIVED = PRIMAL.derived("Grad of")
SYMBOLS = dict(OPERATORS) | {"neg": "-", "not_": "not", "getitem": "[]"}
AST_OPS = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "truediv", ast.FloorDiv: "floordiv", ast.Mod: "mod", ast.Pow: "pow",
    ast.MatMult: "matmul", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne", ast.Is: "is_",
    ast.IsNot: "is_not", ast.USub: "neg", ast.Not: "not_",
}  # fmt: skip
MODULES = {"np": (np, "numpy"), "math": (math, "math"), "rt": (rt, "tangentx.runtime")}


def parse(text: str) -> n.Function:
    """The function that the text shows."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    head = re.fullmatch(r"Function (\w+)\((.*?)\)", lines[0])
    assert head, lines[0]
    params = tuple(n.Param(_var(p)) for p in head[2].split(", ") if p)
    assert lines[-1].strip().startswith("return ")
    result = _atom(lines[-1].strip().removeprefix("return "))
    return n.Function(head[1], params, _Reader(lines[1:-1]).block(4), result, PRIMAL)


def _var(text: str) -> n.Var:
    base, _, version = text.strip().partition(".")
    assert base.isidentifier(), text
    return n.Var(base, int(version or 0))


def _slot(text: str) -> n.Var | None:
    return None if text.strip() == "_" else _var(text)


def _atom(text: str) -> n.Atom:
    value = _expr(text)
    assert isinstance(value, n.Var | n.Const | n.Ref), text
    return value


def _op(name: str, *args: n.Atom) -> n.Call:
    return n.Call(n.Ref(getattr(operator, name), SYMBOLS.get(name, name), "operator", name), args)


def _expr(text: str) -> n.Expr:
    plain = re.sub(r"\b([A-Za-z_]\w*)\.(\d+)\b", r"\1__v\2", text.strip())
    return _tree(ast.parse(plain, mode="eval").body)


def _tree(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant):
        return n.Const(node.value)
    if isinstance(node, ast.Name):
        if node.id == "undef":
            return n.Const(n.UNDEF)
        return _var(node.id.replace("__v", "."))
    if isinstance(node, ast.UnaryOp):
        inner = _tree(node.operand)
        if isinstance(inner, n.Const) and isinstance(node.op, ast.USub):
            return n.Const(-inner.value)
        return _op(AST_OPS[type(node.op)], inner)
    if isinstance(node, ast.BinOp):
        return _op(AST_OPS[type(node.op)], _tree(node.left), _tree(node.right))
    if isinstance(node, ast.Compare):
        return _op(AST_OPS[type(node.ops[0])], _tree(node.left), _tree(node.comparators[0]))
    if isinstance(node, ast.Subscript):
        return _op("getitem", _tree(node.value), _tree(node.slice))
    if isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Name) and node.value.id in MODULES:
            return _member(node)
        return n.Call(n.Attribute(node.attr), (_tree(node.value),))
    assert isinstance(node, ast.Call), ast.dump(node)
    args, kwargs = tuple(map(_tree, node.args)), tuple((k.arg, _tree(k.value)) for k in node.keywords)
    if isinstance(node.func, ast.Attribute):
        if isinstance(node.func.value, ast.Name) and node.func.value.id in MODULES:
            return n.Call(_member(node.func), args, kwargs)
        return n.Call(n.Method(node.func.attr), (_tree(node.func.value), *args), kwargs)
    assert isinstance(node.func, ast.Name)
    name = node.func.id
    if name in ("tuple", "list"):
        return n.Build(name, args)
    if hasattr(builtins, name):
        return n.Call(n.Ref(getattr(builtins, name), name, "builtins", name), args, kwargs)
    if hasattr(rt, name):
        return n.Call(n.Ref(getattr(rt, name), name, "tangentx.runtime", name), args, kwargs)
    return n.Call(n.Ref(name, name, "model", name, live=True), args, kwargs)


def _member(node: ast.Attribute) -> n.Ref:
    assert isinstance(node.value, ast.Name)
    obj, module = MODULES[node.value.id]
    return n.Ref(getattr(obj, node.attr), f"{node.value.id}.{node.attr}", module, node.attr)


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines, self.at = lines, 0

    def peek(self) -> tuple[int, bool, str]:
        """Indent, whether derived, and text of the next line."""
        if self.at >= len(self.lines):
            return -1, False, ""
        line = self.lines[self.at]
        text = line.strip()
        return len(line) - len(line.lstrip()), text.startswith("~"), text.removeprefix("~")

    def block(self, indent: int) -> n.Block:
        out = []
        while self.peek()[0] == indent and not re.match(r"(else:|join |test )", self.peek()[2]):
            _, derived, text = self.peek()
            self.at += 1
            if text != "pass":
                out.append(self.statement(text, indent, DERIVED if derived else PRIMAL))
        return tuple(out)

    def take(self, start: str, indent: int) -> str | None:
        at, _, text = self.peek()
        if at == indent and text.startswith(start):
            self.at += 1
            return text.removeprefix(start)
        return None

    def statement(self, text: str, indent: int, place: n.Place) -> n.Stmt:
        label, mirror = (int(m[1]) if (m := re.search(p, text)) else 0 for p in (r":(?: |.* )?#(\d+)", r"mirrors #(\d+)"))
        if mirror and re.search(r": mirrors", text):
            label = 0
        text = re.sub(r":( mirrors)? #.*", ":", text) if label or mirror else text
        if text.startswith("if "):
            then = self.block(indent + 4)
            orelse = self.block(indent + 4) if self.take("else:", indent) is not None else ()
            joins = []
            while (join := self.take("join ", indent)) is not None:
                target, _, arms = join.partition(" = ")
                joins.append(n.Join(_var(target), *map(_atom, arms.split(" | "))))
            return n.If(_atom(text[3:-1]), then, orelse, tuple(joins), place, label, mirror)
        if text.startswith("for "):
            sources, carries = re.fullmatch(r"for (.*) \[(.*)\]:", text).groups()  # type: ignore[union-attr]
            return n.For(tuple(map(_source, sources.split("; "))), _carries(carries), self.block(indent + 4), place, label, mirror)
        if text.startswith("while "):
            header = self.block(indent + 4)
            test = self.take("test ", indent)
            assert test is not None
            return n.While(_carries(text[7:-2]), header, _atom(test.removesuffix(" do")), self.block(indent + 4), place, label, mirror)
        return _simple(text, place)


def _carries(text: str) -> tuple[n.Carry, ...]:
    parts = (re.fullmatch(r"(\S+) = (.*) <- (.*)", part) for part in text.split(", ") if part)
    return tuple(n.Carry(_var(p[1]), _atom(p[2]), _atom(p[3])) for p in parts if p)


def _source(text: str) -> n.Source:
    if text.startswith("mirror of "):
        return n.Mirror(int(text[10:]))
    target, _, rest = text.partition(" in ")
    if text.startswith("in "):
        target, rest = "", text[3:]
    if rest.endswith(" backwards"):
        return n.ReadTape(tuple(_slot(t) for t in target.split(",") if t.strip()), _atom(rest.removesuffix(" backwards")))
    if m := re.fullmatch(r"range\((.*), (.*), (.*)\)", rest):
        return n.Span(_var(target), *map(_atom, m.groups()))
    if m := re.fullmatch(r"count\((.*)\)", rest):
        return n.Count(_var(target), _atom(m[1]))
    return n.Each(_var(target), _atom(rest.removeprefix("reversed ")), rest.startswith("reversed "))


def _simple(text: str, place: n.Place) -> n.Stmt:
    word, _, rest = text.partition(" ")
    if text == "break":
        return n.Break(place)
    if word == "effect":
        return n.Effect(_expr(rest), place)
    if word == "assert":
        return n.Assert(_atom(rest), None, place)
    if word == "raise":
        return n.Raise(_atom(rest), None, place)
    if word == "append":
        tape, _, values = rest.partition(" <- ")
        return (
            n.Append(_var(tape), tuple(_atom(v) for v in values.split(", ")), place)
            if values
            else n.Append(_var(tape.removesuffix(" <-")), (), place)
        )
    target, _, value = text.partition(" = ")
    if value == "new tape":
        return n.NewTape(_var(target), place)
    if value.startswith("pop "):
        return n.Pop(tuple(_slot(t) for t in target.split(",") if t.strip()), _atom(value[4:]), place)
    if m := re.fullmatch(r"store (\S+?)\[(.*)\] (\S*)= (.*)", value):
        return n.Store(_var(target), _var(m[1]), _atom(m[2]), _atom(m[4]), m[3], place)
    if "," in target:
        return n.Unpack(tuple(_slot(t) for t in target.split(",") if t.strip()), _atom(value), place)
    return n.Let(_var(target), _expr(value), place)
