"""Inline: a callee that is one expression becomes part of its caller.

def square(a): return a * a
y = square(x)                       ==>      y = x * x
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Build, Call, Function, Let, Local, Stmt, Var
from tangentx.ir.walk import map_atoms, map_blocks

__all__ = ["inline", "is_expression"]


def is_expression(function: Function) -> bool:
    """Whether the function is one return statement without control flow."""
    lines = {s.place.line for s in function.body}
    simple = all(isinstance(s, Let) and not (isinstance(s.value, Build) and s.value.kind == "fstring") for s in function.body)
    return simple and len(lines) == 1 and not function.free and isinstance(function.result, Var)


def inline(function: Function, callees: Mapping[str, Function], fresh: Fresh) -> Function:
    """Replaces calls of one-expression functions, given by name, by their expression."""

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in expand(stmt))

    def expand(stmt: Stmt) -> tuple[Stmt, ...]:
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Local):
            callee = callees.get(stmt.value.fn.name)
            if callee is not None and is_expression(callee):
                return body(stmt, stmt.value, callee)
        return (map_blocks(stmt, block),)

    def body(stmt: Let, call: Call, callee: Function) -> tuple[Stmt, ...]:
        names: dict[Atom, Atom] = dict(zip((p.var for p in callee.params), call.args, strict=True))
        new: list[Stmt] = []
        for s in callee.body:
            assert isinstance(s, Let)
            target = stmt.target if s.target == callee.result else fresh(s.target.base)
            moved = map_atoms(s, lambda a: names.get(a, a))
            assert isinstance(moved, Let)
            new.append(replace(moved, target=target, place=stmt.place if target == stmt.target else replace(s.place, comments=())))
            names[s.target] = target
        if callee.result not in {s.target for s in callee.body if isinstance(s, Let)}:
            assert isinstance(callee.result, Var)
            new.append(Let(stmt.target, names.get(callee.result, callee.result), stmt.place))
        return tuple(new)

    return replace(function, body=block(function.body))
