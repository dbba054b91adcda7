"""What reads later what it is given now: generators, iterators, views.

g = zip(y, w); y[0] = c; sum(a * b for a, b in g)           c is read
m = memoryview(y); y[0] = c; m[0]                           and here
for v in gen(y): y[1] = c * v                               and here, from the second iteration on

So whatever is written to something that they see, while they may still be read, is in their values (``late_writes``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tangentx.analysis.kinds import is_generator, is_late
from tangentx.analysis.seen import Names, Writes
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import (
    Append,
    Atom,
    Block,
    Build,
    Call,
    Expr,
    For,
    Function,
    If,
    Let,
    Method,
    Place,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import blocks, own_atoms, statements

__all__ = ["Taken", "late_writes", "refuse_generator", "refuse_late"]

Taken = frozenset[tuple[Var, Place]]
NEVER = 1 << 60


def late_writes(function: Function, taken: Taken, writes: Writes) -> tuple[tuple[Var, Var], ...]:
    """(late value, what is written to something that it sees while it may be read); generators that are taken at once read nothing later."""

    def stays(stmt: Stmt) -> bool:
        return isinstance(stmt, Let) and is_late(stmt.value) and (stmt.target, stmt.place) not in taken

    if not any(map(stays, statements(function.body))):  # of most functions
        return ()
    lines = _Lines(function.body)
    late = [k for k, s in enumerate(lines.every) if stays(s)]
    names = Names(function, lines.every, writes)
    return tuple(pair for k in late for pair in _written(lines, k, names))


def refuse_late(function: Function, active: Collection[Var], late: Iterable[tuple[Var, Var]]) -> None:
    """Raises where a value that reads later what it sees would carry a derivative only by what is written there.

    Raises:
        UnsupportedSyntax: a generator, an iterator or a view is read behind that.
    """
    found = {target for target, source in late if target in active and source in active}
    for stmt in statements(function.body) if found else ():
        if isinstance(stmt, Let) and stmt.target in found and isinstance(stmt.value, Call) and isinstance(fn := stmt.value.fn, Ref):
            if is_generator(fn.obj):
                raise refuse_generator(stmt.place)
            reason = f"what {fn.text} gives reads later what it is made of, and that is written before"
            raise UnsupportedSyntax(reason, stmt.place, f"Call {fn.text} behind the write, or take its values before: list(...).")


def refuse_generator(place: Place) -> UnsupportedSyntax:
    hint = "Collect the values in a list and return it, or take them at once, where nothing is written that they are made of: list(gen(x))."
    return UnsupportedSyntax("a generator is not taken at once, where it is called", place, hint)


def _written(lines: _Lines, k: int, names: Names) -> Iterator[tuple[Var, Var]]:
    made = lines.every[k]
    assert isinstance(made, Let) and isinstance(made.value, Call)
    writes, last = names.sees(made.value), lines.last_read(k)
    for at, stmt in enumerate(lines.every):
        if not (k < at <= last or lines.in_one_loop(k, at, last)):
            continue
        if writes(stmt):
            put = (stmt.value,) if isinstance(stmt, Store) else own_atoms(stmt)
            yield from ((made.target, a) for a in put if isinstance(a, Var) and a != made.target)


class _Lines:
    """The statements of a function by their number, and where their loops end."""

    def __init__(self, body: Block) -> None:
        self.every: list[Stmt] = []
        self.loops: list[tuple[int, ...]] = []  # around each of them
        self.ends: dict[int, int] = {}
        self.block(body, ())

    def block(self, body: Block, loops: tuple[int, ...]) -> None:
        for stmt in body:
            at = len(self.every)
            self.every.append(stmt)
            self.loops.append(loops)
            inner = (*loops, at) if isinstance(stmt, For | While) else loops
            for b in blocks(stmt):
                self.block(b, inner)
            self.ends[at] = len(self.every) - 1

    def last_read(self, k: int) -> int:
        """The number of the last statement that may read what a statement makes, or a part of that; NEVER if it is kept somewhere."""
        made = self.every[k]
        assert isinstance(made, Let)
        same, last = {made.target}, k
        for at, stmt in enumerate(self.every):
            if isinstance(stmt, If | For | While) and self.is_joined(stmt, same):
                return NEVER
            if at <= k or same.isdisjoint(a for a in own_atoms(stmt) if isinstance(a, Var)):
                continue
            if isinstance(stmt, Store | Append) or (isinstance(stmt, Let) and isinstance(stmt.value, Build)):
                return NEVER
            last = max(last, self.end(at, self.loops[k]))
            if isinstance(stmt, Let) and (isinstance(stmt.value, Var) or is_late(stmt.value) or _is_part(stmt.value)):
                same.add(stmt.target)
            elif isinstance(stmt, Unpack):
                same.update(t for t in stmt.targets if t is not None)
        return last

    def is_joined(self, stmt: If | For | While, names: set[Var]) -> bool:
        joined: list[Atom] = []
        if isinstance(stmt, If):
            joined = [a for j in stmt.joins for a in (j.then, j.orelse)]
        elif isinstance(stmt, For | While):
            joined = [a for c in stmt.carries for a in (c.init, c.back)]
        return any(a in names for a in joined)

    def end(self, at: int, around: tuple[int, ...]) -> int:
        """Where a read ends: a loop goes over it to its end, and one that it is read in does it again."""
        outer = [loop for loop in self.loops[at] if loop not in around]
        return self.ends[outer[0] if outer else at]

    def in_one_loop(self, k: int, at: int, last: int) -> bool:
        """Whether something that is kept is read in an iteration after that in which it was made."""
        return last == NEVER and bool(set(self.loops[k]) & set(self.loops[at]))


def _is_part(value: Expr) -> bool:
    if not isinstance(value, Call):
        return False
    return isinstance(value.fn, Method) or getattr(value.fn, "attr", "") == "getitem" or type(value.fn).__name__ == "Attribute"
