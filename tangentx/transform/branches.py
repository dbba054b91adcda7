"""Branches, for ``memory``: what each arm has written is read under one name behind the If.

if c: u[0] = e                       if c: u.1 = store u[0] = e
f(u)                     ==>         u.2 = u.1 or u
                                     f(u.2)

z = u if c else v                    z has a region of its own, which may be either
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tangentx.analysis.classes import is_own_class
from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import UNDEF, Atom, Block, Const, If, Join, Place, Raise, Ref, Stmt, Var
from tangentx.transform.breaks import ended
from tangentx.transform.regions import Look, Regions, State

__all__ = ["Branches"]

SURE = ("view", "maybe", "number")  # a look that is sure in one arm is as sure behind the If as in the other


class Branches:
    """The part of the walk that knows branches."""

    facts: Facts
    fresh: Fresh
    regions: Regions
    out: list[Stmt]
    at: list[int]
    buffers: frozenset[Var]
    read: Callable[[Atom, Place], Atom]
    block: Callable[[Block], Block]
    unknown: Callable[[Var, tuple[Atom, ...]], None]

    def branch(self, stmt: If) -> None:
        regions = self.regions
        test = self.read(stmt.test, stmt.place)
        if stmt.guard is not None:
            stmt = replace(stmt, guard=replace(stmt.guard, atoms=tuple(self.read(a, stmt.place) for a in stmt.guard.atoms)))
        before = regions.save()
        arms: list[tuple[Block, list[Atom], State, bool]] = []
        for arm, (block, values) in enumerate(((stmt.then, [j.then for j in stmt.joins]), (stmt.orelse, [j.orelse for j in stmt.joins]))):
            regions.restore(before)
            self.at.append(arm)
            done = self.block(block)
            done, ends = self.leave(done, values, stmt.place)
            self.at.pop()
            arms.append((done, ends, regions.save(), bool(done) and isinstance(done[-1], Raise)))
        joins = tuple(replace(j, then=a, orelse=b) for j, a, b in zip(stmt.joins, arms[0][1], arms[1][1], strict=True))
        states = [a[2] for a in arms]
        regions.restore(states[1] if arms[0][3] else states[0])
        regions.names = dict(before.names)
        alive = [s for s, a in zip(states, arms) if not a[3]] or states
        regions.made.update({v: min(s.made[v] for s in alive) for v in before.made})
        regions.wrote = _latest([s.wrote for s in alive])
        regions.deep, regions.within, regions.stirred = (_latest([getattr(s, late) for s in alive]) for late in ("deep", "within", "stirred"))
        regions.bumped = {r: max((s.bumped[r] for s in alive if r in s.bumped), key=lambda b: b.time) for s in alive for r in s.bumped}
        regions.held = regions.both_held(alive)
        regions.overtaken = frozenset().union(*(s.overtaken for s in alive))
        regions.leave(before.current)
        extra, named = self.versions(joins, before.current, states, [a[3] for a in arms])
        for j in joins:
            if j.target not in named:
                self.joined(j.target, j.then, j.orelse)
        self.out.append(replace(stmt, test=test, then=arms[0][0], orelse=arms[1][0], joins=(*joins, *extra)))

    def versions(
        self, joins: tuple[Join, ...], before: dict[Var, Var], states: list[State], raised: list[bool]
    ) -> tuple[list[Join], dict[Var, None]]:
        """One name again for each region that an arm has written; the joins that this takes, and the names."""
        regions = self.regions
        extra: list[Join] = []
        done: dict[Var, None] = {}
        for region, old in before.items():
            values: list[Atom] = [Const(UNDEF) if up else state.current.get(region, old) for state, up in zip(states, raised)]
            if all(v == old or up for v, up in zip(values, raised)):
                continue
            found = next((j.target for j in joins if [j.then, j.orelse] == values), None)
            if found is None:
                found = self.fresh(old.base)
                self.facts.facts[found] = self.facts.of(old)
                extra.append(Join(found, *values))
            regions.current[region] = found
            regions.look[found] = Look(region)
            ends = [(state, v) for state, v, up in zip(states, values, raised) if not up and isinstance(v, Var)]
            whole = all(regions.shows_all(state, region, v) for state, v in ends)
            regions.made[found] = regions.tick() if whole else min(state.made[v] for state, v in ends)
            done[found] = None
        return extra, done

    def leave(self, block: Block, values: list[Atom], place: Place) -> tuple[Block, list[Atom]]:
        """The values that leave a block, read at its end (before a break)."""
        kept, self.out = self.out, list(block)
        ends = [self.read(v, place) for v in values]
        made, self.out = self.out[len(block) :], kept
        return ended(block, made, self.fresh, self.facts), ends

    def joined(self, target: Var, then: Atom, orelse: Atom) -> None:
        """What a join looks into: where both arms look, or a region of its own that may be either."""
        regions = self.regions
        one, other = regions.of(then), regions.of(orelse)
        outside = [a for a in (then, orelse) if isinstance(a, Ref) and (regions.outside(a) is not None or is_own_class(type(a.obj)))]
        if self.facts.of(target).scalar or (one is None and other is None and not outside):
            return
        both = one is not None and other is not None and regions.signature(then) == regions.signature(orelse)
        if both and one is not None and other is not None and one.region in regions.current:  # else None, which an arm would write into
            regions.alias(target, max(one, other, key=lambda look: SURE.index(look.how)))
            if one.whole and target in self.buffers:  # one name for one version of an array
                regions.names[target] = regions.current[one.region]
            return
        self.unknown(target, (then, orelse))
        if any(is_own_class(type(a.obj)) for a in outside):
            regions.outer[target] = "a global variable"


def _latest(ends: list[dict[Var, int]]) -> dict[Var, int]:
    """When something has happened to a region last, in whichever arm."""
    return {r: max(end.get(r, -1) for end in ends) for some in ends for r in some}
