"""Lends: the fields of a tape of which nothing but the structure is read, so that a write to what they hold does not matter.

append tape <- row, v                          for row, v in tape backwards:
row.1 = store row[j] = e          and              t = put_at(row, j, v)          row lends its structure: the first field of tape
                                                   s = f(row)                     here it is read: so is the field

Tapes are made by reverse mode; who differentiates again walks over them as over any other container.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tangentx.analysis.aliases import regions_of
from tangentx.analysis.containers import OPS
from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Append, Atom, Attribute, Call, For, Function, If, Let, Pop, ReadTape, Ref, Stmt, Store, Var, While
from tangentx.ir.walk import edge_atoms, own_atoms, statements

__all__ = ["Lends", "find_lends"]

LIKE = {"unbroadcast": 1, "broadcast_like": 1, "cast_like": 1, "packed": 1, "each": 1, "put_at": 0, "put_field": 0, "zeros_like": 0}
SIZES = ("shape", "ndim", "size", "zeros_like")
NUMBERS = ("shape", "ndim", "size", "dtype")


@dataclass(frozen=True)
class Lends:
    """``fields``: (tape, position) that lend their structure only; ``names``: what is read from such fields."""

    fields: frozenset[tuple[Var, int]] = frozenset()
    names: frozenset[Var] = frozenset()


def find_lends(function: Function, facts: Facts) -> Lends:
    """What the tapes of a function hold for its structure only: but nothing whose size a later write may change."""
    every = tuple(statements(function.body))
    appends = [s for s in every if isinstance(s, Append)]
    if not appends:
        return Lends()
    reads = [(s.tape, s.targets) for s in every if isinstance(s, Pop)]
    reads += [(r.tape, r.targets) for s in every if isinstance(s, For) for r in s.sources if isinstance(r, ReadTape)]
    first = _one_name(every, appends, reads)
    taken: dict[tuple[Atom, int], list[Var]] = {}
    for tape, targets in reads:
        for k, t in enumerate(targets):
            taken.setdefault((first.get(tape, tape), k), []).extend([t] if t is not None else [])
    tapes = {first.get(a.tape, a.tape) for a in appends}
    looked = _looked_at(every, function)
    escaped = {first.get(v, v) for v in looked if first.get(v, v) in tapes}
    put: dict[Var, list[tuple[Atom, int]]] = {}
    for a in appends:
        for k, value in enumerate(a.values):
            if isinstance(value, Var):
                put.setdefault(value, []).append((first.get(a.tape, a.tape), k))
    resized = {(first.get(a.tape, a.tape), k) for a, k in _resized(function, facts)}
    fields = {f for f in taken if f[0] in tapes - escaped and f not in resized}
    while wrong := {f for f in fields if any(t in looked or any(p not in fields for p in put.get(t, ())) for t in taken[f])}:
        fields -= wrong
    names = frozenset(t for f in fields for t in taken[f])
    return Lends(frozenset((a.tape, k) for a in appends for k in range(len(a.values)) if (first.get(a.tape, a.tape), k) in fields), names)


def _resized(function: Function, facts: Facts) -> Iterator[tuple[Append, int]]:
    """The positions of what a write changes in size later: behind it, or in the same loop."""
    changes: list[Store] = []
    region = regions_of(function, facts)
    for stmt in reversed(function.body):  # in front of the statements seen so far
        inner = tuple(statements((stmt,)))
        changes += [s for s in inner if isinstance(s, Store) and s.op in OPS and not _takes_key_back(s, facts)]
        for a in (s for s in inner if isinstance(s, Append) and changes):
            for k, value in enumerate(a.values):
                if isinstance(value, Var) and any(region(s.base) & region(value) for s in changes):
                    yield a, k


def _takes_key_back(stmt: Store, facts: Facts) -> bool:
    """Whether it is the reverse of a write into a dict under a key that was new."""
    return stmt.op == "del" and not stmt.place.own and facts.of(stmt.through or stmt.base).kind == "dict"


def _one_name(every: tuple[Stmt, ...], appends: list[Append], reads: list[tuple[Atom, tuple[Var | None, ...]]]) -> dict[Atom, Atom]:
    """For each tape one of its names: inner tapes are fields of outer ones, and are read under another name."""
    first: dict[Atom, Atom] = {a.tape: a.tape for a in appends}
    joined: list[tuple[Atom, Atom]] = [(j.target, v) for s in every if isinstance(s, If) for j in s.joins for v in (j.then, j.orelse)]
    joined += [(c.target, v) for s in every if isinstance(s, For | While) for c in s.carries for v in (c.init, c.back)]
    while True:
        pairs = [p for p in joined if p[0] in first or p[1] in first]
        for tape, targets in reads:
            for a in appends:
                if first[a.tape] == first.get(tape):
                    pairs += [(t, v) for t, v in zip(targets, a.values) if t is not None and v in first]
        grown = [(t, v) for t, v in pairs if isinstance(v, Var) and first.get(t, t) != first.get(v, v)]
        if not grown:
            return first
        for t, v in grown:
            old, new = first.get(t, t), first.get(v, v)
            first.update({name: new for name, f in first.items() if f == old})
            first.update({t: new, v: new})


def _looked_at(every: Iterable[Stmt], function: Function) -> frozenset[Var]:
    """The names that are read for more than their structure; tapes that are put on tapes and read from them are not."""
    found: dict[Atom, None] = {function.result: None}
    for stmt in every:
        if isinstance(stmt, Append | Pop):
            continue
        own = set(own_atoms(stmt))
        if isinstance(stmt, For):
            own -= {s.tape for s in stmt.sources if isinstance(s, ReadTape)}
        if isinstance(stmt, Let) and isinstance(stmt.value, Call):
            call = stmt.value
            lender = _lender(call)
            own = {a for k, a in enumerate(call.args) if k != lender} | {a for _, a in call.kwargs}
            own |= {call.fn} if isinstance(call.fn, Var) else set()
        found.update(dict.fromkeys(own))
        found.update(dict.fromkeys(edge_atoms(stmt)))
    return frozenset(a for a in found if isinstance(a, Var))


def _lender(call: Call) -> int:
    """The argument of which a call reads the structure only; -1 if it has none."""
    if isinstance(call.fn, Attribute):
        return 0 if call.fn.name in NUMBERS and not call.fn.own else -1
    if not isinstance(call.fn, Ref):
        return -1
    if call.fn.module == "tangentx.runtime":
        return LIKE.get(call.fn.attr, -1)
    return 0 if call.fn.module == "numpy" and call.fn.attr in SIZES or call.fn.obj is len else -1
