"""Checks that IR means something: run after every pass in tests, never on a user's machine.

    x.1 = x * x                 x.1 = x * x
    if t:                       if t:
        y.1 = x.1 * 2               y.1 = x.1 * 2
    z = y.1 + 1                 join y.2 = y.1 | x.1
    return z                    z = y.2 + 1
                                return z
    VerificationError:          fine
    y.1 is read where it
    is not defined: z = y.1 + 1

What holds: every name is defined once; a read is dominated by its definition (names of an arm leave it by a join, names
of a loop body by a carry, names of a ``while`` header not at all); ``break`` and ``raise`` stand last; a version of a
buffer is not read once a ``Store`` has made the next one (loops are walked twice to see the second iteration); what is
appended to is a tape.

Between ``reverse`` and ``record`` (``raw=True``) a statement with ``mirror=n`` may read the names of the one with
``label=n``, arm for arm: the record will carry them over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tangentx.ir.nodes import (
    Append,
    Atom,
    Block,
    Break,
    Build,
    Call,
    Const,
    Count,
    Effect,
    Expr,
    For,
    Function,
    If,
    Let,
    Mirror,
    Pop,
    Raise,
    ReadTape,
    Ref,
    Span,
    Stmt,
    Store,
    Undef,
    Var,
    While,
)
from tangentx.ir.show import show_stmt
from tangentx.ir.walk import expr_atoms, is_memory_check, own_atoms, source_atoms, source_targets, statements, stmt_targets

__all__ = ["VerificationError", "verify"]


class VerificationError(AssertionError):
    """A pass has broken the IR; a bug of the compiler, never of the user's program."""


def verify(function: Function, raw: bool = False, buffers: bool = True) -> None:
    """Raises VerificationError, naming the statement, unless the function is well formed.

    ``buffers=False`` leaves overwritten buffers alone: in what the user wrote the alias analysis judges them.
    """
    _Verifier(function, raw, buffers).run()


# an overwritten array still tells these its shape
SHAPE_ONLY = frozenset({"shape", "size", "ndim", "zeros_like", "ones_like", "empty_like", "len", "result_type"})
LIKE = frozenset({"unbroadcast", "broadcast_like"})  # their second operand lends its shape


# a buffer is a token; a name knows the state of each buffer that it may stand for, and is stale once that has moved on
_Buffers = dict[int, int]


