"""The families of random programs, by name; ``python -m tests.fuzz --family NAME``.

    program(7, "mutation")    ->    Sample(text, entry, args, wrt), always the same

scalar array store    plain code (``grammar``)
mutation              arrays written in place, as people write them
aliases               the same memory under many names
slots                 objects in containers: taken, replaced, written by two names
held                  arrays that something is given, and that are written there
rows                  rows of an array that is made, changed in place
containers            lists, dicts, tuples, records that are built and changed
flow                  few names on many ways: made in an arm, kept by a break
closures              lambdas, local functions, functions as values, small classes
namesakes             programs of the others, with the names that NumPy has
"""

from __future__ import annotations

from tests.fuzz.aliases import Aliases
from tests.fuzz.closures import Closures
from tests.fuzz.containers import Containers
from tests.fuzz.flow import Flow
from tests.fuzz.grammar import Sample, Writer
from tests.fuzz.held import Held
from tests.fuzz.mutation import Mutation
from tests.fuzz.namesakes import renamed
from tests.fuzz.rows import Rows
from tests.fuzz.slots import Slots

__all__ = ["FAMILIES", "program"]

WRITERS: dict[str, type[Writer] | type[Slots] | type[Flow] | type[Held] | type[Rows]] = {
    "scalar": Writer,
    "array": Writer,
    "store": Writer,
    "mutation": Mutation,
    "aliases": Aliases,
    "slots": Slots,
    "held": Held,
    "rows": Rows,
    "containers": Containers,
    "closures": Closures,
    "flow": Flow,
}
RENAMED = ("closures", "slots", "containers", "mutation", "aliases", "array")
FAMILIES = (*WRITERS, "namesakes")


def program(seed: int, family: str) -> Sample:
    """The program of a seed."""
    if family == "namesakes":
        base = RENAMED[seed % len(RENAMED)]
        return renamed(program(seed, base), base, seed)
    return WRITERS[family](seed, family).sample()
