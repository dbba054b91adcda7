"""Loops, for ``memory``: what a loop carries, and under which name an array that it writes is read in the next iteration.

    for ...: u, v = v, u          u.1 and v.1 hold each other's array in the next iteration: regions of their own, taken to
                                  be different arrays; the walk shows whether they are, else they are linked
    z = u                         z is not carried, but u is written in the loop: there it is read through u's carry
    for ...: z[0] = ...

A loop is walked until nothing new is found; each walk starts from what the last one found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tangentx.analysis.fact import Facts
from tangentx.errors import AliasError
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import UNDEF, Atom, Block, Carry, Const, Expr, For, Place, Stmt, Var, While
from tangentx.transform.breaks import ended
from tangentx.transform.drawn import Drawn
from tangentx.transform.regions import Bump, Regions
from tangentx.transform.settings import Settings

__all__ = ["Loops"]


@dataclass
class _Found:
    """What the walks of one loop have found: carries that change their array, regions written, names for these."""

    moved: dict[Var, None] = field(default_factory=dict)
    written: dict[Var, Var] = field(default_factory=dict)  # region -> a carry of our own, should none of the user's hold it
    within: dict[Var, None] = field(default_factory=dict)  # regions whose objects are changed, not just replaced
    stirred: dict[Var, None] = field(default_factory=dict)  # and by more than putting other objects in the slots of these
    held: dict[Var, dict[Var, int]] = field(default_factory=dict)
    bumped: dict[Var, Bump] = field(default_factory=dict)
    second: dict[Var, Var] = field(default_factory=dict)  # carries that are another name of what another one carries
    deep: dict[Var, None] = field(default_factory=dict)  # regions written by more than putting other objects in their slots
    inner: dict[Var, frozenset[Var]] = field(default_factory=dict)  # regions of the body that it writes -> containers that know of it
    visible: list[tuple[Var, Var]] = field(default_factory=list)  # (container, what it holds): both written, and it shows as an iteration begins
    turned: dict[Var, bool] = field(default_factory=dict)  # carries that the body has written, or what they are next: by more than slots
    hidden: set[tuple[Var, Var]] = field(default_factory=set)  # but not as one ends
    tangled: int = 0  # how many containers may hold an object in another one, too

    def how(self, region: Var) -> tuple[bool, bool, bool]:
        """How the loop writes a region, for ``Regions.written``."""
        return region not in self.deep, region in self.within, region in self.stirred


class Loops(Drawn):
    """The part of the walk that knows loops."""

    function: Any
    depth: int
    entries: list[int]  # when the iterations began of the loops around this point
    stale: Callable[[Var, Place], AliasError]
    facts: Facts
    fresh: Fresh
    settings: Settings
    regions: Regions
    out: list[Stmt]
    defs: dict[Var, Expr]
    buffers: frozenset[Var]  # names of arrays that are written somewhere
    read: Callable[[Atom, Place], Atom]
    block: Callable[[Block], Block]

    def loop(self, stmt: For | While) -> None:
        found, before, start = _Found(), self.regions.save(), len(self.out)
        while True:
            self.regions.restore(before)
            del self.out[start:]
            self.depth += 1
            done = self.attempt(stmt, found)
            self.depth -= 1
            if done:
                return

    def attempt(self, stmt: For | While, found: _Found) -> bool:
        """One walk over the loop; False if it has found something that it should have known before."""
        regions, place = self.regions, stmt.place
        inits = [self.read(c.init, place) for c in stmt.carries]
        sources = self.sources(stmt, found.written, found.bumped) if isinstance(stmt, For) else ()
        starts = {region: self.read(regions.current[region], place) for region in found.written}
        for container, held in found.held.items():
            regions.held.setdefault(container, {}).update(held)
        regions.bumped.update(found.bumped)
        regions.past.update(dict.fromkeys(found.bumped, regions.tick()))
        regions.added.update(found.bumped)
        outside, began = dict(regions.current), regions.tick()
        names, extra = dict(regions.names), self.enter(stmt, inits, found)
        for container, held in found.held.items():  # what it was given in an iteration before may be what ``s += e`` changes
            regions.held[container].update(dict.fromkeys((r for r in held if r in found.moved and r in found.bumped), regions.tick()))
        for region in found.inner:
            regions.wrote[region] = regions.past[region] = regions.tick()
            for late, known in ((regions.deep, found.deep), (regions.within, found.within), (regions.stirred, found.stirred)):
                late.update({region: regions.clock} if region in known else {})
            regions.settled[region] = regions.wrote[region], found.inner[region]
        for var in (*(c.target for c in stmt.carries), *extra.values()):
            if var in regions.made:  # its value was read at the end of the iteration before: behind these writes
                regions.made[var] = regions.tick()
        entry = regions.tick()
        first = self.items(stmt, sources, began) if isinstance(stmt, For) else ()
        new = replace(stmt, sources=sources) if isinstance(stmt, For) else stmt
        if isinstance(new, While):
            read = dict(regions.names)
            header = self.block(new.header)
            kept, self.out = self.out, list(header)
            test = self.read(new.test, place)
            new, self.out = replace(new, header=tuple(self.out), test=test), kept
            regions.names = read  # what the header has read again is not visible in the body
        self.entries.append(entry)
        body = (*first, *self.block(stmt.body))
        self.entries.pop()
        body, ends = self.backs(body, [*(c.back for c in stmt.carries), *(regions.current[region] for region in extra)], place)
        backs, last = ends[: len(stmt.carries)], ends[len(stmt.carries) :]
        grown = self.judge(stmt, inits, backs, found, outside, entry)
        if grown:
            return False
        every = [Carry(c.target, init, back) for c, init, back in zip(stmt.carries, inits, backs, strict=True)]
        carries = [c for c in every if c.target not in found.second]
        carries += [Carry(var, starts[region], back) for (region, var), back in zip(extra.items(), last, strict=True)]
        self.out.append(replace(new, carries=tuple(carries), body=body))
        regions.names = names
        regions.leave({*outside, *(c.target for c in stmt.carries)})
        self.exit(stmt, extra, found)
        regions.names.update(found.second)
        return True

    # --------------------------------------------------------------------------------------------------- assumptions

    def enter(self, stmt: For | While, inits: list[Atom], found: _Found) -> dict[Var, Var]:
        """The carries as they stand at the start of an iteration; the regions that need a carry of our own."""
        regions = self.regions
        extra = dict(found.written)
        found.visible = self.visible(found)
        found.second.clear()
        for c, init in zip(stmt.carries, inits, strict=True):
            look = regions.of(init)
            regions.unmade.update({c.target} if init == Const(UNDEF) else ())
            if self.facts.of(c.target).scalar:
                regions.look.pop(c.target, None)
            elif look is None or c.target in found.moved:
                regions.born(c.target)
                found.moved[c.target] = None
                regions.given.add(c.target)
                regions.moving.add(c.target)
                if c.target in found.turned:
                    regions.wrote[c.target] = regions.tick()
                    regions.deep.update({c.target: regions.clock} if found.turned[c.target] else {})
                    regions.made[c.target] = regions.tick()
            elif look.whole and look.region in extra:
                extra.pop(look.region)
                regions.written(look.region, c.target, *found.how(look.region))
        for region, var in extra.items():
            self.facts.facts[var] = self.facts.of(region)
            regions.written(region, var, *found.how(region))
        for c, init in zip(stmt.carries, inits, strict=True):
            look = regions.of(init)
            stays = c.target not in found.moved and look is not None and not self.facts.of(c.target).scalar
            if stays and look is not None and look.region not in regions.current:  # what it was is known in a block before only
                raise self.stale(c.target, stmt.place)
            if stays and look is not None and (now := regions.current[look.region]) != c.target:
                regions.alias(c.target, look)
                if look.whole and (look.region in extra or c.target in self.buffers):
                    regions.names[c.target] = found.second[c.target] = now
        regions.show(found.visible)
        return extra

    def visible(self, found: _Found) -> list[tuple[Var, Var]]:
        """Containers that the loop writes, and what they hold that it writes, too, where they show it as each iteration begins."""
        regions = self.regions
        pairs = [(c, r) for c in found.written for r in regions.held.get(c, ()) if r in found.written]
        return [(c, r) for c, r in pairs if (c, r) not in found.hidden and not regions.changed(c, r, regions.held[c][r])]

    def backs(self, body: Block, backs: list[Atom], place: Place) -> tuple[Block, list[Atom]]:
        """The values of the back edges, read at the end of the body; in front of a branch that breaks."""
        kept, self.out = self.out, []
        ends = [self.read(b, place) for b in backs]
        made, self.out = self.out, kept
        return ended(body, made, self.fresh, self.facts), ends

    def judge(self, stmt: For | While, inits: list[Atom], backs: list[Atom], found: _Found, outside: dict[Var, Var], entry: int) -> bool:
        """Whether the walk has found something new; it is added to ``found``."""
        regions, grown, carried = self.regions, False, {c.target for c in stmt.carries}
        for region, old in outside.items():
            if regions.since(region, entry) and region not in found.written:
                found.written[region] = self.fresh(old.base)
                grown = True
            grown |= self.grows(region, entry, found)
        owners: dict[Var, Var] = {}
        starts: dict[Var, Var] = {}
        moved = False
        for c, init, back in zip(stmt.carries, inits, backs, strict=True):
            if self.facts.of(c.target).scalar:
                continue
            look, was = regions.of(back), regions.of(init)
            if c.target not in found.moved:
                if look is None or was is None or regions.signature(back) != regions.signature(init):
                    found.moved[c.target] = None
                    moved = True
                continue
            for region in regions.roots(init):
                grown |= self.reaches(c.target, region, outside)
                if region in starts and starts[region] != c.target:  # both may be the same array
                    grown |= regions.link(c.target, starts[region])
                starts[region] = c.target
            grown |= self.turns(c.target, back, found, entry)
            for region in regions.roots(back):
                grown |= self.back_edge(c.target, region, look is not None and look.whole, outside, owners, stmt)
        grown |= self.meet(stmt, backs, found)
        grown |= self.holds(outside, found)
        for region, bump in regions.bumped.items():
            if (region in outside or region in regions.links or region in found.moved) and region not in found.bumped:
                found.bumped[region] = bump
                grown = True
        for region in regions.wrote:
            inside = region not in outside and region not in carried and regions.since(region, entry)
            if inside and (regions.links.get(region) or any(region in held for held in regions.held.values())):
                grown |= self.grows(region, entry, found)
                knows = regions.containers_behind(region)
                if region not in found.inner or found.inner[region] - knows:
                    found.inner[region] = found.inner.get(region, knows) & knows
                    grown = True
        grown |= self.hides(found) or len(regions.tangled) > found.tangled
        found.tangled = len(regions.tangled)
        if moved:
            found.written.clear()  # found under an assumption that does not hold
        return grown or moved

    def meet(self, stmt: For | While, backs: list[Atom], found: _Found) -> bool:
        """Whether it is new that two carries may be the same array in the next iteration: ``if k == 0: first = s`` while s goes on."""
        regions, new = self.regions, False
        ends = {c.target: regions.roots(back) for c, back in zip(stmt.carries, backs, strict=True) if c.target in found.moved}
        for target, roots in ends.items():
            near = {other for r in roots for other in regions.links.get(r, ())}
            for other, ends_in in ends.items():
                if other != target and not near.isdisjoint(ends_in):
                    new |= regions.link(target, other)
        return new

    def holds(self, outside: dict[Var, Var], found: _Found) -> bool:
        """Whether it is new that a container of outside holds something."""
        new = False
        for container in [c for c in self.regions.held if c in outside]:
            known = found.held.setdefault(container, {})
            more = {r: time for r, time in self.regions.held[container].items() if r not in known}
            known.update(more)
            new |= bool(more)
        return new

    def turns(self, target: Var, back: Atom, found: _Found, entry: int) -> bool:
        """Whether it is new that the body has written the carried array, or one that it is in the next iteration; or more than its slots."""
        regions, look = self.regions, self.regions.of(back)
        whole = target, look.region if look is not None and look.whole else target
        near = (target, *regions.roots(back))
        written = [r for r in near if regions.since(r, entry)]
        more = any(r not in whole or not regions.only_slots(r, entry) for r in written) or any(found.turned.get(r, False) for r in near)
        new = bool(written or any(r in found.turned for r in near)) and found.turned.get(target, not more) != more
        found.turned.update({target: more} if new else {})
        return new

    def hides(self, found: _Found) -> bool:
        """Whether it is new that a write does not show in a container as an iteration ends."""
        held = self.regions.held
        hidden = {(c, r) for c in found.written for r, time in held.get(c, {}).items() if self.regions.changed(c, r, time)}
        new = not hidden <= found.hidden
        found.hidden |= hidden
        return new

    def grows(self, region: Var, entry: int, found: _Found) -> bool:
        """Whether it is new that the loop writes more than slots of a container, or what stands in them."""
        new = False
        regions = self.regions
        for late, known in ((regions.deep, found.deep), (regions.within, found.within), (regions.stirred, found.stirred)):
            if late.get(region, -1) > entry and region not in known:
                known[region], new = None, True
        return new

    def reaches(self, target: Var, region: Var, outside: dict[Var, Var]) -> bool:
        """The carried array may be this one, and so whatever else of outside that may be."""
        new = self.regions.link(target, region)
        for other in tuple(self.regions.links.get(region, ())):
            if other != target and other in outside:
                new |= self.regions.link(target, other)
        return new

    def back_edge(self, target: Var, region: Var, whole: bool, outside: dict[Var, Var], owners: dict[Var, Var], stmt: For | While) -> bool:
        """The carried array is, in the next iteration, the one of ``region``."""
        regions, new = self.regions, False
        moved = {c.target for c in stmt.carries}
        for held in regions.held.values():
            if region in held and target not in held:
                held[target] = held[region]
        if region == target:
            return False
        if region in outside or not whole or region in owners:
            new |= self.reaches(target, owners.get(region, region), outside)
        for near in (region, *regions.links.get(region, ())):
            for other in (near, *(regions.links.get(near, ()) if near in moved else ())):
                if other in outside and other != target:
                    new |= regions.link(target, other)
        owners[region] = target
        return new

    def exit(self, stmt: For | While, extra: dict[Var, Var], found: _Found) -> None:
        """Behind the loop each array is read through its carry."""
        regions = self.regions
        kept = [c.target for c in stmt.carries if c.target not in found.second]
        carried = {regions.look[t].region: t for t in kept if t in regions.look and regions.look[t].whole}
        for region in regions.current:
            if region in extra:
                regions.written(region, extra[region], *found.how(region))
            elif region in carried and regions.since(region, -1):
                regions.written(region, carried[region], *found.how(region))
        for c in stmt.carries:
            if c.target in regions.look:
                regions.made[c.target] = regions.tick()
        regions.show(found.visible)
