"""Words: reads of a container by a word that put a key there, should it be a defaultdict, for ``dead``.

y = o.d['b']; n = len(o.d)        ==>        o.d['b']; n = len(o.d)          nobody reads y, and len(o.d) counts the key
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tangentx.ir.nodes import Atom, Attribute, Call, Const, Each, For, If, Let, Method, Ref, Stmt, Store, Unpack, Var, While
from tangentx.ir.walk import own_atoms, source_atoms, source_targets

__all__ = ["reads_before_looks"]

Way = tuple[Var | Ref | str, ...]  # how a value is come by: o, o.d and any item of o.d are (o,), (o, "d") and (o, "d", ITEM)
ITEM = "[]"
LONGEST = 5  # what is come by in more steps is taken for what these lead to


def reads_before_looks(stmts: Sequence[Stmt], ends: Sequence[int]) -> dict[int, list[int]]:
    """For each statement that looks at a container as a whole (by its number), the reads of an item by a word that may come before it.

    ``ends``: the number behind each statement's last inner one. In a loop a read may be of the iteration before.
    """
    reads = _reads_by_words(stmts)
    if not reads:
        return {}
    ways = _Ways(stmts)
    beneath: dict[Way, list[int]] = {}  # the reads of what stands there, and in it
    for me, container in reads:
        for start in {way[: k + 1] for way in ways.of(container) for k in range(len(way))}:
            beneath.setdefault(start, []).append(me)
    found: dict[int, list[int]] = {}
    looped = 0  # where the outermost loop around ends
    for me, stmt in enumerate(stmts):
        if isinstance(stmt, For | While):
            looped = max(looped, ends[me])
        before = {r for atom in _looked_at(stmt) for way in ways.of(atom) for r in beneath.get(way, ()) if r < max(me, looped)}
        if before:
            found[me] = sorted(before)
    return found


def _reads_by_words(stmts: Sequence[Stmt]) -> list[tuple[int, Atom]]:
    """The user's reads of an item by a word, or by what is made of words, and the container of each."""
    reads: list[tuple[int, Atom]] = []
    written = {(s.place, s.index) for s in stmts if isinstance(s, Store)}  # what stood there before is read, to be put back: no key comes by that
    words: set[Atom] = set()  # the names of them, and what a loop goes through, which may be words
    for me, stmt in enumerate(stmts):
        if isinstance(stmt, For):
            words.update(t for s in stmt.sources if isinstance(s, Each) for t in source_targets(s))
        if not isinstance(stmt, Let):
            continue
        if (step := _step(stmt)) is None:
            if any(_is_word(a, words) for a in own_atoms(stmt)):
                words.add(stmt.target)
        elif stmt.place.own and _is_word(step.key, words) and (stmt.place, step.key) not in written:
            reads.append((me, step.owner))
    return reads


def _is_word(atom: Atom | None, words: set[Atom]) -> bool:
    return atom in words or (isinstance(atom, Const) and isinstance(atom.value, str))


def _looked_at(stmt: Stmt) -> Iterator[Atom]:
    """What a statement of the user's looks at as a whole: ``len(d)``, ``for k in d``; an item, an attribute and another name are no look."""
    if not stmt.place.own or isinstance(stmt, Store | If) or _step(stmt) is not None:
        return
    if not isinstance(stmt, Let) or not isinstance(stmt.value, Var | Ref):
        yield from own_atoms(stmt)
    if isinstance(stmt, For):
        yield from (a for s in stmt.sources for a in source_atoms(s))


class _Step(NamedTuple):
    """``owner.name``, or ``owner[key]``."""

    owner: Atom
    name: str
    key: Atom | None = None


def _step(stmt: Stmt) -> _Step | None:
    call = stmt.value if isinstance(stmt, Let) else None
    if isinstance(call, Call) and isinstance(call.fn, Attribute):
        return _Step(call.args[0], call.fn.name)
    if isinstance(call, Call) and isinstance(call.fn, Ref) and (call.fn.module, call.fn.attr) == ("operator", "getitem"):
        return _Step(call.args[0], ITEM, call.args[1])
    return None


class _Ways:
    """Each name's ways: several where branches or a loop give it one of several values."""

    def __init__(self, stmts: Sequence[Stmt]) -> None:
        self.known: dict[Atom, frozenset[Way]] = {}
        before = None
        while before != self.known:  # what a loop carries around has the ways of its next iteration, too
            before = dict(self.known)
            for stmt in stmts:
                self._learn(stmt)

    def of(self, atom: Atom) -> frozenset[Way]:
        """Of a value that is not come by through another one: itself."""
        if not isinstance(atom, Var | Ref):
            return frozenset()
        return self.known.get(atom, frozenset({(atom,)}))

    def _learn(self, stmt: Stmt) -> None:
        if isinstance(stmt, Let):
            if isinstance(stmt.value, Var | Ref):
                self._either(stmt.target, stmt.value)
            elif (step := _step(stmt)) is not None:
                self._further(stmt.target, step.owner, step.name)
            elif isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Method) and stmt.value.fn.name in ("items", "values"):
                self._either(stmt.target, stmt.value.args[0])
        elif isinstance(stmt, Store):
            self._either(stmt.target, stmt.base)
        elif isinstance(stmt, Unpack):
            for target in stmt.targets:
                if target is not None:
                    self._further(target, stmt.source, ITEM)
        elif isinstance(stmt, If):
            for join in stmt.joins:
                self._either(join.target, join.then, join.orelse)
        elif isinstance(stmt, For | While):
            for carry in stmt.carries:
                self._either(carry.target, carry.init, carry.back)
            for source in stmt.sources if isinstance(stmt, For) else ():
                if isinstance(source, Each):
                    self._further(source.target, source.sequence, ITEM)

    def _either(self, target: Var, *values: Atom) -> None:
        self.known[target] = frozenset(way for value in values for way in self.of(value)) | self.known.get(target, frozenset())

    def _further(self, target: Var, owner: Atom, step: str) -> None:
        self.known[target] = frozenset((*way, step)[:LONGEST] for way in self.of(owner)) | self.known.get(target, frozenset())
