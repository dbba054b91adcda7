"""What is known of one value, and what is known of a value that is one of two.

meet(scalar float, scalar int) == scalar float          meet(array of shape a, array of shape b) == array
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tangentx.analysis.kinds import INACTIVE, SCALARS
from tangentx.ir.nodes import Atom, Const, Var

__all__ = ["NOTHING", "UNKNOWN", "Fact", "Facts", "alike_fact", "item_meet", "joined_fact", "meet"]


@dataclass(frozen=True)
class Fact:
    """What is known of a value: its kind, its shape class, its rank, whether it may be undefined on some path, and what
    each of its items is known to be (of a list, a tuple, a dict's values; ``NOTHING`` while there are none)."""

    kind: str = "any"
    shape: Any = None
    rank: int | None = None
    maybe_undefined: bool = False
    item: Fact | None = None

    @property
    def scalar(self) -> bool:
        """Whether it is known to be a scalar."""
        return self.kind in SCALARS or self.shape == ()


UNKNOWN = Fact()
NOTHING = Fact("undef")


class Facts:
    """Facts by name; ``of`` works on any atom."""

    def __init__(self) -> None:
        self.facts: dict[Var, Fact] = {}
        self.assumed: set[Var] = set()  # what is taken for a number by its annotation or its use: an array of shape () may stand there

    def of(self, atom: Atom) -> Fact:
        """What is known of an operand."""
        if isinstance(atom, Var):
            return self.facts.get(atom, UNKNOWN)
        value = atom.value if isinstance(atom, Const) else atom.obj if not atom.live else None
        for types, kind in ((bool, "bool"), (int, "int"), (float, "float"), (str, "str")):
            if isinstance(value, types):
                return Fact(kind, ())
        if isinstance(atom, Const) and value is None:
            return Fact("none")
        return UNKNOWN

    def same_shape(self, a: Atom, b: Atom) -> bool:
        """Whether both are known to have one shape."""
        x, y = self.of(a), self.of(b)
        return a == b or (x.scalar and y.scalar) or (x.shape is not None and x.shape == y.shape)

    def one_is_array(self, a: Atom, b: Atom) -> bool:
        """Whether one of two values is known to be an array: then they have memory in common, or nothing."""
        return "array" in (self.of(a).kind, self.of(b).kind)

    def inactive(self, atom: Atom) -> bool:
        """Whether a value of this kind can carry no derivative."""
        return self.of(atom).kind in INACTIVE


def meet(a: Fact, b: Fact) -> Fact:
    """What is known of a value that is one of two."""
    undefined = a.maybe_undefined or b.maybe_undefined
    if a.kind == "undef" or b.kind == "undef":
        return replace(b if a.kind == "undef" else a, maybe_undefined=True)
    if {a.kind, b.kind} == {"int", "float"}:
        return Fact("float", (), maybe_undefined=undefined)
    kind = a.kind if a.kind == b.kind else "any"
    shape = a.shape if a.shape == b.shape else None
    item = item_meet(a.item, b.item) if a.item is not None and b.item is not None else None
    return Fact(kind, shape, a.rank if a.rank == b.rank else None, undefined, item)


def item_meet(*facts: Fact) -> Fact | None:
    """What is known of every one of some items; None if that is nothing.  Arrays may differ in shape."""
    found = NOTHING
    for fact in facts:
        met = replace(meet(found, fact), maybe_undefined=False)
        found = met if met.scalar else replace(met, shape=None)
        if found == UNKNOWN:
            return None
    return found


def alike_fact(name: str, args: list[Fact], of_numpy: bool) -> Fact:
    """What is known of something like its argument; NumPy makes arrays of lists, and ``cast_like`` lists of arrays, where such were given."""
    if of_numpy and args[0].kind in ("list", "tuple"):
        return Fact("array")
    if name == "cast_like" and args[-1].kind in ("any", "list", "tuple"):
        return UNKNOWN
    return replace(args[0], maybe_undefined=False)


def joined_fact(name: str, args: list[Fact]) -> Fact | None:
    """What ``+`` or ``*`` makes of lists or tuples; None where it may be arithmetic."""
    sequences = [a for a in args if a.kind in ("list", "tuple")]
    surely = name in ("concat", "repeat") or all(a.kind in ("list", "tuple", "int") for a in args)
    if not sequences or not (surely or name == "iadd" and args[0].kind == "list"):  # a list takes in whatever has items
        return None
    known = all(a.item is not None or a.kind == "int" for a in args)
    return Fact(sequences[0].kind, item=item_meet(*(a.item for a in sequences if a.item is not None)) if known else None)
