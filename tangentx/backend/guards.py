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
from tangentx.backend.expressions import Expressions
from tangentx.ir.nodes import Block, Build, If, Let, Var

__all__ = ["guarded", "split_off"]


def split_off(block: Block, kind: str) -> tuple[Var | None, Block]:
    """The name that an exception or a context gets, and the rest of the arm."""
    first = block[0] if block else None
    if isinstance(first, Let) and isinstance(first.value, Build) and first.value.kind == kind:
        return first.target, block[1:]
    return None, block


def guarded(stmt: If, name: Var | None, then: list[ast.stmt], orelse: list[ast.stmt], e: Expressions) -> ast.stmt:
    """The statement, from its printed arms; ``name`` is what stands behind ``as``."""
    guard = stmt.guard
    assert guard is not None
    heads = [e.atom(a) for a in guard.atoms]
    if guard.kind == "with":
        item = ast.withitem(context_expr=heads[0], optional_vars=None if name is None else e.target(name))
        return ast.With(items=[item], body=_filled(then))
    kind = heads[0] if len(heads) == 1 else ast.Tuple(elts=heads, ctx=ast.Load())
    handler = ast.ExceptHandler(type=kind, name=None if name is None else _text(e.target(name)), body=_filled(orelse))
    return ast.Try(body=_filled(then), handlers=[handler], orelse=[], finalbody=[])


def _text(target: ast.expr) -> str:
    assert isinstance(target, ast.Name)
    return target.id


def _filled(body: list[ast.stmt]) -> list[ast.stmt]:
    return body if any(not isinstance(s, Comment) for s in body) else [*body, ast.Pass()]
