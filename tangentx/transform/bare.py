"""Bare zeros: what a loop made last has no adjoint in the iterations before, which the reverse says as a plain 0.0.

for k:                                       for k reversed:
    u = A @ x                                    u_bar = 2.0 * r_bar            r_bar is 0.0 in all iterations but the last
    r = 2.0 * u                      ==>         u_bar = zeros_like(u) + u_bar  u is found here
return sum(r)                                    x_bar = x_bar + A.T @ u_bar
                                                 r_bar = 0.0

An elementwise operation takes that as it is; all others are given a zero of the shape of what they made.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable

from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Block, Call, Expr, For, If, Let, Ref, Var, While
from tangentx.ir.walk import blocks, expr_atoms, stmt_targets
from tangentx.rules.table import Rulebook

__all__ = ["find_bare"]


def find_bare(body: Block, made_last: Iterable[Var], facts: Facts, rulebook: Rulebook) -> tuple[set[Var], set[Var]]:
    """The names of a loop's body whose adjoint may be a plain 0.0; those of them that are made by what takes none.

    ``made_last``: the names whose value of the last iteration is read behind the loop.
    """
    bare, found = set(made_last), set[Var]()

    def backwards(block: Block) -> None:
        for stmt in reversed(block):
            reached = {t for t in stmt_targets(stmt) if t in bare and not facts.of(t).scalar}
            if isinstance(stmt, If):
                bare.update(a for j in stmt.joins if j.target in reached for a in (j.then, j.orelse) if isinstance(a, Var))
            elif isinstance(stmt, For | While):
                bare.update(a for c in stmt.carries if c.target in reached for a in (c.init, c.back) if isinstance(a, Var))
            elif isinstance(stmt, Let) and (isinstance(stmt.value, Var) or _is_elementwise(stmt.value, rulebook)):
                bare.update(a for a in expr_atoms(stmt.value) if reached and isinstance(a, Var))
            elif not (isinstance(stmt, Let) and _is_item(stmt.value)):
                found.update(reached)
            for inner in blocks(stmt):
                backwards(inner)

    backwards(body)
    return bare, found


def _is_elementwise(value: Expr, rulebook: Rulebook) -> bool:
    return isinstance(value, Call) and rulebook.rule(value.fn, "elementwise") is not None


def _is_item(value: Expr) -> bool:
    """Whether it is read by index: adding 0.0 to what is at that place is right."""
    return isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is operator.getitem