class _Verifier:
    def __init__(self, function: Function, raw: bool, buffers: bool) -> None:
        self.function, self.raw = function, raw
        self.wanted = _wanted(function) if buffers and not any(map(is_memory_check, statements(function.body))) else frozenset()
        self.defined: dict[Var, Stmt | None] = {}
        self.visible: dict[Var, _Buffers] = {}
        self.state: _Buffers = {}
        self.count = 0
        self.again = 0  # above 0 while a loop body is walked for the second time
        self.numbers: dict[Var, None] = {}  # names that cannot be tapes
        self.regions: dict[tuple[int, int], list[Var]] = {}
        self.other: dict[tuple[int, int], _Buffers] = {}  # by arm: what only the other arm has written, as it was before
        self.also: _Buffers = {}  # states that are as good as the current ones, in the mirror of an arm

    def run(self) -> None:
        for param in self.function.params:
            self.define(param.var, None)
        for var in self.function.free:
            self.define(var, None)
        self.block(self.function.body, loop_tail=False)
        self.read(self.function.result, None)

    # ------------------------------------------------------------------------------------------------------- names

    def fail(self, stmt: Stmt | None, what: str) -> None:
        line = next(show_stmt(stmt)).strip() if stmt is not None else "return"
        place = f" ({stmt.place.file}:{stmt.place.line})" if stmt is not None and stmt.place.line else ""
        raise VerificationError(f"{self.function.name}: {what}: {line}{place}")

    def fresh(self) -> _Buffers:
        self.count += 1
        self.state[self.count] = 0
        return {self.count: 0}

    def define(self, var: Var, stmt: Stmt | None, buffers: _Buffers | None = None) -> None:
        if not self.again and var in self.defined:
            self.fail(stmt, f"{var} is defined twice")
        self.defined[var] = stmt
        self.visible[var] = self.fresh() if buffers is None else buffers

    def read(self, atom: Atom, stmt: Stmt | None, into: tuple[Var, ...] = ()) -> _Buffers:
        """The buffers behind an operand; it must be visible, and up to date unless its value is not wanted ``into`` anything."""
        if not isinstance(atom, Var):
            return {}
        if atom not in self.visible:
            self.fail(stmt, f"{atom} is read where it is not defined")
        buffers = self.visible[atom]
        stale = any(n not in (self.state[b], self.also.get(b)) for b, n in buffers.items())
        # what goes on a tape may be there for its shape alone
        if stale and self.wanted.intersection(into or (atom,)) and atom in _values(stmt, atom) and not isinstance(stmt, Append):
            self.fail(stmt, f"{atom} is read after a store has overwritten it")
        return buffers

    @contextmanager
    def scope(self, *regions: tuple[int, int], mirrors: Iterable[tuple[int, int]] = ()) -> Iterator[None]:
        """Names defined inside are not visible outside; those of ``regions`` are kept for the statements that mirror them."""
        before = self.visible
        self.visible = dict(before)
        if self.raw:
            for region in mirrors:
                self.visible.update((v, {}) for v in self.regions.get(region, ()))
        yield
        for region in regions:
            self.regions.setdefault(region, []).extend(v for v in self.visible if v not in before)
        self.visible = before

    # -------------------------------------------------------------------------------------------------- statements

    def block(self, block: Block, loop_tail: bool) -> None:
        for i, stmt in enumerate(block):
            last = i + 1 == len(block)
            if isinstance(stmt, Break) and not (last and loop_tail):
                self.fail(stmt, "break is not in tail position")
            if isinstance(stmt, Raise) and not last:
                self.fail(stmt, "raise does not end its block")
            self.stmt(stmt, last and loop_tail)

    def stmt(self, stmt: Stmt, loop_tail: bool) -> None:
        self.check_undef(stmt)
        into = stmt_targets(stmt) if not isinstance(stmt, If | For | While) else ()
        reads = [] if isinstance(stmt, For | While) else [self.read(atom, stmt, into) for atom in own_atoms(stmt)]
        if isinstance(stmt, If):
            self.branch(stmt, loop_tail)
        elif isinstance(stmt, For | While):
            self.loop(stmt)
        elif isinstance(stmt, Store):
            for buffer in reads[0]:
                self.count += 1
                self.state[buffer] = self.count
                self.also.pop(buffer, None)
            self.define(stmt.target, stmt, {b: self.state[b] for b in reads[0]})
        elif isinstance(stmt, Let):
            self.let(stmt, reads)
        else:
            if isinstance(stmt, Append | Pop) and (not isinstance(stmt.tape, Var) or stmt.tape in self.numbers):
                self.fail(stmt, f"{stmt.tape} is not a tape")
            for target in stmt_targets(stmt):
                self.define(target, stmt)

    def let(self, stmt: Let, reads: list[_Buffers]) -> None:
        copied = isinstance(stmt.value, Var)
        self.define(stmt.target, stmt, dict(reads[0]) if copied else None)
        if not copied and not isinstance(stmt.value, Call) and not _empty(stmt.value):
            self.numbers[stmt.target] = None

    def check_undef(self, stmt: Stmt) -> None:
        if isinstance(stmt, Let | Effect):
            atoms: Iterable[Atom] = expr_atoms(stmt.value) if isinstance(stmt.value, Call | Build) else ()
        elif isinstance(stmt, If | For | While | Append):
            atoms = ()
        else:
            atoms = own_atoms(stmt)
        if any(isinstance(a, Const) and isinstance(a.value, Undef) for a in atoms):
            self.fail(stmt, "an undefined value is read")

    # ------------------------------------------------------------------------------------------------ control flow

    def branch(self, stmt: If, loop_tail: bool) -> None:
        before, also = dict(self.state), self.also
        flows: list[list[_Buffers]] = []
        moved: list[dict[int, None]] = []
        for arm, (block, side) in enumerate(((stmt.then, "then"), (stmt.orelse, "orelse"))):
            self.state.update(before)
            # the mirror of an arm runs where that arm has run: what only the other one writes is as it was
            self.also = {**also, **self.other.get((stmt.mirror, arm), {})} if stmt.mirror else dict(also)
            mirrors = [(stmt.mirror, arm)] if stmt.mirror else []
            with self.scope((stmt.label, arm), mirrors=mirrors):
                self.block(block, loop_tail)
                flows.append([self.read(getattr(j, side), stmt, (j.target,)) for j in stmt.joins])
            moved.append({b: None for b, n in before.items() if self.state[b] != n})
        self.also = also
        for arm, (own, others) in enumerate((moved, moved[::-1])):
            self.other[stmt.label, arm] = {b: before[b] for b in others if b not in own}
        self.merge(stmt, stmt_targets(stmt), flows, moved[0] | moved[1])

    def merge(self, stmt: Stmt, targets: tuple[Var, ...], flows: list[list[_Buffers]], moved: Iterable[int]) -> None:
        """Defines the joins (or carries) from the values that may flow into them; ``moved`` buffers enter a new state."""
        for buffer in moved:
            self.count += 1
            self.state[buffer] = self.count
        for target, *buffers in zip(targets, *flows, strict=True):
            one = all(some.keys() == buffers[0].keys() for some in buffers)
            self.define(target, stmt, {b: self.state[b] for b in buffers[0]} if one else None)  # one of several arrays: a new one to us

    def loop(self, stmt: For | While) -> None:
        before = dict(self.state)
        for source in stmt.sources if isinstance(stmt, For) else ():
            for atom in source_atoms(source):
                self.read(atom, stmt)
        inits = [self.read(c.init, stmt, (c.target,)) for c in stmt.carries]
        flows = [inits]
        current = inits
        region = (stmt.label, 0)
        mirrors = [(stmt.mirror, 0)] if stmt.mirror else []
        if isinstance(stmt, For) and any(isinstance(s, Mirror) for s in stmt.sources) and not self.raw:
            self.fail(stmt, "a mirror is left after the record")
        for trip in range(2):
            self.again += trip
            with self.scope(*(() if self.again else (region,)), mirrors=mirrors):
                current = self.trip(stmt, current)
            self.again -= trip
            flows.append(current)
        moved = [b for b, n in before.items() if self.state[b] != n]
        self.again += 1  # the carries have been defined at the head of the loop
        self.merge(stmt, stmt_targets(stmt), flows, moved)
        self.again -= 1

    def trip(self, stmt: For | While, inits: list[_Buffers]) -> list[_Buffers]:
        """One iteration: what flows to its head, and what flows back from its end."""
        for carry, buffers in zip(stmt.carries, inits, strict=True):
            self.define(carry.target, stmt, {b: self.state[b] for b in buffers})
        if isinstance(stmt, For):
            for source in stmt.sources:
                for target in source_targets(source):
                    self.define(target, stmt)
                    if isinstance(source, Span | Count):
                        self.numbers[target] = None
                if isinstance(source, ReadTape) and (not isinstance(source.tape, Var) or source.tape in self.numbers):
                    self.fail(stmt, f"{source.tape} is not a tape")
        else:
            head = dict(self.visible)
            self.block(stmt.header, loop_tail=False)
            self.read(stmt.test, stmt)
            if not self.again and stmt.label:
                self.regions.setdefault((stmt.label, 0), []).extend(v for v in self.visible if v not in head)
            self.visible = head
        self.block(stmt.body, loop_tail=True)
        if stmt.label and not self.again:
            self.regions.setdefault((stmt.label, 0), []).extend(self.past_breaks(stmt.body))
        return [self.read(c.back, stmt, (c.target,)) for c in stmt.carries]

    def past_breaks(self, body: Block) -> Iterator[Var]:
        """Names of the arms that go on past a ``break``: the reverse of the loop may leave out the test."""
        last = body[-1] if body else None
        if isinstance(last, If) and last.label:
            for arm, other in ((last.then, 1), (last.orelse, 0)):
                if arm and isinstance(arm[-1], Break):
                    yield from self.regions.get((last.label, other), ())
                    yield from self.past_breaks(last.orelse if other else last.then)


