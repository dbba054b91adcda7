"""Gets: the item that a write into a dict may overwrite is taken in one line.

    known = contains(d, k)                            known = contains(d, k)
    if known: { item = getitem(d, k) }      ==>       saved = d.get(k, None)
        join saved = item | None

Only for the text: the program that is differentiated again keeps the ``If``, whose arms say what the derivative is.
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.ir.nodes import Block, Call, Const, Expr, Function, If, Let, Method, Stmt, Var
from tangentx.ir.walk import map_blocks, statements

__all__ = ["with_gets"]

NONE = Const(None)


def with_gets(function: Function) -> Function:
    """The function with such reads said as ``d.get(k)``; see the module's docstring for a before and an after."""
    lets = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}

    def block(stmts: Block) -> Block:
        return tuple(visit(map_blocks(stmt, block)) for stmt in stmts)

    def visit(stmt: Stmt) -> Stmt:
        found = _saved(stmt, lets) if isinstance(stmt, If) else None
        return found or stmt

    return replace(function, body=block(function.body))


def _saved(stmt: If, lets: dict[Var, Expr]) -> Let | None:
    """What an If that reads an item, or else gives None, is in one line."""
    read = stmt.then[0] if len(stmt.then) == 1 else None
    if not isinstance(read, Let) or stmt.orelse or stmt.guard or len(stmt.joins) != 1 or not isinstance(stmt.test, Var):
        return None
    test, join = lets.get(stmt.test), stmt.joins[0]
    if not isinstance(test, Call) or not isinstance(read.value, Call) or (join.then, join.orelse) != (read.target, NONE):
        return None
    if getattr(test.fn, "attr", "") != "contains" or getattr(read.value.fn, "attr", "") != "getitem" or test.args != read.value.args:
        return None
    return Let(join.target, Call(Method("get"), test.args), stmt.place) if join.target.base.endswith("_saved") else None
