"""Relabel: every If and loop gets a number of its own, and is nobody's mirror.

    for ... mirrors #1          ==>          for ... #2

A derivative that is differentiated again is a primal like any other.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from tangentx.ir.nodes import Block, For, Function, If, Stmt, While
from tangentx.ir.walk import map_blocks

__all__ = ["relabel"]


def relabel(function: Function) -> Function:
    """Numbers the control flow of a function from 1, in order."""
    numbers = count(1)

    def visit(stmt: Stmt) -> Stmt:
        if isinstance(stmt, If | For | While):
            stmt = replace(stmt, label=next(numbers), mirror=0)
        return map_blocks(stmt, block)

    def block(b: Block) -> Block:
        return tuple(visit(s) for s in b)

    return replace(function, body=block(function.body))
