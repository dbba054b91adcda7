"""Prints guarded Ifs: ``try`` and ``with``.

if completed guarded by try ValueError:          try:
    y = np.log(x)                                    y = np.log(x)
else:                                   ==>          completed = True
    e = caught()                                 except ValueError as e:
    print(e)                                         print(e)
"""

from __future__ import annotations

import ast

from tangentx.backend.comments import Comment
from tangentx.backend.expressions import Expressions, name_of
from tangentx.backend.imports import HELPERS
from tangentx.ir.nodes import Block, Build, If, Let, Var

__all__ = ["guarded", "split_off"]


def split_off(block: Block, kind: str) -> tuple[Var | None, Block]:
    """The name that an exception or a context gets, and the rest of the arm."""
    first = block[0] if block else None
    if isinstance(first, Let) and isinstance(first.value, Build) and first.value.kind == kind:
        return first.target, block[1:]
    return None, block


def guarded(stmt: If, name: Var | None, then: list[ast.stmt], orelse: list[ast.stmt], e: Expressions) -> list[ast.stmt]:
    """The statement, from its printed arms; ``name`` is what stands behind ``as``."""
    guard = stmt.guard
    assert guard is not None
    heads = [e.atom(a) for a in guard.atoms]
    if guard.kind == "with":
        item = ast.withitem(context_expr=heads[0], optional_vars=None if name is None else e.target(name))
        return _checked(item, then, stmt, e) if guard.checked else [ast.With(items=[item], body=_filled(then))]
    kind = heads[0] if len(heads) == 1 else ast.Tuple(elts=heads, ctx=ast.Load())
    handlers = [ast.ExceptHandler(type=kind, name=None if name is None else _text(e.target(name)), body=_filled(orelse))]
    if guard.checked:
        handlers.insert(0, ast.ExceptHandler(type=e.atom(HELPERS["check_passed"]), name=None, body=[ast.Raise(exc=None, cause=None)]))
    return [ast.Try(body=_filled(then), handlers=handlers, orelse=[], finalbody=[])]


def _checked(item: ast.withitem, then: list[ast.stmt], stmt: If, e: Expressions) -> list[ast.stmt]:
    """A context that may end an exception of the body: then the derivative does not know what was done."""
    taken, number = set(e.names.values()), stmt.label
    flag = f"completed_{number}"
    while flag in taken:
        number += 1
        flag = f"completed_{number}"
    e.names[Var("<completed>", stmt.label)] = flag
    first, last = (ast.Assign(targets=[name_of(flag, ast.Store())], value=ast.Constant(value=v)) for v in (False, True))
    where = ast.Constant(value=f"{stmt.place.file}:{stmt.place.line}")
    leave = ast.Expr(value=ast.Call(func=e.atom(HELPERS["check_completed"]), args=[name_of(flag), where], keywords=[]))
    return [first, ast.With(items=[item], body=[*then, last]), leave]


def _text(target: ast.expr) -> str:
    assert isinstance(target, ast.Name)
    return target.id


def _filled(body: list[ast.stmt]) -> list[ast.stmt]:
    return body if any(not isinstance(s, Comment) for s in body) else [*body, ast.Pass()]
