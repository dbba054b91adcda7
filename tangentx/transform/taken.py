"""Taken out, for ``regions``: items that were popped, and are objects of their own from then on.

p = l.pop()         p stands nowhere in l any more: a write to it is none to l, and reading l behind it needs no check,
p.v = e             unless p was put somewhere again, or may stand in two places of l
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tangentx.ir.nodes import Atom, Call, Var
from tangentx.transform.looks import Look

__all__ = ["Taken"]


class Taken:
    """The part of the regions that knows what was taken out of containers."""

    popped: dict[Var, Var]  # an item's region -> the region of the container that it was taken out of
    back: set[Var]  # those of them that may have been put somewhere since
    tangled: set[Var]  # containers that may hold one object in a slot, and in another object that stands in there
    look: dict[Var, Look]
    held: dict[Var, dict[Var, int]]
    links: dict[Var, dict[Var, None]]
    near_now: dict[Var, set[Var]]
    slots: dict[Var, tuple[Var, Call]]
    kept: dict[Var, dict[Var, None]]  # by containers, of iterations before: what had names that stand for something else by now
    item: Callable[[Var, Var, Call], None]
    reach: Callable[[Var], dict[Var, None]]
    owners: Callable[[Var], list[Var]]
    is_inside: Callable[[Var, Atom], bool]
    may_be_doubled: Callable[[Var], bool]

    def near_kept(self, region: Var) -> set[Var]:
        """The containers that may hold this one since an iteration before, in which its name, or another one of it, stood for that."""

        def another(other: Var) -> bool:  # what stands in it
            return region in self.owners(other)[1:]

        near = {r for r in (region, *self.links.get(region, ())) if not another(r)}
        found = [(c, r) for c, kept in self.kept.items() for r in kept if c not in near]  # a container is not in itself
        return {c for c, r in found if r in near or not (another(r) or near.isdisjoint(self.links.get(r, ())))}

    def take_out(self, var: Var, container: Var, call: Call) -> None:
        """An item is taken out of its container: it stands nowhere in there any more, and is an object of its own."""
        if self.slots.get(var, (None,))[0] != container:  # taken for a part until now
            self.item(var, container, call)
        del self.slots[var]
        self.popped[var] = container
        self.back.discard(var)

    def unhold(self, region: Var, container: Var, items: Iterable[Atom]) -> None:
        """The same of what a display was made of, which has its own name: the container does not hold it any more, unless by another item."""
        if container in self.tangled or self.may_be_doubled(container):
            return
        looks = [look for item in items if isinstance(item, Var) and (look := self.look.get(item)) is not None and look.region != region]
        others = {r for look in looks for r in self.reach(look.region)}
        for inside in self.reach(region):
            if inside not in others and others.isdisjoint(self.links.get(inside, ())):
                self.held[container].pop(inside, None)

    def is_out(self, container: Var, item: Var) -> bool:
        """Whether an item was taken out of the container, and stands nowhere in there any more."""
        return self.popped.get(item) == container and item not in self.back and container not in self.tangled and not self.may_be_doubled(container)

    def tangle(self, holder: Var, value: Atom) -> None:
        """What is put into an object may stand in the container of that object, too."""
        near = {*self.owners(holder), *self.links.get(holder, ())}
        for container in self.held:
            if (
                container not in self.tangled
                and container != holder
                and near & {container, *self.reach(container)}
                and self.is_inside(container, value)
            ):
                self.tangled.add(container)

    def taken_from(self, region: Var) -> list[Var]:
        """The containers that it was taken out of, or what it stands in."""
        return [self.popped[o] for o in self.owners(region) if o in self.popped]

    def comes_back(self, region: Var) -> None:
        """Something is put into a container: it may be what was taken out of one."""
        self.back.update(r for r in (region, *self.near_now.get(region, ())) if r in self.popped)
