"""The adjoints of tapes: what was appended last is popped first, so the adjoint of a tape is a tape.

append tape <- x, y        ==>      x_bar, y_bar = pop tape_bar
for x, y in tape           ==>      append tape_bar <- x_bar, y_bar
"""

from __future__ import annotations

from collections.abc import Collection

from tangentx.ir.nodes import (
    Append,
    Atom,
    Block,
    Const,
    For,
    Place,
    Pop,
    ReadTape,
    Var,
)
from tangentx.ir.walk import free_vars, statements
from tangentx.transform.adjoints import Adjoints, adjoint_name

__all__ = ["Tapes"]


class Tapes(Adjoints):
    """A reverse sweep that knows tapes."""

    def popped(self, var: Var | None, place: Place) -> Atom:
        """The adjoint of one item of a tuple or record, which is at its end; 0.0 where there can be none."""
        if var is None or var not in self.active:
            return Const(0.0)
        found = self.adjoint.pop(var, None)
        return found if found is not None else self.zero(var, place)

    def given_back(self, var: Var | None, place: Place) -> Atom:
        """The same for a field of a tape, which another function may read: where that is no number, a zero of its structure."""
        return self.popped(var, place) if var is None or var in self.active or self.facts.of(var).scalar else self.zero(var, place)

    def append(self, stmt: Append, place: Place) -> None:
        tape = self.adjoint.get(stmt.tape)
        if not isinstance(tape, Var):
            return
        read = self.read_fields(stmt)
        targets = tuple(
            self.fresh(adjoint_name(a)) if isinstance(a, Var) and a in self.active and k in read else None for k, a in enumerate(stmt.values)
        )
        self.out.append(Pop(targets, tape, place))
        for value, bar in zip(stmt.values, targets, strict=True):
            if bar is not None:
                self.contribute(value, bar, place)

    def taken(self, targets: tuple[Var | None, ...], tape: Atom, place: Place) -> None:
        """What a read from a tape gave: its adjoints go on the tape's adjoint."""
        if not isinstance(tape, Var) or tape not in self.active:
            return
        bars = tuple(self.given_back(t, place) for t in targets)
        self.unused.put(tape, bars)
        bar = self.adjoint.get(tape)
        assert isinstance(bar, Var), "the adjoint of a tape is made before the loop that reads it"
        self.out.append(Append(bar, bars, place))

    def open_tapes(self, blocks: tuple[Block, ...], place: Place, *, reads: tuple[Atom, ...] = (), inner: Collection[Var] = ()) -> None:
        """Tapes that these blocks read get their adjoint out here, where all of the reads can see it (but ``inner`` ones)."""
        found = dict.fromkeys(reads)
        for block in blocks:
            outer = free_vars(block)
            found.update({v: None for v in outer if v in self.tapes and v not in inner})
        for tape in found:
            if isinstance(tape, Var) and tape in self.active and tape not in self.adjoint and self.reads_tape(tape, blocks, reads):
                self.adjoint[tape] = self.zero(tape, place)

    @staticmethod
    def reads_tape(tape: Var, blocks: tuple[Block, ...], reads: tuple[Atom, ...]) -> bool:
        inner = (s for b in blocks for s in statements(b))
        return tape in reads or any(
            (isinstance(s, Pop) and s.tape == tape) or (isinstance(s, For) and any(isinstance(r, ReadTape) and r.tape == tape for r in s.sources))
            for s in inner
        )
