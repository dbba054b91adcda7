"""Slots, for ``memory``: objects that stand in containers, written under names of their own.

p = ps[i]                          p.1 = store p['v'] = e
p.v = e                   ==>      ps.1 = store ps[i] = p.1            as data flow sees it, the list was written, too
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable

from tangentx.analysis.aliases import index_kind, item_of_display
from tangentx.analysis.classes import Known, find_classes
from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    UNDEF,
    Append,
    Atom,
    Attribute,
    Build,
    Call,
    Const,
    Effect,
    Expr,
    For,
    Function,
    Let,
    Place,
    ReadTape,
    Ref,
    Stmt,
    Store,
    Var,
)
from tangentx.ir.walk import statements
from tangentx.runtime.contents import is_frozen_dataclass
from tangentx.transform.build import helper, op
from tangentx.transform.regions import Bump, Look, Regions
from tangentx.transform.settings import Again, Settings

__all__ = ["ARITHMETIC", "Slots"]

ARITHMETIC = frozenset({"+", "-", "*", "/", "**", "//", "%", "@", "&", "|", "^", "<<", ">>"})


class Slots:
    """The part of the walk that knows objects in containers."""

    function: Function
    facts: Facts
    fresh: Fresh
    classes: dict[Var, Known] | None = None  # asked for where an object in a container is written
    settings: Settings
    regions: Regions
    out: list[Stmt]
    defs: dict[Var, Expr]
    merged: dict[Var, tuple[Atom, ...]]  # what joins and carries are made of
    blocks: list[int]  # the blocks around this point
    params: set[Var]
    depth: int
    entries: list[int]  # when the iterations began of the loops around this point
    no_point: Callable[..., None]
    results: set[Var]
    tapes: set[Var]  # what the sweeps before have put there comes back in its time
    read: Callable[[Atom, Place], Atom]
    check: Callable[[str, Var, Atom | None, Place], None]
    store: Callable[..., None]
    let: Callable[[str, Expr, Place], Var]
    apart_before: Callable[[Var, Var, Var, str, Place], None]
    enough: Callable[[Var, int], str]

    def repeated(self, stmt: Let, call: Call) -> None:
        """``[row] * n`` is a list of one row, under as many names."""
        if self.settings.inside and isinstance(call.fn, Ref) and call.fn.obj in (operator.mul, operator.imul):
            for arg in call.args:
                made = self.defs.get(arg) if isinstance(arg, Var) else None
                numbers = isinstance(made, Build) and all(self.facts.of(a).scalar for a in made.items)
                if isinstance(arg, Var) and self.facts.of(arg).kind in ("list", "tuple") and not numbers:
                    self.check("check_single", arg, None, stmt.place)

    def owners(self, region: Var, place: Place) -> None:
        """Before an object that stands in containers is written: what else was written there is checked."""
        for owner in self.regions.owners(region)[1:]:
            self.read(self.regions.current[owner], place)

    def keep_distinct(self, region: Var) -> None:
        """A parameter whose items are written must not hold one array twice: its copy would hold two."""
        param = self.regions.copies.get(region)
        if param is not None:
            self.keep_distinct_given(param)

    def keep_distinct_given(self, region: Var) -> None:
        """The same, be it copied or not."""
        param = self.regions.copies.get(region, region)
        if param in self.params and self.facts.of(param).kind != "array" and param not in self.settings.distinct:
            self.settings.distinct[param] = None
            raise Again

    def may_change_item(self, stmt: Store) -> bool:
        """Whether it is ``s.items[0] *= e`` where nobody knows that ``items`` is no list: an array in there is changed, not replaced."""
        if stmt.op not in ARITHMETIC or self.facts.of(stmt.base).kind != "any":
            return False
        return index_kind(stmt.index, self.facts, self.defs) not in ("basic", "fancy")

    def change(self, stmt: Store, base: Var, region: Var) -> None:
        """``p[i] *= e`` puts another number there; an array is changed, which its other names would show: they are refused at run time."""
        place, refused, doubled = stmt.place, stmt.target in self.settings.stores, self.regions.may_be_doubled(region)
        one = index_kind(stmt.index, self.facts, self.defs) not in ("basic", "fancy")  # else of an array
        doubled = doubled and one
        if one and not ((known_item := self.facts.of(base).item) is not None and known_item.scalar):
            self.keep_distinct(region)
        read = op("getitem", base, stmt.index)
        if refused or doubled:
            old = self.let("old", read, place)
            if refused:
                self.no_point(base)
                self.check("check_unshared", old, None, place)
            if doubled:
                self.check("check_once", base, old, place)
        shown = item_of_display(read, self.defs)
        look = self.regions.of(shown) if shown is not None else None
        there = look.region if look is not None else self.regions.outside(shown) if isinstance(shown, Ref) else None
        near = (region, *(self.regions.links.get(region, ()) if one else ()))  # a dict in a dict holds what the one that was put there does
        items: Iterable[Var] = (r for n in near for r in self.regions.held.get(n, ())) if shown is None else () if there is None else (there,)
        items = dict.fromkeys(items)
        for item in items:
            self.own_item(item, region, read, stmt)
        known = dict.fromkeys(items)
        for item in tuple(known):  # what another container holds may be the same
            known |= {o: None for o in self.regions.links.get(item, ()) if o != region}
        kept = {r for c, held in self.regions.held.items() if c != region for r in held}
        if not refused and self.depth and kept & (known.keys() - set(items)):  # from an iteration before, perhaps, under that name
            self.settings.stores[stmt.target] = None
            raise Again
        for item in () if refused else known:
            self.regions.bumped[item] = Bump(self.regions.tick(), self.fresh("changed"), stmt.target, self.blocks[-1])

    def keep_apart(self, region: Var, item: Var, place: Place) -> None:
        """Before what was popped is written: the container must not have held it in two places."""
        for container in self.regions.taken_from(region):
            if not self.settings.inside:
                self.settings.inside = True
                raise Again
            self.keep_distinct(container)
            if self.may_show_twice(container) and container in self.regions.current:
                self.check("check_apart", self.regions.current[container], item, place)

    def kept_before(self, region: Var, written: Var, place: Place) -> None:
        """What is written in a loop must not be what a container has been given in an iteration before, by a name that is used anew."""
        owners, links = {*self.regions.owners(region), *self.tapes}, self.regions.links.get(region, {})
        near = self.regions.near_kept(region)
        for container, held in self.regions.held.items():
            known = self.regions.current.get(container)
            new = bool(self.entries) and self.regions.first[container] > self.entries[-1]  # of this iteration: there was none before for it
            if known is not None and not new and container in self.regions.given - owners and (container in near or any(r in links for r in held)):
                self.check("check_apart", known, written, place)

    def own_item(self, item: Var, container: Var, read: Call, stmt: Store) -> None:
        """A parameter that stands in the container is copied first; what belongs to somebody else has to be a number."""
        what = self.regions.outer.get(item)
        if what and item in self.params and item not in self.settings.copied:
            self.settings.copied[item] = None
            raise Again
        if what and item not in self.params and stmt.target not in self.settings.stores:
            self.no_point(item)
            self.check("check_unshared", self.let("old", read, stmt.place), None, stmt.place)

    def stands_once(self, region: Var, item: Var, place: Place) -> None:
        """``p.v += e`` puts a new value there; an array is changed, which another place that shows it would show, too."""
        self.keep_apart(region, item, place)
        for owner in self.regions.owners(region)[1:]:
            self.keep_distinct(owner)
            if self.may_show_twice(owner):
                self.check("check_once", self.regions.current[owner], item, place)

    def may_show_twice(self, container: Var) -> bool:
        """Whether what is written in a container may be seen in another place of it."""
        return self.regions.may_be_doubled(container) or any(r in self.results for r in (container, *self.regions.links.get(container, ())))

    def met_before(self, item: Var, sequences: dict[Var, Atom], bumped: dict[Var, Bump], place: Place) -> None:
        """What an iteration before has changed, as the item of another sequence, must not be the one that comes now."""
        regions, sequence = self.regions, sequences[item]
        look = regions.of(sequence)
        if look is None or not isinstance(sequence, Var):
            return
        time = regions.made[sequence]
        twice = (item,) if self.may_show_twice(look.region) else ()
        for other in (*regions.links.get(item, ()), *twice):
            bump = bumped.get(other)  # by now another item may have that name
            if bump is not None and other in regions.sequences and regions.past.get(other, -1) > bump.time > time:
                if isinstance(changed := sequences.get(other), Var):
                    self.check("check_ahead", changed, sequence, place)
                elif bump.new not in self.settings.stores:
                    self.settings.stores[bump.new] = None
                    raise Again
            elif regions.is_past(other, time, again=True) and look.region not in regions.owners(other):
                self.apart_before(item, look.region, other, self.enough(other, time), place)

    def put_back(self, region: Var, inner: tuple[Atom, ...] | None, place: Place) -> None:
        """An object that stands in a container was written, or what ``inner`` leads to in it: so was the container, as data flow sees it."""
        container, read = self.regions.slots[region]
        if self.facts.of(container).kind == "tuple" or self.is_frozen(container):  # nothing can be put there: what is written is a part of it
            self.settings.viewed[region] = None
            raise Again
        self.regions.stirs(container, region)
        self.keep_distinct(container)
        if self.regions.gone.get(region) in self.blocks[1:]:
            return  # it was replaced: an object of its own by now
        if not self.settings.inside:
            self.settings.inside = True
            raise Again
        index, op = (Const(read.fn.name), "setattr") if isinstance(read.fn, Attribute) else (read.args[1], "")
        base = self.regions.current[container]
        item = self.regions.current[region]
        if region in self.regions.gone:
            self.out.append(Effect(helper("check_item", base, index, item), place))
        if self.may_show_twice(container):
            self.out.append(Effect(helper("check_once", base, item, *(inner or ())), place))
        self.regions.show([(container, region)])  # but for data flow
        gone, doubled = dict(self.regions.gone), set(self.regions.doubled)
        array = inner == () or (inner is None and self.facts.of(item).kind == "array")  # what shares memory is found without a path
        inner = () if array else (index, *(inner or ()))
        self.store(Store(self.fresh(base.base), base, index, item, op, place), back=inner)
        self.regions.gone, self.regions.doubled = gone, doubled  # no other object has come there
        self.regions.stirs(container, region)
        self.regions.made[item] = self.regions.tick()

    def is_frozen(self, container: Atom, seen: frozenset[Atom] = frozenset()) -> bool:
        """Whether it is a named tuple, or an object of a frozen dataclass, that was made here, or made like one: in every arm."""
        look = self.regions.of(container)
        name = look.region if look is not None and look.whole else container
        made = self.defs.get(name) if isinstance(name, Var) else None
        if isinstance(name, Var) and name in self.merged and name not in seen:
            return all(a in seen or self.is_frozen(a, seen | {name}) for a in self.merged[name] if a != Const(UNDEF))
        if isinstance(name, Var) and self.is_of_frozen_class(name):
            return True
        if not isinstance(made, Call) or not isinstance(made.fn, Ref):
            return False
        if made.fn.module == "tangentx.runtime":
            return any(self.is_frozen(a, seen) for a in made.args[: 2 if made.fn.attr == "own_like" else 1])
        return isinstance(made.fn.obj, type) and (hasattr(made.fn.obj, "_fields") or is_frozen_dataclass(made.fn.obj))

    def is_of_frozen_class(self, name: Var) -> bool:
        """Whether its class is known, by what made it or by an annotation, and is a named tuple's, or a frozen dataclass."""
        if self.classes is None:
            self.classes = find_classes(self.function)
            every = tuple(statements(self.function.body))
            kept: dict[Atom, tuple[Atom, ...]] = {s.tape: s.values for s in every if isinstance(s, Append)}
            back = [(s.targets, kept.get(s.tape, ())) for loop in every if isinstance(loop, For) for s in loop.sources if isinstance(s, ReadTape)]
            pairs = [(t, a) for targets, values in back for t, a in zip(targets, values) if t is not None and isinstance(a, Var)]
            self.classes |= {t: self.classes[a] for t, a in pairs if a in self.classes and t not in self.classes}
        known = self.classes.get(self.regions.copies.get(name, name))
        return known is not None and (issubclass(known.cls, tuple) or is_frozen_dataclass(known.cls))

    def is_container(self, stmt: Store) -> bool:
        """Whether what is written into keeps objects, as lists and dicts do."""
        return self.facts.of(stmt.base).kind in ("list", "dict", "object") or index_kind(stmt.index, self.facts, self.defs) == "key"

    def takes_from_itself(self, stmt: Store, value: Atom, look: Look) -> bool:
        """Whether ``s.items[0] = s.items[1]`` may put an object into a second slot: what is taken for a number may be one."""
        taken, same = self.regions.of(value), (look.region, *self.regions.links.get(look.region, ()))
        return self.facts.of(stmt.base).kind == "any" and taken is not None and taken.how == "number" and taken.region in same

    def keeps(self, stmt: Store, value: Atom) -> bool:
        """Whether ``base[index] = value`` may put the value itself into a container, not a copy of its numbers."""
        kind = self.facts.of(stmt.base).kind
        if kind != "any":
            return kind in ("list", "dict", "object")
        look = self.regions.of(value)
        return look is not None and look.whole and index_kind(stmt.index, self.facts, self.defs) not in ("basic", "fancy")
