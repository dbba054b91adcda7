"""Crossed: two parameters, one of which is written and the other one read then; that they share nothing is checked on entry.

for b, f in zip(bodies, forces): b.v += f      ==>      check_ahead(bodies, forces); ...      an array that comes later is none of those before
for b in bodies: b.v += f                      ==>      check_separate(f, bodies); ...        it is read again and again

What is written is a copy, so that nothing of it would show in the other parameter.  A loop that goes through both of them by one index reads an
item before it writes the one of this turn: there it is enough that the items do not cross.
"""

from __future__ import annotations

from tangentx.analysis.aliases import is_inplace
from tangentx.analysis.evidence import root, versions
from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Atom, Call, Const, Count, Each, Effect, For, Function, Let, Place, Ref, Source, Store, Var, While
from tangentx.ir.walk import expr_atoms, statements
from tangentx.transform.build import helper
from tangentx.transform.regions import Look, Regions
from tangentx.transform.settings import Again, Settings
from tangentx.transform.slots import ARITHMETIC

__all__ = ["Crossed", "numbers_asked"]

STRENGTH = ("", "check_ahead", "check_apart", "check_separate")
MAKE_NUMBERS = ("math", "builtins", "numpy")


def numbers_asked(function: Function, facts: Facts) -> list[Var]:
    """The parameters that are taken for numbers where a number is made of them, ``float(o)``, ``math.sqrt(o)``, once something was written.

    An object's class says which number that is, and may read for it what was written.
    """
    same, asked, late = versions(function), dict[Atom, None](), False
    for stmt in statements(function.body):
        inside = statements((stmt,)) if isinstance(stmt, For | While) else (stmt,)
        late = late or any(isinstance(s, Store) or is_inplace(s) for s in inside)
        call = stmt.value if isinstance(stmt, Let | Effect) else None
        if late and isinstance(call, Call) and isinstance(call.fn, Ref) and call.fn.module in MAKE_NUMBERS:
            asked.update((root(a, same), None) for a in expr_atoms(call))
    return [p.var for p in function.params if p.var in asked and p.said == "" and facts.of(p.var).scalar]


class Crossed:
    """The part of the walk that knows which parameters must not overlap."""

    facts: Facts
    settings: Settings
    regions: Regions
    params: set[Var]
    at: list[int]  # the statements around this point, and their arms
    steps: dict[Var, tuple[int, ...]]  # items of sequences from their beginning, and the indices of these -> their loop
    spots: dict[Var, dict[tuple[int, ...] | None, None]]  # copies of parameters -> the loops by whose index they were written; None: otherwise
    ahead: dict[tuple[Var, Var], tuple[int, ...]]  # parameters that a loop goes through together

    def in_turn(self, sources: tuple[Source, ...]) -> None:
        """Notes what goes from one item to the next, from the first one on."""
        if all(not isinstance(s, Count) or s.start == Const(0) for s in sources):
            self.steps.update({s.target: tuple(self.at) for s in sources if isinstance(s, Count) or (isinstance(s, Each) and not s.backwards)})

    def spot(self, look: Look, stmt: Store) -> None:
        """Notes where the copy of a parameter is written: at the index of an item, be that one or something in it."""
        if look.region not in self.regions.copies:
            return
        index: Atom | None = stmt.index if look.whole and stmt.op in ("", *ARITHMETIC) else None
        while look.call is not None and (inner := self.regions.of(look.call.args[0])) is not None:
            index = look.call.args[1] if getattr(look.call.fn, "attr", "") == "getitem" else None
            look = inner
        self.spots.setdefault(look.region, {})[self.steps.get(index) if isinstance(index, Var) else None] = None

    def other_parameters(self, var: Var, region: Var, time: int) -> None:
        """A parameter that is read, or what stands in it, after another one was written to: the two must not overlap.

        What was read of it after that, by the walk's clock, does not show the write either; ``time``: when the name ``var`` was made.
        """
        regions = self.regions
        near = {o: None for r in regions.owners(region) for o in (r, *regions.links.get(r, ()))}
        for mine in dict.fromkeys(regions.copies.get(r, r) for r in near if r in self.params or r in regions.copies):
            turn = self.turn(var, mine)
            for copy, other in regions.copies.items():
                late = [r for r in (copy, *regions.links.get(copy, ())) if r in regions.wrote]
                before = all(copy in regions.owners(r) and not regions.since(r, time) for r in late)
                if late and other != mine and not self.crosses(turn, before, other, mine):
                    slots = all(r == copy and regions.only_slots(r, -1) for r in late)  # what it is linked to may be a part of it
                    self.set_apart(other, mine, "check_apart" if slots or self.facts.one_is_array(other, mine) else "check_separate")
            for other, bump in [(o, bump) for r, bump in regions.bumped.items() for o in (r, *regions.links.get(r, ()))]:
                if other == mine or other not in self.params or self.facts.of(other).scalar or self.facts.of(mine).scalar:
                    continue
                if not self.crosses(turn, bump.time <= time and turn == self.turn(bump.old, other), other, mine):
                    lists = not self.facts.one_is_array(other, mine)  # that may be extended
                    self.set_apart(other, mine, "check_separate" if lists else "check_apart")

    def turn(self, atom: Atom, param: Var) -> tuple[int, ...] | None:
        """The loop that goes through the parameter, if it is one of its items, from the first one on, or stands in it."""
        look = self.regions.of(atom)
        while look is not None and look.call is not None:
            atom = look.call.args[0]
            look = self.regions.of(atom)
        if look is None:
            return None
        item = look.item or self.regions.owners(look.region)[-1]
        sequence = look.region if look.item else self.regions.sequences.get(item)
        return self.steps.get(item) if sequence is not None and self.regions.copies.get(sequence, sequence) == param else None

    def crosses(self, turn: tuple[int, ...] | None, before: bool, written: Var, read: Var) -> bool:
        """Whether it is enough that the items of two parameters do not cross: one is read ``before`` the other one is written in its turn."""
        if turn is None or not before or self.ahead.setdefault((written, read), turn) != turn:
            return False
        self.set_apart(written, read, "check_ahead")
        return True

    def only_in_turn(self) -> None:
        """In the end all is known that was written: where it was not the item of its turn, the parameters must not overlap."""
        for (written, read), turn in self.ahead.items():
            spots = {s for copy, param in self.regions.copies.items() if param == written for s in self.spots.get(copy, ())}
            if spots - {turn}:
                self.set_apart(written, read, "check_separate")

    def entry_checks(self, place: Place) -> list[Effect]:
        """The checks of the pairs that were found."""
        pairs = [(name, (w, r) if name == "check_ahead" else (r, w)) for (w, r), name in self.settings.apart.items()]
        return [Effect(helper(name, *pair), place) for name, pair in pairs]

    def set_apart(self, written: Var, read: Var, name: str) -> None:
        """Two parameters are checked on entry; the stronger check holds."""
        if STRENGTH.index(self.settings.apart.get((written, read), "")) < STRENGTH.index(name):
            self.settings.apart[written, read] = name
            raise Again
