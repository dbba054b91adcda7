"""Recursion: what a function that calls itself gets from that, for the walk that asks what it writes to.

def leaves(t):
    if not isinstance(t, list):                 returns a list that holds its argument
        return [t]
    found = leaves(t[0])             ==>        found = list(t[0])            a container of its own: it may be written
    found.extend(leaves(t[1]))
    return found
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Block, Call, Function, Let, Ref, Stmt
from tangentx.ir.walk import map_blocks
from tangentx.transform.build import builtin, helper
from tangentx.transform.memory import returned

__all__ = ["assumed"]

HOWS = ("fresh", "holds", "unknown")


def assumed(function: Function, obj: Any, facts: Facts, fresh: Fresh) -> Function:
    """The function with what stands for the calls of itself: the least that is true of its result if it is of theirs.

    Raises:
        AliasError: as ``settle_memory``.
    """
    for k, how in enumerate(HOWS[:-1]):
        tried = _replaced(function, obj, how)
        if HOWS.index(returned(tried, facts, fresh)) <= k:
            return tried
    return function


def _replaced(function: Function, obj: Any, how: str) -> Function:
    def block(stmts: Block) -> Block:
        return tuple(map(one, stmts))

    def one(stmt: Stmt) -> Stmt:
        call = stmt.value if isinstance(stmt, Let) else None
        if isinstance(stmt, Let) and isinstance(call, Call) and isinstance(call.fn, Ref) and call.fn.obj is obj:
            given = (*call.args, *(a for _, a in call.kwargs))
            return replace(stmt, value=helper("copied", *given) if how == "fresh" else builtin("list", *given))
        return map_blocks(stmt, block)

    return replace(function, body=block(function.body))
