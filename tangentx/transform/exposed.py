"""Exposed: views of dicts that functions return, for ``memory``.  A list of the items is made, which the dict does not change any more.

v = shown_items(items, d); f(v)                      ==>      v = items; f(v)
v = shown_items(items, d); d['a'] = e; f(v)          ==>      refused: the view would show e
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.errors import AliasError
from tangentx.ir.nodes import Atom, Block, Call, Function, Let, Place, Ref, Stmt, Store, Var
from tangentx.ir.walk import map_blocks
from tangentx.transform.looks import Look
from tangentx.transform.regions import Regions

__all__ = ["Exposed", "without_marks"]


def _mark(stmt: Stmt) -> Call | None:
    call = stmt.value if isinstance(stmt, Let) and isinstance(stmt.value, Call) else None
    return call if call is not None and isinstance(call.fn, Ref) and call.fn.attr == "shown_items" else None


def without_marks(function: Function) -> Function:
    """A function that writes nothing, without what says which dict a list was made of."""

    def plain(stmt: Stmt) -> Stmt:
        call = _mark(stmt)
        new = replace(stmt, value=call.args[0]) if call is not None and isinstance(stmt, Let) else stmt
        return map_blocks(new, block)

    def block(stmts: Block) -> Block:
        return tuple(map(plain, stmts))

    return replace(function, body=block(function.body))


class Exposed:
    """The part of the walk that knows of which dicts lists were made in place of a view."""

    regions: Regions
    views: dict[Var, tuple[Var, int]]  # a list of items -> the dict, and when it was made
    merged: dict[Var, tuple[Atom, ...]]  # what comes out of branches and loops
    keyed: dict[Var, int]  # when something was put in a dict by its key, or taken out

    def unmarked(self, stmt: Stmt) -> Stmt:
        """The statement without the mark, which is noted."""
        if (call := _mark(stmt)) is None or not isinstance(stmt, Let):
            return stmt
        items, shown = (self.regions.of(a) for a in call.args)
        if items is not None and shown is not None:
            self.views[items.region] = shown.region, self.regions.tick()
        return replace(stmt, value=call.args[0])

    def put_by_key(self, look: Look, stmt: Store) -> None:
        """Notes a write to a container itself."""
        if look.whole and stmt.op not in ("setattr", "add_field"):
            self.keyed[look.region] = self.regions.tick()

    def still_shown(self, region: Var, place: Place) -> None:
        """What is read is no view of a dict that has other items by now."""
        for view in self.may_be_views(region) if self.views else ():
            owner, made = self.views[view]
            known = self.regions.first.get(view, -1) < made  # else the list is being made again
            if known and any(self.keyed.get(r, -1) > made for r in (owner, *self.regions.links.get(owner, ()))):
                reason = "what .values() of a dict gives is kept, and shows what is written to the dict later"
                raise AliasError(reason, place, "Make a list of it: list(d.values()).")

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
