"""Exposed: lists made at once of what Python reads later, for ``memory``: views of dicts that functions return, and lazy iterators.

v = shown_items(items, d); f(v)                      ==>      v = items; f(v)
v = shown_items(items, d); d['a'] = e; f(v)          ==>      refused: the view would show e

effect taken_early(items, u); for v in items: w[0] = v            refused where w is u, checked by the run where it may be
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tangentx.analysis.aliases import index_kind
from tangentx.analysis.fact import Facts
from tangentx.errors import AliasError
from tangentx.ir.nodes import Atom, Block, Build, Call, Const, Effect, Expr, Function, Let, Place, Ref, Stmt, Store, Var
from tangentx.ir.walk import map_blocks, merges, statements
from tangentx.transform.looks import Look
from tangentx.transform.regions import Regions

__all__ = ["Exposed", "Shown", "returns_view", "without_marks"]


@dataclass(frozen=True)
class Shown:
    """What a list was made of, and when; ``early`` where Python reads that step by step, else it is a dict of which this is a view.

    Of the owners ``within``, what stands in them was read, too.
    """

    owners: tuple[Var, ...]
    made: int
    early: bool = False
    within: tuple[Var, ...] = ()


def _mark(stmt: Stmt) -> Call | None:
    call = stmt.value if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) else None
    return call if call is not None and _is_mark(call, "shown_items" if isinstance(stmt, Let) else "taken_early") else None


def _is_mark(call: Call, name: str) -> bool:
    return isinstance(call.fn, Ref) and call.fn.module == "tangentx.runtime" and call.fn.attr == name


def without_marks(function: Function) -> Function:
    """A function that writes nothing, without what says what a list was made of."""

    def plain(stmt: Stmt) -> Stmt:
        call = _mark(stmt)
        new = replace(stmt, value=call.args[0]) if call is not None and isinstance(stmt, Let) else stmt
        return map_blocks(new, block)

    def block(stmts: Block) -> Block:
        return tuple(plain(s) for s in stmts if _mark(s) is None or isinstance(s, Let))

    return replace(function, body=block(function.body))


def returns_view(function: Function, shows: Callable[[Call, Place], bool]) -> bool:
    """Whether what it returns may be a list in the place of a view, or hold one; ``shows`` says that of a function that it calls."""
    made: dict[Atom, list[tuple[Expr, Place]]] = {}
    for target, values in merges(every := tuple(statements(function.body))):
        made[target] = [(v, function.place) for v in values]
    for stmt in every:
        if isinstance(stmt, Let):
            made[stmt.target] = [(stmt.value, stmt.place)]
        elif isinstance(stmt, Store):
            made[stmt.target] = [(stmt.base, stmt.place), (stmt.value, stmt.place)]
    found: dict[Atom, None] = {function.result: None}
    stack = [function.result]
    while stack:
        for value, place in made.get(stack.pop(), ()):
            if isinstance(value, Call) and (_is_mark(value, "shown_items") or shows(value, place)):
                return True
            parts = value.items if isinstance(value, Build) else () if isinstance(value, Call) else (value,)
            stack += [a for a in parts if a not in found]
            found.update(dict.fromkeys(parts))
    return False


class Exposed:
    """The part of the walk that knows of which dicts lists were made in place of a view, and what was taken early."""

    facts: Facts
    defs: dict[Var, Expr]
    regions: Regions
    views: dict[Var, Shown]  # by the list that was made
    merged: dict[Var, tuple[Atom, ...]]  # what comes out of branches and loops
    keyed: dict[Var, int]  # when something was put in a dict or list by its key, or taken out, or an array changed
    attributes: dict[Var, int]  # when an attribute was written
    filled: set[Var]  # what may be an array that was written
    apart: Callable[..., None]
    kept: Callable[[Var], str]
    is_container: Callable[[Store], bool]

    def unmarked(self, stmt: Stmt) -> Stmt:
        """The statement without the mark, which is noted."""
        if (call := _mark(stmt)) is None or not isinstance(stmt, Let):
            return stmt
        items, shown = (self.regions.of(a) for a in call.args)
        if items is not None and shown is not None:
            self.views[items.region] = Shown((shown.region,), self.regions.tick())
        return replace(stmt, value=call.args[0])

    def is_noted(self, stmt: Stmt) -> bool:
        """Whether it is but a mark of what was taken early, which is noted."""
        if (call := _mark(stmt)) is None or isinstance(stmt, Let):
            return False
        items, _, *seen = (self.regions.of(self.regions.names.get(a, a) if isinstance(a, Var) else a) for a in call.args)
        if items is not None and items.whole and isinstance(count := call.args[1], Const):
            owners = [None if s is None else s.region for s in seen]
            whole, within = (tuple(dict.fromkeys(o for o in part if o is not None)) for part in (owners[: count.value], owners[count.value :]))
            self.views[items.region] = Shown(whole, self.regions.tick(), True, within)
        return True

    def put_by_key(self, look: Look, stmt: Store) -> None:
        """Notes a write to a container itself, or to a view of an array; and one to an attribute."""
        if stmt.op in ("setattr", "add_field"):
            self.attributes[look.region] = self.regions.tick()
        elif self.shows_items(look):
            self.keyed[look.region] = self.regions.tick()
            if stmt.op == "" and not self.is_container(stmt):
                self.filled.add(look.region)

    def shows_items(self, look: Look | None) -> bool:
        """Whether a write there changes which items a container has, or an array: not where it goes through one of the items."""
        if look is None or look.whole or look.call is None:
            return look is not None and look.whole
        part = getattr(look.call.fn, "attr", "") == "getitem" and len(look.call.args) == 2
        if part and index_kind(look.call.args[1], self.facts, self.defs) != "basic":
            return False
        return self.shows_items(self.regions.of(look.call.args[0]))

    def changed_whole(self, look: Look | None) -> None:
        """Notes that ``u += e`` changes a list or an array, if it is one."""
        if look is not None and look.whole and self.views:
            self.keyed[look.region] = self.regions.tick()
            self.filled.add(look.region)

    def still_shown(self, region: Var, place: Place) -> None:
        """What is read is no view of a dict that has other items by now, and was not taken too early."""
        for view in self.may_be_views(region) if self.views else ():
            shown = self.views[view]
            if self.regions.first.get(view, -1) < shown.made:  # else the list is being made again
                for owner in shown.owners:
                    self.still_shows(
                        owner, [r for r in (owner, *self.regions.links.get(owner, ())) if self.keyed.get(r, -1) > shown.made], shown, place
                    )
                for owner in shown.within:
                    self.still_shows(owner, self.changed_within(owner, shown.made), shown, place)

    def changed_within(self, owner: Var, made: int) -> list[Var]:
        """What was written after that time and may be the owner, or stand in it."""
        regions = self.regions
        inside = regions.reach(owner)
        near = {n: None for r in inside for n in (r, *regions.links.get(r, ()))}
        late = [r for r in {**self.keyed, **self.attributes} if max(self.keyed.get(r, -1), self.attributes.get(r, -1)) > made]
        return [owner if r in inside or owner in regions.owners(r) else r for r in late if r in near or not near.keys().isdisjoint(regions.owners(r))]

    def still_shows(self, owner: Var, late: list[Var], shown: Shown, place: Place) -> None:
        """Nothing that was written late is the owner: that is refused, or the run checks it."""
        if not late:
            return
        if not shown.early:
            reason = "what .values() of a dict gives is kept, and shows what is written to the dict later"
            raise AliasError(reason, place, "Make a list of it: list(d.values()).")
        name = self.regions.current.get(owner)
        if owner in late or name is None:
            named = f"{owner.base!r} is written while something goes through it step by step, or before that"
            reason = named if place.names(owner.base) else "what this goes through step by step is written meanwhile, or before that"
            raise AliasError(reason, place, "Take all of it at once, where it is made: list(...).")
        for other in late:
            self.apart(name, owner, other, shown.made, place, self.kept(other) if other in self.filled else "check_outside")

    def may_be_views(self, region: Var) -> list[Var]:
        """The views that a value is, or may be behind a branch or loop, or as what stands in a container; what is in a view is none."""
        found, stack, regions = dict.fromkeys([region]), [region], self.regions
        while stack:
            name = stack.pop()
            looks = (regions.of(v) for v in self.merged.get(name, ()))
            near = [look.region for look in looks if look is not None and look.whole]
            owners = regions.owners(name)[1:]
            if not any(o in self.views for o in owners):
                near += [r for o in owners for r in regions.held.get(o, ()) if (o, r) not in regions.shallow and r in regions.links.get(name, ())]
            stack += [r for r in near if r not in found]
            found.update(dict.fromkeys(near))
        return [r for r in found if r in self.views]
