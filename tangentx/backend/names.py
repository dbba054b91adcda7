"""Final names: which values share a name, and what it is.

The algorithm:

1. Values that flow into each other (join and carry operands, plain copies) become one class unless they interfere, or
   both have a name worth keeping and the names differ.
2. Classes get names in this order: parameters and closure variables (exactly theirs), the user's names, adjoints and
   tangents of these, temporaries; within a rank in the order of definition.
3. A class wishes for its base name.  It gets it unless that is reserved (keyword, import, function, a builtin in use) or
   a class that interferes has it already; then ``base_1``, ``base_2``, ...  Classes of one base that do not interfere share
   the plain name, as versions of a variable do in the user's own text.  A name belongs to one base only.
4. A temporary with a base of more than 20 characters (``_bar`` and ``_dot`` not counted) is named after its operation:
   ``product``, ``total``, ...

    x.1 = x * x; y = x.1 + x.1; x.2 = y * 2.0       ==>      x = x * x; y = x + x; x = y * 2.0
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from dataclasses import dataclass

from tangentx.backend.liveness import Ranges
from tangentx.backend.operators import INPLACE, operator_of
from tangentx.backend.ownership import named, stem
from tangentx.ir.nodes import Build, Call, For, If, Let, Ref, Var, While
from tangentx.ir.walk import statements

__all__ = ["assign_names", "coalesce"]

LONGEST = 20
OPERATIONS = {
    "add": "total", "sub": "difference", "mul": "product", "matmul": "product", "truediv": "quotient", "floordiv": "quotient",
    "mod": "remainder", "pow": "power", "neg": "negative", "getitem": "item", "and_": "mask", "or_": "mask",
}  # fmt: skip


@dataclass
class _Class:
    """Values that share a name: members and what they interfere with as sets, the base and its rank."""

    members: int
    row: int
    base: str
    rank: int
    first: int

    def interferes(self, other: _Class) -> bool:
        return bool(self.row & other.members or other.row & self.members)


def coalesce(ranges: Ranges, bases: frozenset[str]) -> dict[int, _Class]:
    """The class of each index (see 1. of the module's docstring)."""
    params = {p.var for p in ranges.function.params} | set(ranges.function.free)
    classes: dict[int, _Class] = {}
    for i, var in enumerate(ranges.order):
        rank = 0 if var in params else 1 if var.base in bases else 2 if named(var, bases) else 3
        classes[i] = _Class(1 << i, ranges.rows[i], var.base, rank, i)
    for a, b in _flows(ranges):
        one, other = classes[ranges.index[a]], classes[ranges.index[b]]
        if one is not other and _may_merge(one, other):
            _merge(one, other, classes)
    return classes


def _may_merge(one: _Class, other: _Class) -> bool:
    if one.base != other.base and (0 in (one.rank, other.rank) or 3 not in (one.rank, other.rank)):
        return False
    return not (one.rank == other.rank == 0) and not one.interferes(other)


def _merge(one: _Class, other: _Class, classes: dict[int, _Class]) -> None:
    if (other.rank, other.first) < (one.rank, one.first):
        one, other = other, one
    one.first = min(one.first, other.first)
    one.row |= other.row
    one.members |= other.members
    members = other.members
    while members:
        low = members & -members
        classes[low.bit_length() - 1] = one
        members ^= low


def _flows(ranges: Ranges) -> Iterator[tuple[Var, Var]]:
    """Pairs of names that one value flows between: loops first, for a copy costs most there."""
    caught = {s.target for s in statements(ranges.function.body) if isinstance(s, Let) and s.value == Build("caught")}  # Python deletes it
    loops: list[tuple[Var, Var]] = []
    others: list[tuple[Var, Var]] = []
    for stmt in statements(ranges.function.body):
        if isinstance(stmt, For | While):
            loops += [(c.target, c.back) for c in stmt.carries if isinstance(c.back, Var)]
            others += [(c.target, c.init) for c in stmt.carries if isinstance(c.init, Var)]
        elif isinstance(stmt, If):
            loops += [(j.target, a) for j in stmt.joins if j.target in ranges.live_joins for a in (j.then, j.orelse) if isinstance(a, Var)]
        elif isinstance(stmt, Let) and isinstance(stmt.value, Var):
            others.append((stmt.target, stmt.value))
        elif isinstance(stmt, Let) and operator_of(stmt.value) in INPLACE and isinstance(stmt.value, Call) and isinstance(stmt.value.args[0], Var):
            others.append((stmt.target, stmt.value.args[0]))
    for a, b in (*loops, *others):
        if a in ranges.index and b in ranges.index and a not in ranges.returned and b not in caught:
            yield a, b


def assign_names(ranges: Ranges, classes: dict[int, _Class], reserved: frozenset[str]) -> dict[Var, str]:
    """The name of every value that is printed (see 2. to 4. of the module's docstring)."""
    distinct = sorted({id(c): c for c in classes.values()}.values(), key=lambda c: (c.rank, c.first))
    shorter = _shorter_bases(ranges)
    owner = {c.base: c.base for c in distinct if c.rank < 3}
    slots: dict[str, list[_Class]] = {}  # for each base the names in use; one summed class stands for all that hold a name
    numbers: dict[str, int] = {}
    chosen: dict[int, str] = {}
    for c in distinct:
        base = shorter.get(c.base, c.base) if c.rank == 3 else c.base
        held = slots.setdefault(base, [])
        row, members = c.row, c.members
        slot = next((s for s in held if not (row & s.members or s.row & members)), None)
        if slot is None:
            slot = _Class(0, 0, "", c.rank, c.first)
            while not slot.base:
                number = numbers.get(base, 0)
                name = f"{base}_{number}" if number else base
                if c.rank == 0 or not (name in reserved or keyword.iskeyword(name) or owner.get(name, base) != base):
                    slot.base = name
                    owner[name] = base
                numbers[base] = number + 1
            held.append(slot)
        slot.row |= row
        slot.members |= members
        chosen[id(c)] = slot.base
    return {var: chosen[id(classes[i])] for var, i in ranges.index.items()}


def _shorter_bases(ranges: Ranges) -> dict[str, str]:
    """For bases that are too long, or no names: one after the operation."""
    bases = {v.base: None for v in ranges.order if len(stem(v.base)) > LONGEST or not v.base.isidentifier()}
    if not bases:
        return {}
    operation: dict[str, str] = {}
    lets = [*(s for s in statements(ranges.function.body) if isinstance(s, Let))]
    for var, value in [*((s.target, s.value) for s in lets), *ranges.inline.items()]:
        if isinstance(value, Call) and not isinstance(value.fn, Var):
            attr = value.fn.attr if isinstance(value.fn, Ref) else value.fn.name
            operation.setdefault(var.base, OPERATIONS.get(operator_of(value) or "", attr.rpartition(".")[2]))
    found: dict[str, str] = {}
    for base in bases:
        word = operation.get(stem(base), "value")
        found[base] = (word if word.isidentifier() else "value") + base[len(stem(base)) :]
    return found