def _values(stmt: Stmt | None, *atoms: Atom) -> tuple[Atom, ...]:
    """The operands of a call of which more than the shape is wanted; for all other statements those given."""
    call = stmt.value if isinstance(stmt, Let) else None
    if not isinstance(call, Call):
        return atoms
    name = call.fn.attr.rpartition(".")[2] if isinstance(call.fn, Ref) else getattr(call.fn, "name", "")
    if name == "updated":  # what the name held before is not asked for where it shows the new array
        return call.args[1:]
    return () if name in SHAPE_ONLY else (call.args[0],) if name in LIKE else tuple(expr_atoms(call))


def _wanted(function: Function) -> frozenset[Var]:
    """The names whose values, and not just their shapes, reach the result or an effect."""
    flows: dict[Atom, list[Atom]] = {}
    pending: list[Atom] = [function.result]
    for stmt in statements(function.body):
        if isinstance(stmt, If):
            pending += own_atoms(stmt)
            flows.update((j.target, [j.then, j.orelse]) for j in stmt.joins)
        elif isinstance(stmt, For | While):
            pending += [a for s in stmt.sources for a in source_atoms(s)] if isinstance(stmt, For) else [stmt.test]
            flows.update((c.target, [c.init, c.back]) for c in stmt.carries)
        elif targets := stmt_targets(stmt):
            flows.update((t, list(_values(stmt, *own_atoms(stmt)))) for t in targets)
        else:
            pending += own_atoms(stmt)
    wanted: set[Var] = set()
    while pending:
        atom = pending.pop()
        if isinstance(atom, Var) and atom not in wanted:
            wanted.add(atom)
            pending += flows.get(atom, ())
    return frozenset(wanted)


def _empty(value: Expr) -> bool:
    """``()``, which stands for a tape that nothing was appended to."""
    return isinstance(value, Build) and not value.items
