"""Stores, for ``memory``: a write is one to the array itself, under the name by which it is read from there on.

v = u[1:]; v.1 = store v[0] = e        ==>        u.1 = store u[0] = e through v
v = u[1:]; v.1 = v += e                ==>        u.1 = store u[...] += e through v            v is an array for certain
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from tangentx.analysis.aliases import index_kind, may_resize
from tangentx.analysis.classes import is_own_class
from tangentx.analysis.containers import OPS
from tangentx.analysis.fact import Facts
from tangentx.analysis.sharing import VIEWS, may_be_of_point
from tangentx.errors import AliasError
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, Effect, Expr, Let, Place, Ref, Stmt, Store, Var
from tangentx.transform.build import helper, op
from tangentx.transform.inplace import PLAIN
from tangentx.transform.regions import Bump, Look, Regions, is_plain
from tangentx.transform.settings import Again, Settings
from tangentx.transform.slots import ARITHMETIC

__all__ = ["GROWS", "Stores"]

WAY_OUT = "Copy it first: {name} = {name}.copy()"
SLOTS = ("setattr", "add_field", "update", *OPS)  # writes that only change which objects are in there
GROWS = ("append", "extend", "insert", "update", "setattr")  # writes that put the object itself into a container

MANY = 99  # indices


class Stores:
    """The part of the walk that knows what is written."""

    facts: Facts
    fresh: Fresh
    settings: Settings
    regions: Regions
    out: list[Stmt]
    defs: dict[Var, Expr]
    params: set[Var]
    called: bool  # whether it is a callee
    depth: int  # the loops around this point
    blocks: list[int]  # the blocks around this point
    merged: dict[Var, tuple[Atom, ...]]  # what comes out of branches and loops
    surely: set[Var]  # items that have to be arrays, since they are changed in place
    rows: dict[Var, Var]  # results of x += e where x is an item and surely an array, and that item
    points: dict[Var, bool]  # what x += e has made, where x may be an array of shape (): whether it surely is an array
    parts: dict[Expr, Var]  # checks of what is written through, and the regions that it is a part of
    inner: set[Var]  # objects that cannot be changed themselves, of which something that they hold was
    refilled: dict[Var, None]  # regions with slots that may get other objects
    indices: dict[Var, int]  # regions changed by +=, and how many indices take out of them what is changed, at least
    read: Callable[[Atom, Place], Atom]
    again: Callable[[Var, Look, Place], Var]
    stale: Callable[[Var, Place], AliasError]
    check: Callable[[str, Var, Atom | None, Place], None]
    define: Callable[[Stmt], None]
    owners: Callable[[Var, Place], None]
    kept_before: Callable[[Var, Var, Place], None]
    keep_apart: Callable[[Var, Var, Place], None]
    keep_distinct: Callable[[Var], None]
    put_by_key: Callable[[Look, Store], None]
    changed_whole: Callable[[Look | None], None]
    spot: Callable[[Look, Store], None]
    keep_distinct_given: Callable[[Var], None]
    drawn: frozenset[Atom]  # what loops take out of sequences
    may_show_twice: Callable[[Var], bool]
    put_back: Callable[[Var, tuple[Atom, ...] | None, Place], None]
    stands_once: Callable[[Var, Var, Place], None]
    change: Callable[[Store, Var, Var], None]
    may_change_item: Callable[[Store], bool]
    apart: Callable[[Var, Var, Var, int, Place], None]
    changed_elsewhere: Callable[[Var, Bump, Place], None]
    is_container: Callable[[Store], bool]
    keeps: Callable[[Store, Atom], bool]
    takes_from_itself: Callable[[Store, Atom, Look], bool]

    def store(self, stmt: Store, back: tuple[Atom, ...] | None = None) -> None:
        """A write; ``back``: the indices from the item that is put back here to what was written in it."""
        regions, place = self.regions, stmt.place
        index, value, shown = self.read(stmt.index, place), self.read(stmt.value, place), stmt.target
        spot = index, self.blocks[-1]
        mine = self.put_again(stmt, value, spot)
        changed = regions.bumped.pop(mine) if mine is not None else None  # what it changes comes back here
        base = self.read(stmt.base, place)
        through = self.read(stmt.through, place) if stmt.through is not None else None
        if not isinstance(base, Var) or not isinstance(through, Var | None):
            raise AliasError("a write into a literal", place)
        look = self.where(base, through, index)
        self.own(look, stmt, back)
        if back is None:
            self.returned(look.region, place)
            self.owners(look.region, place)
            self.keep_apart(look.region, regions.current[look.region], place)
        self.guard(through or base, look.region, place)
        if stmt.op == "" and may_resize(stmt, self.facts, self.defs):
            self.check("check_no_list", through or base, None, place)
        if look.region in regions.mixed:
            raise self.stale(base, place)
        if self.depth and place.own:
            self.kept_before(look.region, through or base, place)
        stmt, part = self.told_apart(stmt, base, through, look)
        new = self.placed(replace(stmt, index=index, value=value, through=through), base, look)
        self.out.append(new)
        self.facts.facts[new.target] = self.facts.of(new.base)
        if not look.whole:  # what is written may be one of these
            regions.may_be(look.region, tuple(regions.held.get(look.region, ())))
        slot = look.whole and (new.op in SLOTS or (new.op == "" and self.is_container(stmt)))
        if slot:
            regions.put_in(look.region, new, self.blocks[-1])
        if mine is not None and changed is not None:
            regions.bumped[mine] = changed  # other names show it
        regions.written(look.region, new.target, slot)
        if part is not None:
            regions.look[shown], regions.made[shown] = replace(part, how="view"), -1
            self.facts.facts[shown] = self.facts.of(stmt.base)
        if stmt.op in GROWS or (stmt.op == "" and self.keeps(stmt, value)):
            self.put_into(look.region, value, spot, back is not None)
        elif stmt.op == "" and look.region in regions.slots and self.takes_from_itself(stmt, value, look):
            regions.doubled.add(look.region)
        if look.region in regions.slots:
            self.put_back(look.region, back, place)
        if stmt.op in ("pop", "del"):
            self.pop(stmt, base, look.region, value)

    def told_apart(self, stmt: Store, base: Var, through: Var | None, look: Look) -> tuple[Store, Look | None]:
        """The write, and the part of an array that its target is, if it is one: then what is written is the array, under another name.

        A derivative that is differentiated again writes through views: of what they are parts may be known by now, or that it is another array.
        """
        if through is None:
            return stmt, None if look.whole else look
        owner = self.regions.of(base)
        if owner is None or (owner.region == look.region and owner.whole):
            return stmt, None
        part = owner if owner.region == look.region else None
        if part is None:
            self.regions.alias(stmt.target, owner)
            self.regions.names[stmt.target], self.facts.facts[stmt.target] = base, self.facts.of(base)
        return replace(stmt, target=self.fresh(through.base)), part

    def put_into(self, container: Var, value: Atom, spot: tuple[Atom, int], back: bool) -> None:
        """A container holds a value from now on, which may stand elsewhere in it, too."""
        regions = self.regions
        if regions.is_inside(container, value):
            regions.doubled.add(container)
        if not back:
            regions.tangle(container, value)
        regions.given.update([container] if self.depth and not back else [])
        regions.put_at(container, value, spot)
        regions.hold(container, [value])

    def pop(self, stmt: Store, base: Var, container: Var, item: Atom) -> None:
        """``p = l.pop()``: a write to p is none to l from now on."""
        regions, look, made = self.regions, self.regions.of(item), self.defs.get(base)
        read = self.defs.get(item) if isinstance(item, Var) else None
        if not isinstance(item, Var) or look is None or index_kind(stmt.index, self.facts, self.defs) == "basic":
            return
        if look.whole and look.region in regions.slots:
            regions.take_out(look.region, container, regions.slots[look.region][1])
        elif look.whole and isinstance(made, Build):
            regions.unhold(look.region, container, made.items)
        elif not look.whole and isinstance(read, Call) and getattr(read.fn, "attr", "") == "getitem":
            regions.take_out(item, container, read)

    def put_again(self, stmt: Store, value: Atom, spot: tuple[Atom, int]) -> Var | None:
        """What stands at that place already is shown there once more.  Returns the item that ``s.v += e`` has changed and puts back."""
        container = self.regions.of(self.regions.names.get(stmt.base, stmt.base)) if isinstance(stmt.base, Var) else None
        if container is None:
            return None
        if isinstance(value, Var) and self.regions.stands(container.region, value, spot):
            self.regions.show([(container.region, self.regions.look[value].region)])
        return self.regions.put_back(container.region, stmt) if stmt.op in ("", "setattr") else None

    def placed(self, stmt: Store, base: Var, look: Look) -> Store:
        """The write as one to the array itself, through the part that is written."""
        current = self.regions.current[look.region]
        if look.whole and stmt.op not in ("setattr", "add_field") and self.facts.of(stmt.base).kind != "array":
            self.refilled[look.region] = None
        if look.whole:
            kind = self.facts.of(current).kind
            if self.may_change_item(stmt):
                self.regions.changed_items.add(look.region)
                self.keep_distinct(look.region)
            if stmt.op in ARITHMETIC and (kind in ("list", "dict") or (kind == "any" and self.regions.may_be_doubled(look.region))):
                self.change(stmt, current, look.region)
            return replace(stmt, base=current)
        view = stmt.through or base
        if self.facts.of(view).kind != "array" and self.is_of_field(look):
            self.inner.add(look.region)
        for other in self.regions.links.get(look.region, ()):  # the write would hide that another name has changed by ``+=``
            if other in self.regions.bumped and self.regions.bumped[other].time > self.regions.made[current]:
                self.changed_elsewhere(current, self.regions.bumped[other], stmt.place)
        for other in (o for o in self.regions.links.get(look.region, ()) if self.regions.disturbed(look.region, o, self.regions.made[current])):
            self.apart(current, look.region, other, self.regions.made[current], stmt.place)  # what is not written here would seem to be known
        if look.call is None:  # an item of a loop: by its index from now on
            self.settings.indexed[look.item or view] = None
            raise Again
        if view not in self.defs:
            view = self.again(view, look, stmt.place)
        field = look.call is not None and isinstance(look.call.fn, Attribute) and self.may_show_twice(look.region)
        if look.how != "view" or field or self.facts.of(current).kind == "tuple":
            self.check("check_view", view, current, stmt.place)
            self.parts[helper("check_view", view, current)] = look.region
            self.keep_distinct(look.region)
        target = stmt.target if stmt.through is not None else self.fresh(current.base)
        return Store(target, current, stmt.index, stmt.value, stmt.op, stmt.place, view)

    def is_of_field(self, look: Look | None) -> bool:
        """Whether it comes out of an object, or of a tuple, that nothing can be put into: it may be a list, or an object itself."""
        if look is None or look.call is None:
            return False
        owner = look.call.args[0]
        field = isinstance(look.call.fn, Attribute) and look.call.fn.name not in VIEWS
        item = isinstance(look.call.fn, Ref) and look.call.fn.attr == "getitem" and self.facts.of(owner).kind == "tuple"
        return field or item or self.is_of_field(self.regions.of(owner))

    def where(self, base: Var, through: Var | None, index: Atom) -> Look:
        """Where a write goes."""
        regions = self.regions
        if may_be_of_point(index, self.defs):
            self.no_point(through or base, arrays=True)
        look = regions.of(through or base)
        if look is not None and look.call is not None and getattr(look.call.fn, "attr", "") != "getitem":
            self.no_point(through or base)  # of a number it would be another array
        if look is None or look.region not in regions.current or self.facts.of(base).scalar:  # Python will say that a number has no items
            regions.born(base)
            look = regions.look[base]
        if look.region in regions.sequences:  # an item of a loop over a list: by its index from now on
            self.settings.indexed[look.region] = None
            raise Again
        return look

    def guard(self, var: Var, region: Var, place: Place) -> None:
        """Writes in a block to what has no name behind it must not reach what is read there."""
        for (inner, other), check in self.settings.guarded.items():
            if inner == region:
                copies = [c for c, param in self.regions.copies.items() if param == other]
                known = self.regions.current.get(copies[0] if copies else other)
                if known is not None and self.regions.slots.get(region, (None,))[0] != other:  # else it is made later, or put back
                    self.check(check, known, var, place)

    def own(self, look: Look, stmt: Store, back: tuple[Atom, ...] | None) -> None:
        """Only an array of the function's own may be written: a parameter is copied first, the rest refused."""
        region = look.region
        self.spot(look, stmt)
        if back is None:
            self.put_by_key(look, stmt)
        for other in (region, *self.regions.links.get(region, ())):
            what = self.regions.outer.get(other)
            if other in self.params and other not in self.settings.copied and what:
                self.settings.copied[other] = None
                raise Again
            if what and other not in self.params and not (stmt.op == "setattr" and other in self.regions.plain):
                name = stmt.base.base if stmt.place.names(stmt.base.base) else stmt.place.text.partition("=")[0].rpartition("[")[0]
                if stmt.op == "setattr" and isinstance(stmt.index, Const):
                    raise AliasError(f"{name}.{stmt.index.value} = ... writes to {what}", stmt.place, "Make an object of the function's own.")
                raise AliasError(f"{name}[...] = ... writes to {what}", stmt.place, WAY_OUT.format(name=name))

    def returned(self, region: Var, place: Place) -> None:
        """What a function that is known only while running has returned is written: it must not keep that, as a buffer of its own."""
        for other in dict.fromkeys((*self.regions.owners(region), *self.regions.links.get(region, ()))) if place.own else ():
            made = self.defs.get(other)
            if isinstance(made, Call) and isinstance(made.fn, Var) and other in self.regions.current:
                self.check("check_returned", self.regions.current[other], self.regions.names.get(made.fn, made.fn), place)

    def note(self, region: Var, changed: Atom, indices: int) -> None:
        """What is changed by ``+=`` was taken out of its region by so many indices; of a whole one the items are, or are not, numbers."""
        self.indices[region] = min(indices + self.places(changed), self.indices.get(region, MANY))

    def places(self, atom: Atom) -> int:
        """The number of indices by which a value is taken out of its region."""
        look = self.regions.of(atom)
        if look is None or look.whole:
            return 0
        if look.call is None:
            return 1
        part = isinstance(look.call.fn, Ref) and look.call.fn.attr == "getitem"
        kind = index_kind(look.call.args[1], self.facts, self.defs) if part else "basic"
        own = int(kind[3:]) if kind.startswith("int") else kind in ("key", "unknown")
        return own + self.places(look.call.args[0])

    def is_given(self, look: Look | None) -> bool:
        """Whether it was taken out of an object that was given, not just out of what was given itself, which the caller sees."""
        return look is not None and any(o in self.params for o in self.regions.owners(look.region) if o != look.region)

    def may_be_given(self, look: Look | None) -> list[Var]:
        """The parameters that it may be, or may look into, as only the run knows: ``if copy: x = x.copy()``."""
        owners = () if look is None else self.regions.owners(look.region)
        near = {p: None for o in owners for p in self.regions.links.get(o, ()) if p in self.params and p not in self.settings.copied}
        return [p for p in near if not self.facts.of(p).scalar]

    def keep_outside(self, atom: Atom, place: Place) -> None:
        """``x += e`` writes into no array of the surroundings, be it one of two (``x = A if c else B``), or what a container of them holds."""
        look = self.regions.of(atom)
        if look is None or self.facts.of(atom).scalar:
            return
        near = {r: None for o in self.regions.reach(look.region) for r in (o, *self.regions.links.get(o, ()))}
        bases = [m.args[0] for r in near if isinstance(m := self.defs.get(r), Call) and m.args] + [a for r in near for a in self.merged.get(r, ())]
        whole = [self.regions.plain[r] for r in near if r in self.regions.plain] + [
            a for a in bases if isinstance(a, Ref) and (is_plain(a) or is_own_class(type(a.obj)))
        ]
        if whole:
            self.out.append(Effect(helper("check_unshared", atom, *dict.fromkeys(whole)), place))

    def no_point(self, atom: Atom, arrays: bool = False) -> None:
        """What is looked at as an array must not have become a number: ``x + e`` is one where x is an array of shape ().

        ``arrays``: where x surely is an array, so that it can be written instead.
        """
        found = dict.fromkeys(self.regions.roots(atom) if isinstance(atom, Var) else ())
        waiting = list(found)
        for region in waiting:  # which grows meanwhile
            more = [r for r in dict.fromkeys(self.same(region)) if r not in found]
            found.update(dict.fromkeys(more))
            waiting += more
        for region in found:
            if self.points.get(region, False) >= arrays and region in self.points and region not in self.settings.points:
                self.settings.points[region] = None
                raise Again

    def same(self, region: Var) -> list[Var]:
        """Regions that one may be, or that it stands for behind a branch or loop."""
        merged = [v for v in self.merged.get(region, ()) if isinstance(v, Var)]
        return [*self.regions.links.get(region, ()), *merged, *(look.region for v in merged if (look := self.regions.of(v)) is not None)]

    def update(self, stmt: Let, call: Call) -> None:
        """``x += e`` on a whole name."""
        place = stmt.place
        args = tuple(self.read(a, place) for a in call.args)
        assert isinstance(call.fn, Ref)
        look = self.regions.of(args[0])
        made = args[0] if look is None else self.defs.get(look.region) if look.whole else None
        if isinstance(made, Ref) and isinstance(made.obj, np.ndarray):
            name = stmt.target.base if look is None else look.region.base
            raise AliasError(f"{made.text} is a global variable, and += writes into it", place, WAY_OUT.format(name=name))
        self.keep_outside(args[0], place)
        if call.args[0] in self.drawn and look is not None:  # an array that comes twice has changed when it comes again
            self.keep_distinct_given(self.regions.sequences.get(look.region, look.region))
        plain = Let(stmt.target, op(PLAIN[call.fn.attr], *args), place)
        shared, array = stmt.target in self.settings.stores and look is not None, self.facts.of(args[0]).kind == "array"
        seen = look is not None and not look.whole and look.how in ("view", "maybe")  # a part of an array: an array
        sure = not seen or self.rows.get(stmt.target) in self.surely
        if shared and sure and stmt.target in self.rows and isinstance(args[0], Var) and not self.facts.of(args[0]).scalar:
            seen = True
            self.out.append(Effect(helper("check_row", args[0]), place))
        if isinstance(args[0], Var) and (seen or (array and (shared or stmt.target in self.settings.points))):
            self.no_point(args[0])
            self.store(Store(stmt.target, args[0], Const(Ellipsis), args[1], call.fn.text.rstrip("="), place))
            return
        if shared or (self.called and self.is_given(look)):  # right for a number, and an array says so
            self.no_point(args[0])
            self.out.append(Effect(helper("check_unshared", args[0]), place))
        elif self.called and (given := self.may_be_given(look)):
            self.no_point(args[0])
            self.out.append(Effect(helper("check_unshared", args[0], *given), place))
        if stmt.target in self.settings.points and not shared:
            self.no_point(args[0])
            self.out.append(Effect(helper("check_point", args[0]), place))
        if look is not None and isinstance(args[0], Var) and not self.facts.of(args[0]).scalar:
            self.guard(args[0], look.region, place)
            self.stands_once(look.region, args[0], place)
        if self.facts.of(args[0]).rank in (None, 0):
            self.points[stmt.target] = array
        self.out.append(plain)
        self.define(plain)
        if look is None or self.facts.of(call.args[0]).scalar:
            return
        self.note(look.region, args[0], 0)
        self.changed_whole(look)
        bump = Bump(self.regions.tick(), args[0], stmt.target, self.blocks[-1])  # type: ignore[arg-type]
        if not shared:  # what is taken out of a container may be whatever it holds
            self.regions.bumped.update(dict.fromkeys([look.region] if look.whole else self.regions.reach(look.region), bump))
