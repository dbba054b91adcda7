"""Activity: a name is active when it is *varied* (depends on an input of interest) and *useful* (the output depends on it).

    def f(x, n):          varied: x, y        useful: x, n?, y       active: x, y
        y = x * n         n never varies; y carries the derivative
        return y

Both are monotone closures over the reads of each statement.  Tapes are followed field by field: what is read from a tape
is what was appended to it.  A value that an opaque tape or container brings in counts as active: never a guess of zero.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Iterator

from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import (
    Append,
    Atom,
    Block,
    Build,
    Call,
    Each,
    Expr,
    For,
    Function,
    If,
    Let,
    NewTape,
    Pop,
    ReadTape,
    Ref,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import expr_atoms, statements
from tangentx.rules.table import Rulebook

__all__ = ["escaping_tapes", "find_active", "find_varied", "read_fields"]

Pairs = Iterable[tuple[Var, Var]]


def find_varied(function: Function, wrt: Iterable[Var], facts: Facts, rulebook: Rulebook, late: Pairs = ()) -> frozenset[Var]:
    """The names that depend on one of ``wrt``, by value and differentiably; those of ``late`` values on what is written to what they see, too."""
    edges: dict[Var, list[Var]] = {}
    for target, source in (*late, *_edges(function.body, facts, rulebook)):
        edges.setdefault(source, []).append(target)
    return _closure(wrt, edges)


def find_active(function: Function, wrt: Iterable[Var], facts: Facts, rulebook: Rulebook, late: Pairs = ()) -> frozenset[Var]:
    """The names that are varied and useful for the result."""
    varied = find_varied(function, wrt, facts, rulebook, late)
    back: dict[Var, list[Var]] = {}
    for target, source in (*late, *_edges(function.body, facts, rulebook, tapes=True)):
        back.setdefault(target, []).append(source)
    roots = [*([function.result] if isinstance(function.result, Var) else []), *_opaque_tapes(function.body)]
    return varied & _closure(roots, back)


def _opaque_tapes(block: Block) -> list[Var]:
    """The tapes that are read here and were written elsewhere, by who could not know what would be read: all of them count."""
    written = _appended(block)
    reads = [s.tape for s in statements(block) if isinstance(s, Pop)]
    reads += [r.tape for s in statements(block) if isinstance(s, For) for r in s.sources if isinstance(r, ReadTape)]
    return [t for t in reads if isinstance(t, Var) and written(t) is None]


def _closure(roots: Iterable[Var], edges: dict[Var, list[Var]]) -> frozenset[Var]:
    seen = dict.fromkeys(roots)
    stack = list(seen)
    while stack:
        for other in edges.get(stack.pop(), ()):
            if other not in seen:
                seen[other] = None
                stack.append(other)
    return frozenset(seen)


def _edges(block: Block, facts: Facts, rulebook: Rulebook, tapes: bool = False) -> Iterator[tuple[Var, Var]]:
    """(target, source): target's value depends differentiably on source's.

    ``tapes``: what is read from a tape depends on the tape, too (it is useful), not only on what was appended.
    """
    written = _appended(block)
    for stmt in statements(block):
        if isinstance(stmt, Let):
            pairs: Iterable[tuple[Var | None, Atom]] = (
                (stmt.target, a) for a in differentiable(stmt.value, rulebook) if not _lists_keys(stmt.value, facts)
            )
        elif isinstance(stmt, Unpack):
            pairs = ((t, stmt.source) for t in stmt.targets)
        elif isinstance(stmt, Store):
            pairs = ((stmt.target, stmt.base), (stmt.target, stmt.value))
        elif isinstance(stmt, If):
            pairs = ((j.target, a) for j in stmt.joins for a in (j.then, j.orelse))
        elif isinstance(stmt, For | While):
            pairs = [(c.target, a) for c in stmt.carries for a in (c.init, c.back)]
            if isinstance(stmt, For):
                pairs += [(s.target, s.sequence) for s in stmt.sources if isinstance(s, Each) and not _gives_keys(stmt, s, facts)]
                for s in stmt.sources:
                    if isinstance(s, ReadTape):
                        pairs += _tape_reads(s.targets, s.tape, written, tapes)
        elif isinstance(stmt, Pop):
            pairs = _tape_reads(stmt.targets, stmt.tape, written, tapes)
        elif isinstance(stmt, Append):
            pairs = ((stmt.tape, a) for a in stmt.values)
        else:
            pairs = ()
        for target, source in pairs:
            if target is not None and isinstance(source, Var) and not facts.inactive(target) and not facts.inactive(source):
                yield target, source


def _lists_keys(value: Expr, facts: Facts) -> bool:
    """Whether this is ``list(d)`` of a dict."""
    if not (isinstance(value, Call) and isinstance(value.fn, Ref) and (value.fn.obj is list or value.fn.obj is tuple)):
        return False
    return any(facts.of(a).kind == "dict" for a in value.args)


def _gives_keys(loop: For, source: Each, facts: Facts) -> bool:
    """Whether a loop goes over the keys of a dict: they have no derivative, be they numbers.  ``d[key]`` says what ``d`` is."""
    if not isinstance(source.sequence, Var) or facts.of(source.sequence).kind in ("list", "tuple", "array"):
        return False
    if facts.of(source.sequence).kind == "dict":
        return True
    for stmt in statements(loop.body):
        value = stmt.value if isinstance(stmt, Let) else None
        read = value.args if isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is operator.getitem else ()
        if len(read) == 2 and isinstance(read[0], Var) and read[0].base == source.sequence.base and read[1] == source.target:
            return True
    return False


def differentiable(value: Expr, rulebook: Rulebook) -> Iterable[Atom]:
    """The operands through which an expression carries derivatives."""
    if isinstance(value, Call) and rulebook.is_constant(value.fn):
        return ()
    if isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is operator.getitem:
        return () if _is_table(value.args[0]) else value.args[:1]  # an index or a key has no derivative
    if isinstance(value, Build) and value.kind not in ("tuple", "list", "dict"):
        return ()
    return expr_atoms(value)


def _is_table(atom: Atom) -> bool:
    """Whether it is a container of the outside: what is found there does not vary with the place."""
    return isinstance(atom, Ref) and isinstance(atom.obj, dict | list | tuple)


def read_fields(block: Block, active: frozenset[Var]) -> Callable[[Append], Collection[int]]:
    """For an append, the positions of the fields that an active name is read from; all of them if the tape goes elsewhere."""
    writers = _appended(block)
    used: dict[tuple[Atom, ...], set[int]] = {}
    for stmt in statements(block):
        reads = [s for s in stmt.sources if isinstance(s, ReadTape)] if isinstance(stmt, For) else [stmt] if isinstance(stmt, Pop) else []
        for read in reads:
            for record in writers(read.tape) or ():
                used.setdefault(record, set()).update(k for k, t in enumerate(read.targets) if t in active)
    return lambda append: used.get(append.values, range(len(append.values)))


def escaping_tapes(block: Block, active: frozenset[Var]) -> frozenset[Var]:
    """The tapes that leave the function in an active container: whoever reads them cannot know that nothing active was appended."""
    tapes = {s.target for s in statements(block) if isinstance(s, NewTape)}
    for stmt in statements(block):
        if isinstance(stmt, If):
            tapes.update(j.target for j in stmt.joins if j.then in tapes or j.orelse in tapes)
    found: set[Var] = set()
    while True:
        wanted = set(found)
        for stmt in statements(block):
            if isinstance(stmt, Let) and isinstance(stmt.value, Build) and stmt.target in active:
                wanted.update(a for a in stmt.value.items if isinstance(a, Var) and a in tapes)
            elif isinstance(stmt, Append) and stmt.tape in active | found:
                wanted.update(a for a in stmt.values if isinstance(a, Var) and a in tapes)
            elif isinstance(stmt, If):
                wanted.update(a for j in stmt.joins if j.target in found for a in (j.then, j.orelse) if isinstance(a, Var) and a in tapes)
        wanted.update(_read_again(block, wanted))
        if wanted == found:
            return frozenset(found)
        found = wanted


def _read_again(block: Block, tapes: set[Var]) -> Iterator[Var]:
    """The names by which tapes that were put on tapes are read from them."""
    reads = [(s.tape, s.targets) for s in statements(block) if isinstance(s, Pop)]
    reads += [(r.tape, r.targets) for s in statements(block) if isinstance(s, For) for r in s.sources if isinstance(r, ReadTape)]
    appends = [s for s in statements(block) if isinstance(s, Append)]
    for tape, targets in reads:
        for stmt in appends:
            if stmt.tape == tape:
                yield from (t for t, value in zip(targets, stmt.values) if t is not None and value in tapes)


Writers = Callable[[Atom], "list[tuple[Atom, ...]] | None"]


def _appended(block: Block) -> Writers:
    """For a tape, as named where it is read: the tuples appended to it, or None for a tape of unknown origin."""
    appended: dict[Var, list[tuple[Atom, ...]]] = {}
    source: dict[Var, tuple[Atom, int]] = {}
    joined: dict[Var, list[Var]] = {}  # a tape that was made in one arm only
    for stmt in statements(block):
        if isinstance(stmt, NewTape):
            appended.setdefault(stmt.target, [])
        elif isinstance(stmt, If):
            joined.update({j.target: [a for a in (j.then, j.orelse) if isinstance(a, Var)] for j in stmt.joins})
        elif isinstance(stmt, Append):
            appended.setdefault(stmt.tape, []).append(stmt.values)
        reads = [s for s in stmt.sources if isinstance(s, ReadTape)] if isinstance(stmt, For) else [stmt] if isinstance(stmt, Pop) else []
        for read in reads:
            source.update({t: (read.tape, k) for k, t in enumerate(read.targets) if t is not None})

    def writers(tape: Atom) -> list[tuple[Atom, ...]] | None:
        if not isinstance(tape, Var):
            return None
        if tape in joined:
            arms = [writers(a) for a in joined[tape]]
            return None if None in arms else [record for arm in arms for record in arm or ()]
        if tape in source:
            outer, k = source[tape]
            records = writers(outer)
            if records is None or len(records) != 1:
                return None
            return writers(records[0][k])
        return appended.get(tape)

    return writers


def _tape_reads(targets: tuple[Var | None, ...], tape: Atom, written: Writers, tapes: bool) -> list[tuple[Var | None, Atom]]:
    records = written(tape)
    pairs: list[tuple[Var | None, Atom]] = [(t, tape) for t in targets] if records is None or tapes else []
    return [*pairs, *((t, r[k]) for k, t in enumerate(targets) for r in records or ())]
