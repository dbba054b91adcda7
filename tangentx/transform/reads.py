"""Reads, for ``memory``: a name whose array was written since is read again, or the run checks that it is another array.

v = u[1:]; u.1 = store u[0] = e; f(v)        ==>        v.1 = u.1[1:]; f(v.1)            a view
t = u[i]; u.1 = store u[j] = e; f(t)         ==>        check_apart(t, u.1); f(t)        taken for a number
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from dataclasses import replace

from tangentx.analysis.aliases import no_list, sharing
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import library_name
from tangentx.analysis.lends import Lends
from tangentx.analysis.proved import apart
from tangentx.errors import AliasError
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Build, Call, Const, Effect, Expr, Let, Local, Place, Ref, Stmt, Var
from tangentx.ir.walk import map_expr
from tangentx.transform.build import helper
from tangentx.transform.regions import Bump, Look, Regions, is_plain
from tangentx.transform.settings import Again, Settings

__all__ = ["Reads"]

MANY = 200  # checks at writes
STRENGTH = ("", "check_outside", "check_beside", "check_apart", "check_disjoint", "check_kept")


class Reads:
    """The part of the walk that reads names, and knows what a new name looks into."""

    facts: Facts
    fresh: Fresh
    settings: Settings
    regions: Regions
    out: list[Stmt]
    defs: dict[Var, Expr]
    unpacked: set[Var]  # names of parts
    params: set[Var]
    depth: int  # the loops around this point
    entries: list[int]  # when the iterations began of these
    grown: frozenset[str]  # names of lists that get longer or shorter
    arrays: frozenset[Var]  # names that are used as arrays
    surely: set[Var]  # items that have to be arrays, since they are changed in place
    reread: dict[Expr, Var]  # checks of what is read again, and the regions that it is a part of
    lends: Lends
    parted: frozenset[Var]  # rows of copies that have no other name
    blocks: list[int]  # the blocks around this point
    merged: dict[Var, tuple[Atom, ...]]  # what comes out of branches and loops
    at: list[int]  # the statements around this point, and their arms
    no_point: Callable[..., None]
    still_shown: Callable[[Var, Place], None]
    other_parameters: Callable[[Var, Var, int], None]
    contexts: dict[Var, tuple[Atom, ...]]  # of what a context gives, that
    results: set[Var]  # what functions of the user's return: one array may stand in it twice, or show in a view
    inner: set[Var]  # objects that cannot be changed themselves, of which something that they hold was
    rebuilt: dict[tuple[object, ...], Var]  # names of containers built again, by point and old name

    def let(self, base: str, value: Expr, place: Place) -> Var:
        target = self.fresh(base)
        self.out.append(Let(target, value, place))
        self.defs[target] = value
        return target

    def check(self, name: str, a: Var, b: Atom | None, place: Place) -> None:
        effect = Effect(helper(name, a, *([] if b is None else [b])), place)
        for value in (a, b) if name in ("check_apart", "check_disjoint", "check_kept") and b is not None else ():
            self.no_point(value)
        if not any(isinstance(s, Effect) and s.value == effect.value for s in self.out):
            self.out.append(effect)

    def read(self, atom: Atom, place: Place) -> Atom:
        """An operand as it has to be read here: its current name, perhaps read from memory again."""
        if not isinstance(atom, Var):
            return atom
        regions = self.regions
        var = regions.names.get(atom, atom)
        look = regions.of(var)
        if look is None:
            return var
        if look.whole and look.region in regions.overtaken:
            raise self.stale(var, place)
        time = regions.made[var]
        if look.region in regions.bumped and regions.bumped[look.region].time > time and not self.facts.of(atom).scalar:
            return self.updated(atom, var, look, regions.bumped[look.region], place)
        now = regions.made[regions.current[look.region]] if look.whole and look.region in regions.current else time  # it is read by that name
        inside = regions.bumped_inside(look.region, max(time, now)) if regions.bumped else None
        if inside is not None and inside not in self.settings.stores:
            self.settings.stores[inside] = None
            raise Again
        carried = look.call is not None and look.how != "number" and var not in self.defs and var not in self.unpacked  # by a loop or branch
        if regions.since(look.region, time) or carried:
            if look.how == "number":
                self.check(self.kept(look.region), var, regions.current[look.region], place)
                return var
            var = regions.names[atom] = self.again(var, look, place)
            time = regions.made[regions.current[look.region]]  # it shows what was written under names of that array
        self.still_shown(look.region, place)
        began = regions.drawn.get(var, time)
        self.linked(var, look.region, began, place)
        for inside, other in regions.near(look.region):
            if regions.disturbed(inside, other, began) and not regions.is_out(look.region, other):
                self.apart(var, look.region, other, began, place)
        self.other_parameters(var, look.region, time)
        return self.held(atom, var, look, place)

    def linked(self, var: Var, region: Var, time: int, place: Place) -> None:
        """What is read must not be what was written, after that time, under another name that may stand for the same."""
        regions = self.regions
        for other in regions.links.get(region, ()):
            if regions.is_out(region, other):
                continue
            if other in regions.bumped and regions.bumped[other].time > time:
                self.changed_elsewhere(var, regions.bumped[other], place)
            if regions.disturbed(region, other, time):
                self.apart(var, region, other, time, place)
            elif other not in self.merged and regions.is_past(other, time) and region not in regions.owners(other):  # where it is put back
                self.apart_before(var, region, other, self.enough(other, time), place)

    def changed_elsewhere(self, var: Var, bump: Bump, place: Place) -> None:
        """What is read must not be what ``x += e`` has changed: that is checked here, where both can be seen, or at the update."""
        old = self.regions.of(bump.old)
        if bump.block in self.blocks and old is not None and old.whole and self.regions.made[bump.old] >= 0:
            self.check("check_apart", var, bump.old, place)
        elif bump.new not in self.settings.stores:
            self.settings.stores[bump.new] = None
            raise Again

    def apart(self, var: Var, region: Var, other: Var, time: int, place: Place, name: str = "") -> None:
        """What is read must not be what was written; that is checked here, or at the write, where that one has no name any more."""
        name = name or self.enough(other, time)
        if other in self.regions.moving:  # what was written may have had that name in another iteration only
            for owner in self.regions.owners(region):
                self.apart_before(var, self.regions.sequences.get(owner, owner), other, name, place)
        if other in self.regions.current:
            if (seen := self.regions.current[other]) in self.regions.unmade:
                raise self.stale(var, place)
            self.check(name, var, seen, place)
            return
        self.apart_before(var, region, other, name, place)

    def apart_before(self, var: Var, region: Var, other: Var, name: str, place: Place) -> None:
        """The same of what has no name any more, or one that stands for something else in this iteration: it is checked where it is written."""
        pair = other, self.regions.copies.get(region, region)
        if STRENGTH.index(self.settings.guarded.get(pair, "")) < STRENGTH.index(name):
            if len(self.settings.guarded) > MANY:
                raise self.stale(var, place)
            self.settings.guarded[pair] = name
            raise Again

    def enough(self, region: Var, time: int) -> str:
        """The check that is enough for what was written there after that time."""
        if region in self.regions.added:
            return self.kept(region)
        if self.regions.only_slots(region, time):
            return "check_outside"
        return "check_beside" if self.regions.only_slots_inside(region, time) else self.kept(region)

    def kept(self, region: Var) -> str:
        """The check that what was read out of an array, or perhaps a list, is not what was written."""
        if region in self.regions.changed_items:
            return "check_kept"
        return "check_disjoint" if region in self.inner else "check_apart"

    def proved(self, stmt: Stmt) -> None:
        """Behind ``check_apart(part, array)`` the part is an array or a number of its own."""
        if (pair := apart(stmt)) is None:
            return
        look, other = self.regions.of(pair[0]), self.regions.of(pair[1])
        if isinstance(pair[0], Var) and look is not None and other is not None and not look.whole and look.region == other.region:
            self.regions.born(pair[0])

    def updated(self, atom: Var, var: Var, look: Look, bump: Bump, place: Place) -> Var:
        """A name of something that was changed by ``+=`` under another name: an array shows the new values, a number stays.

        Known arrays are written instead; where the new name cannot be seen, the update has to be one of a number.
        """
        known, old = self.facts.of(bump.old).kind == "array", self.regions.of(bump.old)
        if not known and not look.whole and self.extends(bump):
            return var if self.regions.made[var] >= 0 else self.again(var, look, place)
        seen_here = bump.block in self.blocks and bump.new in self.regions.look  # not one of the iteration before
        if known or old is None or not old.whole or not seen_here or look.how == "number":
            assert bump.new not in self.settings.stores, bump.new
            self.settings.stores[bump.new] = None
            raise Again
        if not known:
            self.no_point(var)
        array = self.read(self.after(bump), place)  # and what was written to it since
        assert isinstance(array, Var)
        if look.whole:
            new = self.let(var.base, helper("updated", var, array), place)
            self.regions.alias(new, self.regions.look[array])
            self.regions.mixed.add(self.regions.look[array].region)
        else:
            assert look.call is not None and isinstance(look.call.args[0], Var)
            seen = self.regions.of(look.call.args[0])
            whole = known or (isinstance(look.call.fn, Ref) and look.call.fn.attr == "getitem")  # else it may be a number that stays
            base = array if seen is not None and seen.whole and whole else self.read(look.call.args[0], place)
            assert isinstance(base, Var)
            call = replace(look.call, args=(base, *look.call.args[1:]))
            new = self.let(var.base, call, place)
            self.regions.alias(new, replace(look, region=self.regions.look[base].region, call=call))
            if look.how == "maybe":  # of a copy nothing is changed
                self.check("check_view", new, base, place)
        self.facts.facts[new] = self.facts.of(var)
        self.regions.names[atom] = new
        return new

    def extends(self, bump: Bump) -> bool:
        """Whether a list is added: then it is one that grows, and what was taken out of it before stays as it is."""
        made = self.defs.get(bump.new)
        return isinstance(made, Call) and len(made.args) == 2 and self.facts.of(made.args[1]).kind == "list"

    def after(self, bump: Bump) -> Var:
        """The array that a name stands for behind one ``+=`` after the other."""
        region = self.regions.look[bump.new].region
        while (later := self.regions.bumped.get(region)) is not None:
            if later.block not in self.blocks or later.new not in self.regions.look:
                self.settings.stores[later.new] = None
                raise Again
            region = self.regions.look[later.new].region
        return self.regions.current[region]

    def again(self, var: Var, look: Look, place: Place) -> Var:
        """Reads a stale name again."""
        if look.whole and look.region not in self.regions.current:  # what it is was read in a loop or an arm
            reason = f"{var.base} is read behind a loop or branch in which something that it may share memory with is read and written"
            raise AliasError(reason, place, f"Read it once, before the loop, and give it a name: {var.base} = ...")
        if look.whole:
            return self.regions.current[look.region]
        if look.call is None:
            if look.item is not None and look.item not in self.settings.indexed:  # an item of a loop: by its index from now on
                self.settings.indexed[look.item] = None
                raise Again
            raise self.stale(var, place)
        base = look.call.args[0]
        seen = self.regions.of(base)
        if isinstance(base, Var) and seen is not None:
            base = self.again(base, seen, place)
        call = replace(look.call, args=(base, *look.call.args[1:]))
        new = self.let(var.base, call, place)
        self.facts.facts[new] = self.facts.of(var)
        self.regions.alias(new, replace(look, call=call))
        if look.how == "maybe":
            self.check("check_view", new, now := self.regions.current[look.region], place)
            self.reread[helper("check_view", new, now)] = look.region
        return new

    def held(self, atom: Var, var: Var, look: Look, place: Place) -> Var:
        """A container whose items were written under their own names is built again, if it is only a display of them."""
        if not self.regions.late(look.region):
            return var
        value = self.defs.get(var)
        changes = look.region in self.regions.wrote or (self.depth > 0 and var.base in self.grown)  # perhaps in the iteration before
        if not isinstance(value, Build) or value.kind not in ("tuple", "list") or changes:
            raise self.stale(var, place)
        here = *self.at, var
        if here not in self.rebuilt:  # the same name in each walk over a loop, else they would go on for ever
            self.rebuilt[here] = self.fresh(var.base)
        new = self.rebuilt[here]
        self.defs[new] = map_expr(value, lambda a: self.read(a, place))
        self.out.append(Let(new, self.defs[new], place))
        self.facts.facts[new] = self.facts.of(var)
        self.born(new, self.defs[new])
        self.regions.replaced(look.region, new)
        self.regions.names[atom] = new
        return new

    def stale(self, var: Var, place: Place) -> AliasError:
        parts = self.facts.of(var).kind in ("list", "dict")
        way_out = "Read its items where they are used, by their index." if parts else f"Copy it before the write: {var.base}.copy()"
        return AliasError(f"{var.base} is read after something that it may share memory with was written", place, way_out)

    # ------------------------------------------------------------------------------------------------- new names

    def unknown(self, target: Var, sources: tuple[Atom, ...]) -> None:
        """A value that may be any of these, or look into them."""
        self.regions.born(target)
        for source in sources:
            self.regions.may_be(target, self.regions.roots(source))

    def taken(self, targets: tuple[Var | None, ...], tape: Atom) -> None:
        """What is read from a tape may look into whatever was put on it; what lends its structure only need not look anywhere."""
        for target in targets:
            if target in self.lends.names:
                self.regions.look.pop(target, None)
            elif target is not None:
                self.unknown(target, (tape,))

    def born(self, target: Var, value: Expr) -> None:
        """What a name looks into once it has that value."""
        regions = self.regions
        if self.facts.of(target).scalar or isinstance(value, Const):
            regions.look.pop(target, None)
            return
        if isinstance(value, Var):
            if (look := regions.of(value)) is not None:
                regions.alias(target, look)
            return
        if isinstance(value, Ref):
            regions.born(target, "a global variable")
            regions.plain.update({target: value} if is_plain(value) else {})
            return
        if isinstance(value, Call) and isinstance(value.fn, Ref) and isinstance(value.fn.obj, functools._lru_cache_wrapper):
            regions.born(target, f"what {value.fn.text} keeps for its next call")
            return
        if value == Build("entered"):  # what a context gives may be that itself, or look into it
            self.unknown(target, tuple(regions.names.get(a, a) if isinstance(a, Var) else a for a in self.contexts.get(target, ())))
            return
        how = sharing(value, self.facts, self.defs)
        how = "fresh" if how == "number" and target in self.parted else how
        every = (*value.args, *(a for _, a in value.kwargs)) if isinstance(value, Call) else value.items
        if how == "none":
            regions.look.pop(target, None)
        elif how == "fresh":
            regions.born(target)
        elif how == "holds":
            regions.born(target)
            if regions.repeats(every):
                regions.doubled.add(target)
            look = regions.of(every[0]) if isinstance(value, Call) and every and self.facts.of(every[0]).kind in ("list", "tuple", "dict") else None
            regions.hold(target, every, look.region if look is not None and look.whole else None)
        elif how == "unknown":
            fn = value.fn if isinstance(value, Call) else None  # one of the user's that returned what it is given would be spliced here
            users = isinstance(fn, Local | Var) or (
                isinstance(value, Call) and isinstance(getattr(fn, "obj", None), types.FunctionType) and not library_name(value)
            )
            asked = (fn,) if isinstance(fn, Var) else ()  # it may return what it holds itself
            self.unknown(target, (*(a for a in every if not (users and isinstance(a, Ref))), *asked))
            regions.doubled.update([target] if regions.repeats(every) else [])
            self.results.update([target] if users else [])
        else:
            self.part(target, value, every[0], how)

    def stays(self, base: Var, region: Var) -> bool:
        """Whether a display holds what it was made of: nothing else was put there, perhaps in the iteration before."""
        around = self.depth > 0 and not (self.entries and self.regions.first.get(region, -1) > self.entries[-1])
        return region not in self.regions.wrote and not (around and base.base in self.grown)

    def part(self, target: Var, value: Expr, base: Atom, how: str) -> None:
        """A view, or an item of a container."""
        regions = self.regions
        look = regions.of(base)
        assert isinstance(value, Call)
        if isinstance(base, Ref):
            regions.born(target, "a global variable")
        elif look is None:
            regions.look.pop(target, None)
        else:
            made = self.defs.get(base) if isinstance(base, Var) else None
            index = value.args[1] if len(value.args) > 1 else None
            shown = isinstance(made, Build) and made.kind in ("tuple", "list") and isinstance(base, Var) and self.stays(base, look.region)
            if shown and isinstance(made, Build) and isinstance(index, Const) and type(index.value) is int:
                if -len(made.items) <= index.value < len(made.items):
                    self.born(target, made.items[index.value])
                return
            if how == "item" and target not in self.settings.viewed:
                regions.item(target, look.region, value)
                return
            how = "view" if how == "item" else how
            part = isinstance(value.fn, Ref) and value.fn.attr == "getitem"
            if how == "maybe" and part and look.how == "view" and no_list(look.region, self.defs):
                how = "view"
            known = "maybe" if how == "number" and (target in self.arrays or target in self.surely) else how
            own = look.how == "view" or known == "number" or target in self.surely
            regions.alias(target, Look(look.region, False, value, known if own else look.how))
