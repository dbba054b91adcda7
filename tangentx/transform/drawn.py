"""Drawn: what a loop goes over, for ``loops``, and what its items look into.

for e in (b, c): b[0] = f(e)     ==>      for i, _ in zip(count(), (b, c)): t = (b.1, c); e = t[i]; ...     b.1 is what the loop has written
for e in es: b[0] = f(e)         ==>      for e in es: check_apart(e, b.1); ...                             it was taken for something else
for e in es: es[0] = f(e)        ==>      for i, _ in zip(count(), es): e = es.1[i]; ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import is_iterator
from tangentx.errors import AliasError
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Build, Const, Count, Each, Effect, Expr, For, Let, Place, ReadTape, Source, Stmt, Store, Var
from tangentx.ir.walk import statements
from tangentx.transform.build import helper, op
from tangentx.transform.regions import Bump, Look, Regions
from tangentx.transform.settings import Again, Settings

__all__ = ["Drawn"]


class Drawn:
    """The part of the walk that knows what loops go over."""

    facts: Facts
    fresh: Fresh
    settings: Settings
    regions: Regions
    out: list[Stmt]
    defs: dict[Var, Expr]
    read: Callable[[Atom, Place], Atom]
    unknown: Callable[[Var, tuple[Atom, ...]], None]
    again: Callable[[Var, Look, Place], Var]
    held: Callable[[Atom, Var, Look, Place], Var]
    stays: Callable[[Var, Var], bool]
    check: Callable[[str, Var, Atom | None, Place], None]
    linked: Callable[[Var, Var, int, Place], None]
    taken: Callable[[tuple[Var | None, ...], Atom], None]
    born: Callable[[Var, Expr], None]
    in_turn: Callable[[tuple[Source, ...]], None]
    met_before: Callable[[Var, dict[Var, Atom], dict[Var, Bump], Place], None]

    def sources(self, stmt: For, written: Mapping[Var, Var], bumped: Mapping[Var, Bump]) -> tuple[Source, ...]:
        """What the loop goes over; a sequence that its body writes, or through whose items it writes, is read by index."""
        new: list[Source] = []
        sources, place = stmt.sources, stmt.place
        for s in sources:
            if isinstance(s, Each):
                sequence = self.read(s.sequence, place)
                look = self.regions.of(sequence)
                if look is not None and not self.is_over_keys(s, stmt):
                    self.changed_inside(sequence, look.region, stmt, bumped)
                if look is not None and look.region in written:
                    keys, known = self.is_over_keys(s, stmt), self.facts.of(sequence).kind != "any"
                    self.settings.indexed.update({} if keys else {s.target: None})
                    if not known:
                        self.out.append(Effect(helper("check_dict" if keys else "check_no_dict", sequence), place))
                elif look is not None and self.is_display_written(s, look.region, written, sources[0]):
                    self.settings.indexed[s.target] = None
                if s.target in self.settings.indexed:
                    s = replace(s, target=self.fresh(s.target.base))
                s = replace(s, sequence=sequence)
            elif isinstance(s, ReadTape):
                s = replace(s, tape=self.read(s.tape, place))
            new.append(s)
        indexed = any(isinstance(s, Each) and s.target in self.settings.indexed for s in sources)
        if indexed and not isinstance(new[0], Count):
            new.insert(0, Count(self.fresh("i"), Const(0)))
        self.in_turn(tuple(new))
        return tuple(new)

    def is_over_keys(self, source: Each, stmt: For) -> bool:
        """Whether a loop goes over the keys of a dict, which stay as they are.

        What nothing is known of is a dict where it is asked for items by them; ``sources`` has that checked.
        """
        kind = self.facts.of(source.sequence).kind
        if kind != "any":
            return kind == "dict"
        names = {source.sequence, *(c.target for c in stmt.carries if c.init == source.sequence)}
        for s in statements(stmt.body):
            if isinstance(s, Let) and any(s.value == op("getitem", name, source.target) for name in names):
                return True
            if isinstance(s, Store) and s.base in names:
                names.add(s.target)
                if s.index == source.target:
                    return True
        return False

    def is_display(self, sequence: Atom, region: Var) -> bool:
        """Whether a sequence is a display that nothing else was put into: it can be built again."""
        value = self.defs.get(sequence) if isinstance(sequence, Var) else None
        return isinstance(value, Build) and value.kind in ("list", "tuple") and isinstance(sequence, Var) and self.stays(sequence, region)

    def is_display_written(self, source: Each, region: Var, written: Mapping[Var, Var], start: Source) -> bool:
        """Whether the body writes what a display holds under a name of its own, and the items can be read by index."""
        counted = not source.backwards and (not isinstance(start, Count) or start.start == Const(0))
        known = self.regions.reach(region).keys() - {region}
        return counted and not known.isdisjoint(written) and self.is_display(source.sequence, region) and not self.facts.of(source.target).scalar

    def changed_inside(self, sequence: Atom, region: Var, stmt: For, bumped: Mapping[Var, Bump]) -> None:
        """A sequence must not hold what the body changes by ``x += e`` under a name of its own; a known array is written instead."""
        inside = self.regions.reach(region).keys() - {region}
        starts = {c.target: c.init for c in stmt.carries}
        drawn = self.regions.sequences.keys() | {s.target for s in stmt.sources if isinstance(s, Each)}  # see ``met_before``
        for r in dict.fromkeys(o for i in inside for o in (i, *self.regions.links.get(i, ()))):
            inner = r in bumped and self.regions.bumped.get(r) != bumped[r] and bumped[r].new not in self.settings.stores  # not before the loop
            named = inner and bumped[r].old in self.regions.look  # else it is an item that is changed by its index
            if not named or r == region or self.facts.of(r).scalar or drawn & {*self.regions.owners(r)}:
                continue
            first = self.read(starts[r], stmt.place) if r in starts else self.regions.current.get(r)
            if self.facts.of(bumped[r].old).kind == "array" or not isinstance(first, Var) or not isinstance(sequence, Var):
                self.settings.stores[bumped[r].new] = None
                raise Again
            self.check("check_apart", sequence, first, stmt.place)

    def still_there(self, sequence: Atom, region: Var, began: int, place: Place) -> list[Stmt]:
        """Checks, in each iteration, that what the body writes is not the sequence itself under another name."""
        kept, self.out = self.out, []
        if isinstance(sequence, Var):
            self.linked(sequence, region, began, place)
        made, self.out = self.out, kept
        return made

    def items(self, stmt: For, new: tuple[Source, ...], began: int) -> tuple[Stmt, ...]:
        """What the items look into; the statements that read some of them by index.

        The others stand for what they were when the loop ``began``: what an iteration has written since must not be the next one.
        """
        first: list[Stmt] = []
        old, place = stmt.sources, stmt.place
        fresh, bumped = new[len(new) - len(old) :], dict(self.regions.bumped)
        alike = {b.target: s.sequence for b, s in zip(old, fresh) if isinstance(b, Each) and isinstance(s, Each)}
        for before, s in zip(old, fresh, strict=True):
            if isinstance(s, ReadTape):
                self.taken(s.targets, s.tape)
            if not isinstance(s, Each) or not isinstance(before, Each):
                continue
            look = self.regions.of(s.sequence)
            kind = self.facts.of(s.sequence).kind
            if before.target not in self.settings.indexed:
                if look is None or self.is_over_keys(before, stmt) or self.facts.of(before.target).scalar:
                    self.regions.look.pop(before.target, None)
                elif kind in ("list", "tuple") or is_iterator(look.region, self.defs):
                    self.unknown(before.target, (s.sequence,))
                    self.regions.sequences[before.target] = look.region
                    self.met_before(before.target, alike, bumped, place)
                else:
                    self.regions.alias(before.target, Look(look.region, False, None, "number", before.target))
                if before.target in self.regions.look and look is not None:
                    self.regions.drawn[before.target] = began
                    first += self.still_there(s.sequence, look.region, began, place)
                continue
            self.regions.drawn.pop(before.target, None)
            indexed = not s.backwards and look is not None and not is_iterator(look.region, self.defs)
            if not indexed or not isinstance(new[0], Count) or new[0].start != Const(0) or look is None:
                raise AliasError("a loop goes over something that its body writes", place, "Loop over range(len(...)) and read items by index.")
            kept, self.out = self.out, []
            assert isinstance(s.sequence, Var)
            now = self.held(s.sequence, s.sequence, look, place) if self.is_display(s.sequence, look.region) else s.sequence
            shown = now if now != s.sequence else self.again(now, look, place)  # a view shows what the loop has written
            value = op("getitem", shown, new[0].target)
            first += self.out
            self.out = kept
            first.append(Let(before.target, value, place))
            self.facts.facts[new[0].target] = replace(self.facts.of(Const(0)))
            self.defs[before.target] = value
            self.born(before.target, value)
        return tuple(first)
