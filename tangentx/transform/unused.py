"""Fields of tapes that no adjoint comes back for.

    for i, _ in tape[::-1]: ...          ==>      tape_bar.append((0.0, 0.0))        (what the reader's reverse puts there)
    tape.append((i, row))                         _, _ = tape_bar.pop()              (and not: _, row_bar)

A reader that does not look at a field puts 0.0 on the adjoint tape, whatever the field is; who takes it off again must not
use it.  An inner tape is a field of an outer one: it is found again under another name.
"""

from __future__ import annotations

from collections.abc import Iterable

from tangentx.ir.nodes import Append, Atom, Const, For, Pop, ReadTape, Stmt, Var

__all__ = ["UnusedFields"]


class UnusedFields:
    """For each tape the fields whose adjoint is the constant 0.0 wherever it was put there."""

    def __init__(self, stmts: Iterable[Stmt]) -> None:
        self.first: dict[Var, Var] = {}  # a tape's name -> another name of it
        self.unused: dict[Atom, set[int]] = {}
        written: dict[Var, list[tuple[Atom, ...]]] = {}
        reads: list[tuple[Atom, tuple[Var | None, ...]]] = []
        for stmt in stmts:
            if isinstance(stmt, Append):
                written.setdefault(stmt.tape, []).append(stmt.values)
            elif isinstance(stmt, Pop):
                reads.append((stmt.tape, stmt.targets))
            elif isinstance(stmt, For):
                reads += [(s.tape, s.targets) for s in stmt.sources if isinstance(s, ReadTape)]
        for tape, targets in reads:  # outer loops stand before inner ones
            for values in written.get(self.name(tape), ()):  # type: ignore[arg-type]
                for value, target in zip(values, targets, strict=True):
                    if isinstance(value, Var) and value in written and target is not None:
                        self.first[target] = value

    def name(self, tape: Atom) -> Atom:
        """The name under which a tape was made."""
        while isinstance(tape, Var) and tape in self.first:
            tape = self.first[tape]
        return tape

    def put(self, tape: Atom, adjoints: tuple[Atom, ...]) -> None:
        """Adjoints are put on the adjoint of a tape."""
        zeros = {k for k, a in enumerate(adjoints) if a == Const(0.0)}
        name = self.name(tape)
        self.unused[name] = self.unused[name] & zeros if name in self.unused else zeros

    def of(self, tape: Atom) -> set[int]:
        """The fields that nothing came back for."""
        return self.unused.get(self.name(tape), set())
