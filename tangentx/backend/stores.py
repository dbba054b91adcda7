"""Writes that change a list or dict, as Python writes them.

v = ys[-1]                           v = ys.pop()
ys.1 = store ys[-1] pop v    ==>     return ys
return ys.1
"""

from __future__ import annotations

import ast
from dataclasses import replace

from tangentx.backend.expressions import Expressions
from tangentx.backend.operators import operator_of
from tangentx.backend.purity import is_pure
from tangentx.ir.nodes import Atom, Block, Call, Const, Function, Let, Method, Stmt, Store, Var
from tangentx.ir.walk import expr_atoms, map_blocks, rename, statements

__all__ = ["changed", "with_pops"]

END = Const(-1)
NEAR = 4  # how many statements may stand between


def with_pops(function: Function) -> Function:
    """The function with an item that is read and then taken out as one call of ``pop``."""
    if not any(isinstance(s, Store) and s.op == "pop" for s in statements(function.body)):
        return function
    same: dict[Var, Atom] = {}

    def block(b: Block) -> Block:
        out: list[Stmt] = []
        for stmt in b:
            at = _read(out, stmt) if isinstance(stmt, Store) and stmt.op == "pop" else None
            if isinstance(stmt, Store) and at is not None:
                owner, read = stmt.through or stmt.base, out[at]
                assert isinstance(read, Let)
                out[at] = replace(read, value=Call(Method("pop"), (owner,) if stmt.index == END else (owner, stmt.index)))
                same[stmt.target] = stmt.base
            else:
                out.append(map_blocks(stmt, block))
        return tuple(out)

    body = block(function.body)
    return rename(replace(function, body=body), same)


def _read(out: list[Stmt], stmt: Store) -> int | None:
    """Where the item is read that is taken out, if nothing behind that minds that it is gone."""
    owner = stmt.through or stmt.base
    for at in range(len(out) - 1, max(-1, len(out) - 1 - NEAR), -1):
        last = out[at]
        if not isinstance(last, Let):
            return None
        if last.target == stmt.value:
            return at if operator_of(last.value) == "getitem" and [*expr_atoms(last.value)] == [owner, stmt.index] else None
        if owner in expr_atoms(last.value) or stmt.base in expr_atoms(last.value) or not is_pure(last.value):
            return None
    return None


def changed(stmt: Store, e: Expressions) -> ast.stmt | None:
    """The statement of a write that puts an item in or takes one out, or of one to an attribute; None of another one."""
    owner = e.atom(stmt.through or stmt.base)
    if stmt.op == "setattr":
        assert isinstance(stmt.index, Const)
        if e.imports.frozen:
            write = ast.Attribute(value=ast.Name(id="object", ctx=ast.Load()), attr="__setattr__", ctx=ast.Load())
            return ast.Expr(value=ast.Call(func=write, args=[owner, ast.Constant(value=stmt.index.value), e.atom(stmt.value)], keywords=[]))
        return ast.Assign(targets=[ast.Attribute(value=owner, attr=stmt.index.value, ctx=ast.Store())], value=e.atom(stmt.value))
    if stmt.op in ("append", "add", "discard", "remove"):
        return _method(owner, stmt.op, e.atom(stmt.value))
    if stmt.op == "insert":
        return _method(owner, "insert", e.atom(stmt.index), e.atom(stmt.value))
    if stmt.op == "clear":
        return _method(owner, "clear")
    if stmt.op == "pop":
        return _method(owner, "pop", *([] if stmt.index == END else [e.atom(stmt.index)]))
    return ast.Delete(targets=[e.item(stmt.through or stmt.base, stmt.index, ast.Del())]) if stmt.op == "del" else None


def _method(owner: ast.expr, name: str, *args: ast.expr) -> ast.stmt:
    return ast.Expr(value=ast.Call(func=ast.Attribute(value=owner, attr=name, ctx=ast.Load()), args=list(args), keywords=[]))
