"""Sink: an adjoint that grows is updated after the statements of its group that still read the old one.

    x_bar.1 = x_bar + x_bar * t / x                r_bar = -0.5 * x_bar / x
    r_bar = -0.5 * x_bar / x              ==>      x_bar.1 = x_bar + x_bar * t / x

Then both versions share one name: ``x_bar = x_bar + ...`` instead of ``x_bar_1 = x_bar + ...``.
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.ir.nodes import Block, Call, Function, Let, Ref, Stmt, Var
from tangentx.ir.walk import free_vars, map_blocks

__all__ = ["sink"]


def sink(function: Function) -> Function:
    """Moves accumulations to the end of the group of their statement where something there still reads what they add to."""
    return replace(function, body=_block(function.body))


def _block(block: Block) -> Block:
    stmts = [map_blocks(s, _block) for s in block]
    for k in range(len(stmts) - 2, -1, -1):
        grown = _grows(stmts[k])
        if grown is None:
            continue
        target, old = grown
        end, wanted = k, False
        for j in range(k + 1, len(stmts)):
            if not isinstance(stmts[j], Let) or _group(stmts[j]) != _group(stmts[k]):
                break
            reads = free_vars((stmts[j],))
            if target in reads:
                break
            end, wanted = j, wanted or old in reads
        if wanted:
            stmts.insert(end, stmts.pop(k))
    return tuple(stmts)


def _group(stmt: Stmt) -> tuple[object, ...]:
    """The statement of the user's that a derived one belongs to."""
    return stmt.place.sweep, stmt.place.file, stmt.place.line, stmt.place.text


def _grows(stmt: Stmt) -> tuple[Var, Var] | None:
    """(new, old) of ``x_bar.1 = x_bar + term``."""
    if not (isinstance(stmt, Let) and not stmt.place.own and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref)):
        return None
    if stmt.value.fn.module != "operator" or stmt.value.fn.attr not in ("add", "sub"):
        return None
    old = stmt.value.args[0]
    return (stmt.target, old) if isinstance(old, Var) and old.base == stmt.target.base and old != stmt.target else None
