"""Regions: where each name looks while a function is walked, and what has been written since.

    u = x.copy()                 u looks at the region u, all of it
    v = u[1:]                    v looks into the region u, by that call
    u.1 = store u[0] = 1.0       the region u is now read through u.1; v is stale: it has to be read again

A region is one array (or list, or object) in memory, called after the first name that it had.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import numpy as np

from tangentx.ir.nodes import Atom, Attribute, Call, Const, Ref, Store, Var
from tangentx.transform.looks import Bump, Look, State
from tangentx.transform.taken import Taken

__all__ = ["Bump", "Look", "Regions", "State", "is_plain"]


class Regions(Taken):
    """What is known at one point of the walk.  ``save`` and ``restore`` go back to an earlier point."""

    def __init__(self) -> None:
        self.look: dict[Var, Look] = {}
        self.made: dict[Var, int] = {}  # when a name's value was read from memory
        self.first: dict[Var, int] = {}  # when a region came into sight
        self.outer: dict[Var, str] = {}  # regions that are not the function's own, and what they are
        self.plain: dict[Var, Ref] = {}  # those of them that have no attributes to write, and what they are
        self.links: dict[Var, dict[Var, None]] = {}  # regions that may be the same memory
        self.clock = 0
        self.current: dict[Var, Var] = {}  # the name under which a region is read now
        self.wrote: dict[Var, int] = {}  # when it was written last
        self.past: dict[Var, int] = {}  # when an iteration began of a loop that has written what this name stood for before
        self.bumped: dict[Var, Bump] = {}  # whole names that were changed by +=
        self.added: set[Var] = set()  # those of them that were in an iteration before
        self.held: dict[Var, dict[Var, int]] = {}  # regions that a container holds, since when
        self.names: dict[Var, Var] = {}  # a stale name, read again
        self.mixed: set[Var] = set()  # regions that another name shows or not, as only the run knows
        self.copies: dict[Var, Var] = {}  # the copy of a parameter -> the parameter
        self.settled: dict[Var, tuple[int, frozenset[Var]]] = {}  # written in the iteration before, and what shows it
        self.deep: dict[Var, int] = {}  # when it was written by more than putting another object in a slot
        self.within: dict[Var, int] = {}  # when an object that stands in it was changed, not replaced
        self.stirred: dict[Var, int] = {}  # when that was more than putting other objects in the slots of this one, or of one in there
        self.shallow: set[tuple[Var, Var]] = set()  # (a container, the one whose objects it holds, in slots of its own)
        self.slots: dict[Var, tuple[Var, Call]] = {}  # an item's region -> the region of its container, and how it was read
        self.popped, self.back, self.tangled = dict[Var, Var](), set[Var](), set[Var]()
        self.sequences: dict[Var, Var] = {}  # an item's region -> the region of the list that a loop takes it from
        self.drawn: dict[Var, int] = {}  # items of loops: when their loop began, since it goes over what there was then
        self.gone: dict[Var, int] = {}  # items that another object may have replaced, and the block where one surely has (0: nowhere)
        self.near_now: dict[Var, set[Var]] = {}  # links since a name was made: in a loop not those of the iteration before
        self.before: dict[Var, Var] = {}  # a container that was built again -> the region of which it is the new display
        # regions of which the new display was written: the old one, under other names, is not what they show
        self.overtaken: frozenset[Var] = frozenset()
        self.unmade: set[Var] = set()  # carries that nothing is bound to as the first iteration begins
        self.doubled: set[Var] = set()  # containers that may hold one object in two slots
        self.moving: set[Var] = set()  # carries that stand for one array after the other
        self.given: set[Var] = set()  # containers that a loop has put something into
        self.changed_items: set[Var] = set()  # what may be lists, of which an item was changed by *=
        self.kept: dict[Var, dict[Var, None]] = {}  # by containers, of iterations before: what had names that stand for something else by now
        self.places: dict[tuple[Var, Var], tuple[Atom, int] | None] = {}  # (container, what stands there at one place) -> its index, and the block

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    def save(self) -> State:
        held = {k: dict(v) for k, v in self.held.items()}
        current, wrote, bumped, names = dict(self.current), dict(self.wrote), dict(self.bumped), dict(self.names)
        deep, within, stirred = dict(self.deep), dict(self.within), dict(self.stirred)
        return State(current, dict(self.made), wrote, bumped, held, names, deep, within, stirred, dict(self.settled), self.overtaken)

    def restore(self, saved: State) -> None:
        self.current, self.wrote, self.bumped = dict(saved.current), dict(saved.wrote), dict(saved.bumped)
        self.held, self.names = {k: dict(v) for k, v in saved.held.items()}, dict(saved.names)
        self.deep, self.within, self.stirred = dict(saved.deep), dict(saved.within), dict(saved.stirred)
        self.settled, self.overtaken = dict(saved.settled), saved.overtaken
        self.made.update(saved.made)

    def leave(self, outside: Iterable[Var]) -> None:
        """Behind a block: what was made in it has no name any more."""
        self.current = {region: name for region, name in self.current.items() if region in outside}

    def born(self, var: Var, outer: str = "") -> None:
        """A name for an array that nothing else knows."""
        for container, held in self.held.items():
            if held.pop(var, None) is not None and self.links.get(var):  # of an earlier iteration: that one is not this one, or may be
                self.kept.setdefault(container, {})[var] = None
        self.look[var] = Look(var)
        self.current[var] = var
        self.held[var] = {}
        self.near_now[var] = set()
        self.wrote.pop(var, None)
        self.bumped.pop(var, None)
        self.made[var] = self.first[var] = self.tick()
        if outer:
            self.outer[var] = outer

    def alias(self, var: Var, look: Look) -> None:
        """A name that looks where another one does."""
        self.look[var] = look
        self.made[var] = self.tick()

    def of(self, atom: Atom) -> Look | None:
        """Where an operand looks, if it has memory."""
        return self.look.get(atom) if isinstance(atom, Var) else None

    def outside(self, ref: Ref) -> Var | None:
        """The region of an array or container of the surroundings: what is made of it may be it, or hold what it holds."""
        if not is_plain(ref):
            return None
        var = Var(ref.text, -1)
        if var not in self.look:
            self.born(var, "a global variable")
            self.plain[var] = ref
        return var

    def signature(self, atom: Atom) -> object:
        """The region and the views by which a value looks into it: equal for names that show the same memory."""
        look = self.of(atom)
        if look is None or look.whole:
            return look and look.region
        call = look.call
        return (look.item or atom,) if call is None else (call.fn, call.args[1:], call.kwargs, self.signature(call.args[0]))

    def reach(self, region: Var, state: State | None = None) -> dict[Var, None]:
        """The region and all that it holds, transitively: now, or at another point of the walk."""
        found, stack, held = {region: None}, [region], (state or self).held
        while stack:
            for other in held.get(stack.pop(), ()):
                if other not in found:
                    found[other] = None
                    stack.append(other)
        return found

    def near(self, region: Var) -> list[tuple[Var, Var]]:
        """What a container holds, with the other names that each of these may have."""
        inside = self.reach(region)
        known = inside.keys() | self.links.get(region, {}).keys()
        return [(r, other) for r in inside for other in self.links.get(r, ()) if other not in known]

    def roots(self, atom: Atom) -> dict[Var, None]:
        """Every region that a value may look into."""
        outside = self.outside(atom) if isinstance(atom, Ref) else None
        look = self.of(atom)
        return {outside: None} if outside is not None else {} if look is None else self.reach(look.region)

    def link(self, a: Var, b: Var) -> bool:
        """Notes that two regions may be the same memory; whether that is new."""
        new = a != b and b not in self.links.setdefault(a, {})
        if a != b:
            self.links[a][b] = None
            self.links.setdefault(b, {})[a] = None
            self.near_now.setdefault(a, set()).add(b)
            self.near_now.setdefault(b, set()).add(a)
        return new

    def may_be(self, var: Var, regions: Iterable[Var]) -> None:
        """A value that may be any of these, and so whatever each of them may be."""
        for region in regions:
            for other in (region, *self.links.get(region, ())):
                self.link(var, other)

    def is_inside(self, container: Var, value: Atom) -> bool:
        """Whether a value may be an object that stands in the container already."""
        there = self.reach(container).keys()
        return any(r in there or there & self.near_now.get(r, set()) for r in self.roots(value))

    def repeats(self, values: Iterable[Atom]) -> bool:
        """Whether two of the values may be one object, or look into one array."""
        seen: dict[Var, None] = {}
        for roots in (self.roots(v) for v in values if (look := self.of(v)) is not None and look.how != "number"):
            if any(r in seen or seen.keys() & self.near_now.get(r, set()) for r in roots):
                return True
            seen.update(roots)
        return False

    def hold(self, container: Var, values: Iterable[Atom], copied: Var | None = None) -> None:
        """What a container holds from now on; ``copied`` is one whose slots were copied."""
        now = self.tick()
        for region, slots in self.held_by(values, copied).items():
            self.comes_back(region)
            if region != container:
                self.held.setdefault(container, {})[region] = now
                (self.shallow.add if slots else self.shallow.discard)((container, region))

    def held_by(self, values: Iterable[Atom], copied: Var | None) -> dict[Var, bool]:
        """Every region that values may look into, and whether just the objects in its slots show there."""
        found: dict[Var, bool] = {}
        for value in values:
            for region in self.roots(value):
                look = self.of(value)
                owners = [o for o in self.roots(value) if region in self.held.get(o, ())]
                slots = (
                    region == copied
                    or bool(owners)
                    and look is not None
                    and region != look.region
                    and all((o, region) in self.shallow for o in owners)
                )
                found[region] = slots and found.get(region, True)
        return found

    def item(self, var: Var, container: Var, call: Call) -> None:
        """A name for an object that stands in a container: a region of its own, that the container may show, too."""
        held = self.reach(container)
        self.born(var)
        self.slots[var] = (container, call)
        self.gone.pop(var, None)
        self.popped.pop(var, None)
        self.may_be(var, held)
        for other, (owner, read) in self.slots.items():
            if owner == container and other != var and (read.fn, read.args[1:]) == (call.fn, call.args[1:]):
                self.link(var, other)

    def containers_behind(self, region: Var) -> frozenset[Var]:
        """The containers that were written after a region was: they show what it holds now."""
        late = self.wrote[region]
        return frozenset(c for c, held in self.held.items() if region in held and c in self.current and self.made[self.current[c]] >= late)

    def shows(self, container: Var, region: Var, state: State | None = None) -> bool:
        """Whether the last write to a region was one of the iteration before, which the container shows."""
        time, containers = (state or self).settled.get(region, (-1, frozenset[Var]()))
        return (state or self).wrote.get(region) == time and container in containers

    def both_held(self, states: list[State]) -> dict[Var, dict[Var, int]]:
        """What containers hold behind the arms of a branch; what was put back in each arm that has written it is shown."""
        merged: dict[Var, dict[Var, int]] = {}
        for container, region in {(c, r): None for state in states for c, held in state.held.items() for r in held}:
            ends = [(s, s.held[container][region]) for s in states if region in s.held.get(container, ())]
            shown = all(s.wrote.get(region, -1) <= time or self.shows(container, region, s) for s, time in ends)
            merged.setdefault(container, {})[region] = self.tick() if shown else min(time for _, time in ends)
        return merged

    def show(self, pairs: Iterable[tuple[Var, Var]]) -> None:
        """Each container of these shows what was written to the region that it holds."""
        for container, region in pairs:
            self.made[self.current[container]] = self.tick()
            if region in self.held.get(container, ()):
                self.held[container][region] = self.clock

    def shows_all(self, state: State, region: Var, name: Var) -> bool:
        """Whether a name of the region, at the end of an arm, shows all that was written there to what it holds and may be."""
        near = {other for r in self.reach(region, state) for other in (r, *self.links.get(r, ())) if not self.is_out(region, other)} - {region}
        late = max((bump.time for r, bump in state.bumped.items() if r in near or r == region), default=-1)
        return max([late, *(state.wrote.get(r, -1) for r in near)]) <= state.made[name]

    def bumped_inside(self, container: Var, time: int) -> Var | None:
        """The new name of something in the container that was changed by ``+=`` after that time, and not put back."""
        reached = self.reach(container)
        for inside in {other: None for r in reached if r != container for other in (r, *self.links.get(r, ())) if other == r or other not in reached}:
            if inside != container and inside in self.bumped and self.bumped[inside].time > time:
                return self.bumped[inside].new
        for item, (owner, _) in self.slots.items():
            if owner == container:
                if item in self.bumped and self.bumped[item].time > time:
                    return self.bumped[item].new
                if (found := self.bumped_inside(item, time)) is not None:
                    return found
        return None

    def may_be_doubled(self, container: Var) -> bool:
        """Whether one object may stand in two places of it, whatever it is called."""
        return any(r in self.doubled for r in (container, *self.links.get(container, ())))

    def put_at(self, container: Var, value: Atom, place: tuple[Atom, int]) -> None:
        """Notes where a value is put, if it stands nowhere else in the container."""
        look = self.of(value)
        if look is not None and look.whole:
            new = look.region not in self.held.get(container, ()) or self.places.get((container, look.region)) == place
            self.places[container, look.region] = place if new else None

    def stands(self, container: Var, value: Atom, place: tuple[Atom, int]) -> bool:
        """Whether the value stands at that place of the container already, and nowhere else."""
        look = self.of(value)
        return look is not None and look.whole and look.region in self.held.get(container, ()) and self.places.get((container, look.region)) == place

    def put_back(self, container: Var, stmt: Store) -> Var | None:
        """The item that ``s.v += e`` has changed and puts back, as the new value, where it was."""
        for item, (owner, read) in self.slots.items():
            key = Const(read.fn.name) if isinstance(read.fn, Attribute) else read.args[1]
            if owner == container and key == stmt.index and item in self.bumped and self.bumped[item].new == stmt.value:
                return item
        return None

    def put_in(self, container: Var, stmt: Store, block: int) -> None:
        """Another object stands in a slot: what became of the old one does not show in the container any more."""
        for item, (owner, read) in self.slots.items():
            if owner != container or self.of(stmt.value) == Look(item):  # put there again
                continue
            key = Const(read.fn.name) if isinstance(read.fn, Attribute) else read.args[1]
            same = stmt.op in ("", "setattr") and key == stmt.index or stmt.op == "clear"
            if same:
                self.bumped.pop(item, None)
            if same or not _stays(key, stmt):
                self.gone[item] = block if same else 0

    def replaced(self, region: Var, new: Var) -> None:
        """A container was built again, from what its items are now: all its names stand for the new one."""
        self.before[new] = region
        named = [a for a, v in self.names.items() if self.look.get(v) == Look(region)]
        self.names.update(dict.fromkeys((*named, *(v for v, look in self.look.items() if look == Look(region))), new))

    def written(self, region: Var, name: Var, slot: bool = False, within: bool | None = None, stirred: bool = False) -> None:
        """The region has changed: it is read under that name from now on.

        ``slot``: only by putting another object in a slot; ``within``: an object that stands in it has changed (else: if not ``slot``),
        and ``stirred``: by more than that.
        """
        built, found = region, set[Var]()
        while (built := self.before.get(built, region)) not in (region, *found):  # perhaps more than once
            found.add(built)
        self.overtaken |= found
        self.current[region] = name
        self.wrote[region] = self.tick()
        if not slot:
            self.deep[region] = self.wrote[region]
        if not slot if within is None else within:
            self.within[region] = self.wrote[region]
        if stirred:
            self.stirred[region] = self.wrote[region]
        self.look[name] = Look(region)
        self.made[name] = self.tick()

    def disturbed(self, region: Var, other: Var, time: int) -> bool:
        """Whether what was written to ``other`` after that time may show in ``region``."""
        owner = self.slots[region][0] if region in self.slots else self.popped.get(region, self.sequences.get(region))
        copied = (self.sequences.get(region), other) in self.shallow  # a loop's item that stood there, too: what it is has links of its own
        return (self.deep if owner == other or copied else self.wrote).get(other, -1) > time

    def is_past(self, region: Var, time: int, again: bool = False) -> bool:
        """Whether an iteration before has written, after that time, another item of the container, which had that name.

        ``again``: or has it still, until this iteration gives it to the next item.
        """
        past = self.past.get(region, -1)
        return (
            (again or self.first.get(region, -1) > past)
            and past > time
            and region in self.slots
            and self.first.get(self.owners(region)[-1], past) < past
        )

    def only_slots(self, container: Var, time: int) -> bool:
        """Whether all that was written to it after that time has put other objects in its slots, and changed none that stands in them."""
        return max(self.deep.get(container, -1), self.within.get(container, -1)) <= time

    def stirs(self, container: Var, region: Var) -> None:
        """What stands in the container has changed: when that was more than the slots of it, or of what is in it."""
        self.within[container] = self.tick()
        self.stirred[container] = max(r.get(k, -1) for k, r in ((container, self.stirred), (region, self.stirred), (region, self.deep)))

    def only_slots_inside(self, container: Var, time: int) -> bool:
        """Whether all that was written after that time has put other objects in slots, of it or of what stands in it: no array has changed."""
        return max(self.deep.get(container, -1), self.stirred.get(container, -1)) <= time

    def owners(self, region: Var) -> list[Var]:
        """The region, the container that it stands in, and what that one stands in."""
        found = [region]
        while (owner := self.slots.get(found[-1])) is not None and owner[0] not in found:
            found.append(owner[0])
        return found

    def late(self, container: Var) -> bool:
        """Whether anything that a container holds was written since it was put in there, and the container does not show it."""
        return any(self.changed(container, r, time) and not self.shows(container, r) for r, time in self.held.get(container, {}).items())

    def changed(self, container: Var, region: Var, time: int) -> bool:
        """Whether a write after that time may show in a container that holds that: not where only slots of another one were filled."""
        if (container, region) in self.shallow:
            return self.within.get(region, -1) > time
        return self.since(region, time)

    def since(self, region: Var, time: int) -> bool:
        """Whether it has been written after that time."""
        return self.wrote.get(region, -1) > time


def is_plain(ref: Ref) -> bool:
    """Whether a name of outside stands for an array or a container, whose attributes nobody writes."""
    return isinstance(ref.obj, np.ndarray | list | tuple | dict | deque)


def _stays(key: Atom, stmt: Store) -> bool:
    """Whether a write to a container surely leaves the item with this key in its place."""
    known = [a.value for a in (key, stmt.index) if isinstance(a, Const)]
    if stmt.op in ("", "setattr"):
        numbers = all(type(k) is int for k in known)
        return len(known) == 2 and type(known[0]) is type(known[1]) and known[0] != known[1] and (not numbers or min(known) >= 0 or max(known) < 0)
    return stmt.op == "append" and isinstance(key, Const) and (type(key.value) is not int or key.value >= 0)
