"""Merge: two branches on one test are one, where nothing between them minds.

    if t:                              if t:
        a_bar = g * x                      a_bar = g * x
    else:                                  b_bar = a_bar * y
        a_bar.1 = g              ==>   else:
    join a_bar.2 = a_bar | a_bar.1         a_bar.1 = g
    if t:                              join b_bar.1 = b_bar | 0.0
        b_bar = a_bar.2 * y            join a_bar.2 = a_bar | a_bar.1
    join b_bar.1 = b_bar | 0.0

Runs after ``record`` only: before it branches are told apart by their labels.  Merged are derived branches, and a branch
of the user's of which only the choice of a value was left.
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.ir.nodes import Atom, Block, Function, If, Let, Stmt, Var
from tangentx.ir.walk import free_vars, map_atoms, map_blocks, stmt_targets
from tangentx.optimise.purity import is_pure
from tangentx.optimise.terms import is_derived

__all__ = ["merge_branches"]

NEAR = 12  # how many statements may stand between: readers should still see why


def merge_branches(function: Function) -> Function:
    """The function with neighbouring branches on one test merged; see the module's docstring for a before and an after."""
    return replace(function, body=_block(function.body))


def _block(block: Block) -> Block:
    out: list[Stmt] = []
    for stmt in block:
        stmt = map_blocks(stmt, _block)
        at = _partner(out, stmt) if isinstance(stmt, If) else None
        if at is None or not isinstance(stmt, If):
            out.append(stmt)
            continue
        first = out.pop(at)
        assert isinstance(first, If)
        out.append(_merged(first, stmt))
    return tuple(out)


def _partner(out: list[Stmt], stmt: If) -> int | None:
    """Where the branch stands that can be moved down to this one, if there is one."""
    for at in range(len(out) - 1, max(-1, len(out) - 1 - NEAR), -1):
        other = out[at]
        if isinstance(other, If):
            if other.test == stmt.test and _may_merge(other, stmt) and not _reads(out[at + 1 :], other):
                return at
            return None
        if not (isinstance(other, Let) and is_pure(other.value)):
            return None
    return None


def _may_merge(first: If, second: If) -> bool:
    if not isinstance(first.test, Var) or first.test in stmt_targets(first) or first.guard or second.guard:
        return False
    if not (is_derived(first) or not (first.then or first.orelse)) or not is_derived(second):
        return False
    # what moves must not have to keep its place among the statements that it passes
    return all(isinstance(s, Let) and is_pure(s.value) for s in (*first.then, *first.orelse))


def _reads(between: list[Stmt], first: If) -> bool:
    made = set(stmt_targets(first))
    return any(v in made for v in free_vars(between))


def _merged(first: If, second: If) -> If:
    then: dict[Atom, Atom] = {j.target: j.then for j in first.joins}
    orelse: dict[Atom, Atom] = {j.target: j.orelse for j in first.joins}

    def left(atom: Atom) -> Atom:
        return then.get(atom, atom)

    def right(atom: Atom) -> Atom:
        return orelse.get(atom, atom)

    joins = tuple(replace(j, then=left(j.then), orelse=right(j.orelse)) for j in second.joins)
    return replace(
        second,
        then=(*first.then, *(map_atoms(s, left) for s in second.then)),
        orelse=(*first.orelse, *(map_atoms(s, right) for s in second.orelse)),
        joins=(*first.joins, *joins),
    )
