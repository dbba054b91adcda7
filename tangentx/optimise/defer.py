"""Deferral: the adjoint of a matrix that a loop multiplies with becomes one product after the loop.

    for g, h in tape backwards                        W_bar_terms = new tape
            [W_bar.1 = W_bar <- W_bar.2]:             for g, h in tape backwards []:
        s = np.shape(W)                      ==>          append W_bar_terms <- g, h
        t = matmul_left(g, h, s)
        W_bar.2 = W_bar.1 + t                         W_bar.1 = summed(matmul_left, W_bar_terms, W_bar)
    return W_bar.1                                    return W_bar.1

Collecting two vectors costs a few nanoseconds, the outer product and its sum many; the helper makes one product of two
matrices of them, falls back to the sum for other ranks, and gives the starting value after zero trips.  A loop that writes into
an array is left alone: what it collected might have changed by the end.  This is the last pass: what it makes is text for
people and machines, not a program to be differentiated again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import tangentx.runtime as rt
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Append, Atom, Block, Call, Carry, For, Function, Let, NewTape, Ref, Stmt, Store, Var
from tangentx.ir.walk import map_blocks, statements
from tangentx.optimise.dead import remove_dead
from tangentx.optimise.terms import count_reads, is_derived, op_name

__all__ = ["defer"]

PRODUCTS = frozenset({"matmul_left", "matmul_right"})
SUMMED = Ref(rt.summed, "summed", "tangentx.runtime", "summed")


def defer(function: Function) -> Function:
    """The function with matrix adjoints taken out of its reverse loops; see the module's docstring for a before and an after."""
    fresh = Fresh.of(function)

    def block(stmts: Block) -> Block:
        return tuple(new for stmt in stmts for new in visit(map_blocks(stmt, block)))

    def visit(stmt: Stmt) -> list[Stmt]:
        if isinstance(stmt, For) and is_derived(stmt) and not any(isinstance(s, Store) for s in statements(stmt.body)):
            return _deferred(stmt, fresh)
        return [stmt]

    deferred = replace(function, body=block(function.body))
    return function if deferred == function else remove_dead(deferred)


@dataclass
class _Sum:
    """A carry that only adds products up: the statements that add, and those that make what is added."""

    carry: Carry
    adds: list[Let]
    terms: list[Let]


def _deferred(loop: For, fresh: Fresh) -> list[Stmt]:
    uses = count_reads(loop.body, *(c.back for c in loop.carries))
    lets = {s.target: s for s in loop.body if isinstance(s, Let) and is_derived(s)}
    sums = [found for c in loop.carries if (found := _sum(c, lets, uses)) is not None]
    before: list[Stmt] = []
    after: list[Stmt] = []
    new: dict[Var, Append | None] = {}
    for found in sums:
        target, place = found.carry.target, found.terms[0].place
        tape = fresh(f"{target.base}_terms")
        product = found.terms[0].value.fn  # type: ignore[union-attr]
        assert isinstance(product, Ref)
        before.append(NewTape(tape, loop.place))
        new.update({s.target: None for s in found.adds})
        new.update({t.target: Append(tape, t.value.args[:2], t.place) for t in found.terms if isinstance(t.value, Call)})
        after.append(Let(target, Call(SUMMED, (product, tape, found.carry.init)), place))
    changed = (new.get(s.target, s) if isinstance(s, Let) else s for s in loop.body)
    gone = {found.carry.target for found in sums}
    carries = tuple(c for c in loop.carries if c.target not in gone)
    return [*before, replace(loop, carries=carries, body=tuple(s for s in changed if s is not None)), *after]


def _sum(carry: Carry, lets: dict[Var, Let], uses: dict[Atom, int]) -> _Sum | None:
    """Follows a carry from its back edge to its head; None if anything but products of one kind is added, or is read on the way."""
    found = _Sum(carry, [], [])
    at: Atom = carry.back
    while at != carry.target:
        add = lets.get(at) if isinstance(at, Var) else None
        if add is None or op_name(add.value) != "add" or uses[at] != 1 or not isinstance(add.value, Call):
            return None
        term = next((lets[a] for a in add.value.args if isinstance(a, Var) and a in lets and _kind(lets[a]) and uses[a] == 1), None)
        if term is None or (found.terms and _kind(term) != _kind(found.terms[0])):
            return None
        at = add.value.args[0] if add.value.args[1] == term.target else add.value.args[1]
        found.adds.append(add)
        found.terms.append(term)
    return found if found.terms and uses[carry.target] == 1 and isinstance(carry.init, Var) else None


def _kind(stmt: Let) -> str:
    """``matmul_left`` or ``matmul_right`` if the statement is a call of one; else nothing."""
    fn = stmt.value.fn if isinstance(stmt.value, Call) else None
    return fn.attr if isinstance(fn, Ref) and fn.module == "tangentx.runtime" and fn.attr in PRODUCTS else ""
