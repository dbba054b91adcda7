"""Dead code: what no result, effect or check depends on is removed.

    tape = new tape                                            for i in range(0, n, 1) [x.1 = x <- x.2]:
    for i in range(0, n, 1) [x.1 = x <- x.2, k.1 = 0 <- k.2]:      x.2 = x.1 * c
        x.2 = x.1 * c                                          return x.1
        k.2 = k.1 + 1
        append tape <- x.1, k.1                      ==>
    if t:
        z = x.1 * x.1
    join z.1 = z | 0.0
    return x.1

Liveness is optimistic: nothing is live until a root asks for it, so a carry that only feeds itself dies.  Tapes are
followed field by field: a field that nobody reads is not appended either, and a tape that nobody reads vanishes with its
loop.  Calls of the user's own (unknown) functions stay, for their effect.  Loops are taken to end.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tangentx.ir.nodes import (
    Append,
    Assert,
    Atom,
    Block,
    Break,
    Call,
    Carry,
    Count,
    Effect,
    For,
    Function,
    If,
    Let,
    Mirror,
    NewTape,
    Pop,
    Raise,
    ReadTape,
    Source,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import blocks, own_atoms, source_atoms, source_targets, statements, stmt_targets
from tangentx.optimise.classes import TapeClasses
from tangentx.optimise.purity import is_pure
from tangentx.optimise.words import reads_before_looks

__all__ = ["has_effects", "remove_dead"]

SURE = frozenset({"is_", "is_not", "contains", "not_", "bool", "isinstance", "issubclass", "callable", "hasattr", "len"})  # give a truth value


def remove_dead(function: Function) -> Function:
    """The function without what nobody needs; see the module's docstring for a before and an after."""
    live = _Liveness(function)
    live.run()
    return replace(function, body=_Rebuild(live).block(function.body))


@dataclass
class _Tape:
    """The statements of one class of tapes (by index), and the fields that somebody reads."""

    makes: list[int] = field(default_factory=list)
    appends: list[int] = field(default_factory=list)
    pops: list[int] = field(default_factory=list)
    read: bool = False
    fields: dict[int, None] = field(default_factory=dict)


class _Liveness:
    """Marks statements (by their number in source order) and names, from the roots backwards."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.stmts: list[Stmt] = []
        self.parents: list[int] = []
        self.ends: list[int] = []  # the number that follows the statement's last inner one
        self.definer: dict[Var, int] = {}
        self.flows: dict[Var, tuple[Atom, Atom]] = {}  # of a join or carry: the two values that it may take
        self.slots: dict[Var, list[tuple[Var, int]]] = {}  # of a name read from a tape: the tape and the field
        self.breaks: dict[int, list[int]] = {}
        self.labels: dict[int, int] = {}
        self.tapes: dict[Var, _Tape] = {}
        self.classes = TapeClasses(function)
        self.live: set[int] = set()
        self.names: set[Var] = set()
        self.pending: list[Var | int] = []
        self.tried: set[int] = set()  # statements whose exceptions a try may catch, or a context end
        self._index(function.body, -1, -1)
        self.words = reads_before_looks(self.stmts, self.ends)

    # ------------------------------------------------------------------------------------------------------- index

    def _index(self, block: Block, parent: int, loop: int) -> None:
        for stmt in block:
            me = len(self.stmts)
            self.stmts.append(stmt)
            self.parents.append(parent)
            self.ends.append(0)
            self._define(me, stmt)
            if isinstance(stmt, Break):
                self.breaks.setdefault(loop, []).append(me)
            for inner in blocks(stmt):
                self._index(inner, me, me if isinstance(stmt, For | While) else loop)
                if isinstance(stmt, If) and stmt.guard is not None and (stmt.guard.kind == "try" or stmt.guard.checked) and inner is stmt.then:
                    self.tried.update(range(me + 1, len(self.stmts)))
            self.ends[me] = len(self.stmts)

    def _define(self, me: int, stmt: Stmt) -> None:
        for target in stmt_targets(stmt):
            self.definer[target] = me
        if isinstance(stmt, If | For | While) and stmt.label:
            self.labels[stmt.label] = me
        if isinstance(stmt, If):
            self.flows.update((j.target, (j.then, j.orelse)) for j in stmt.joins)
        elif isinstance(stmt, For | While):
            self.flows.update((c.target, (c.init, c.back)) for c in stmt.carries)
            for source in stmt.sources if isinstance(stmt, For) else ():
                self.definer.update((t, me) for t in source_targets(source))
                if isinstance(source, ReadTape):
                    self._slot(source.tape, source.targets)
        elif isinstance(stmt, NewTape):
            self.tape(stmt.target).makes.append(me)
        elif isinstance(stmt, Append):
            self.tape(stmt.tape).appends.append(me)
        elif isinstance(stmt, Pop):
            self._slot(stmt.tape, stmt.targets)
            if isinstance(stmt.tape, Var):
                self.tape(stmt.tape).pops.append(me)

    def _slot(self, tape: Atom, targets: tuple[Var | None, ...]) -> None:
        if isinstance(tape, Var):
            for k, target in enumerate(targets):
                if target is not None:
                    self.slots.setdefault(target, []).append((tape, k))

    def tape(self, var: Var) -> _Tape:
        """The class of tapes that a name belongs to."""
        return self.tapes.setdefault(self.classes.find(var), _Tape())

    # -------------------------------------------------------------------------------------------------------- mark

    def run(self) -> None:
        self._need(self.function.result)
        self._whole(self.function.result)
        for me, stmt in enumerate(self.stmts):
            if isinstance(stmt, Effect | Assert | Raise) or (isinstance(stmt, Let) and is_kept(stmt)) or self._may_leave(me, stmt):
                self.pending.append(me)
        while self.pending:
            item = self.pending.pop()
            if isinstance(item, Var):
                self._name(item)
            elif item not in self.live:
                self.live.add(item)
                self._statement(item, self.stmts[item])

    def _may_leave(self, me: int, stmt: Stmt) -> bool:
        """Whether a statement of the user's stays for the exception that it may raise in a try, or because it is a ``with``."""
        if not stmt.place.own:
            return False
        if isinstance(stmt, If) and stmt.guard is not None and stmt.guard.kind == "with":
            return True
        if me in self.tried and isinstance(stmt, If) and stmt.guard is None:
            return self._asks(stmt.test, set())
        return me in self.tried and (isinstance(stmt, Unpack | Store | For | While) or (isinstance(stmt, Let) and isinstance(stmt.value, Call)))

    def _asks(self, test: Atom, seen: set[Atom]) -> bool:
        """Whether it may raise to ask a value if it is true: an array has no answer."""
        if not isinstance(test, Var) or test in seen:
            return False
        seen.add(test)
        if test in self.flows:
            return any(self._asks(a, seen) for a in self.flows[test])
        made = self.stmts[self.definer[test]] if test in self.definer else None
        value = made.value if isinstance(made, Let) else None
        if isinstance(value, Var):
            return self._asks(value, seen)
        return getattr(getattr(value, "fn", None), "attr", "") not in SURE

    def _need(self, atom: Atom | None) -> None:
        if isinstance(atom, Var) and atom not in self.names:
            self.names.add(atom)
            self.pending.append(atom)

    def _name(self, var: Var) -> None:
        if var in self.definer:
            self.pending.append(self.definer[var])
        for atom in self.flows.get(var, ()):
            self._need(atom)
        for tape, k in self.slots.get(var, ()):
            self._field(self.tape(tape), k)

    def _statement(self, me: int, stmt: Stmt) -> None:
        if self.parents[me] >= 0:
            self.pending.append(self.parents[me])
        self.pending.extend(self.words.get(me, ()))
        if isinstance(stmt, If):
            for atom in own_atoms(stmt):
                self._need(atom)
                self._whole(atom)
        elif isinstance(stmt, For | While):
            self._loop(me, stmt)
        elif isinstance(stmt, Append):
            self._need(stmt.tape)
            for k in self.tape(stmt.tape).fields:
                self._need(stmt.values[k])
        elif isinstance(stmt, Pop):
            self._need(stmt.tape)
            self._read(stmt.tape)
        else:
            copied = isinstance(stmt, Let) and isinstance(stmt.value, Var)
            for atom in own_atoms(stmt):
                self._need(atom)
                if not copied:
                    self._whole(atom)

    def _loop(self, me: int, stmt: For | While) -> None:
        self.pending.extend(self.breaks.get(me, ()))
        if isinstance(stmt, While):
            self._need(stmt.test)
            return
        for source in stmt.sources:
            for atom in source_atoms(source):
                self._need(atom)
                if isinstance(source, ReadTape):
                    self._read(atom)
                else:
                    self._whole(atom)
            if isinstance(source, Mirror) and source.label in self.labels:
                self.pending.append(self.labels[source.label])

    def _read(self, atom: Atom) -> None:
        """A tape is read: what makes, fills and empties it must stay, so that reads and appends fit."""
        if isinstance(atom, Var) and not self.tape(atom).read:
            tape = self.tape(atom)
            tape.read = True
            self.pending.extend((*tape.makes, *tape.appends, *tape.pops))

    def _field(self, tape: _Tape, k: int) -> None:
        if k not in tape.fields:
            tape.fields[k] = None
            for me in tape.appends:
                append = self.stmts[me]
                assert isinstance(append, Append)
                self._need(append.values[k])

    def _whole(self, atom: Atom) -> None:
        """A tape that is used as a value (returned, kept in a tuple) is read whole, its inner tapes too."""
        if isinstance(atom, Var) and self.classes.find(atom) in self.classes.tapes:
            self._read(atom)
            tape = self.tape(atom)
            for me in tape.appends:
                append = self.stmts[me]
                assert isinstance(append, Append)
                for k, value in enumerate(append.values):
                    if k not in tape.fields:
                        self._field(tape, k)
                        self._whole(value)


def is_kept(stmt: Let) -> bool:
    """Whether a Let stays for the effect that its call may have."""
    return isinstance(stmt.value, Call) and stmt.place.own and not is_pure(stmt.value)


def has_effects(function: Function) -> bool:
    """Whether a function does more than to work out its value: it prints, raises, or calls what we do not know."""
    return any(isinstance(s, Effect | Assert | Raise) or (isinstance(s, Let) and is_kept(s)) for s in statements(function.body))


class _Rebuild:
    """Walks the function as the index did, and keeps what is live."""

    def __init__(self, live: _Liveness) -> None:
        self.live, self.next = live, 0

    def block(self, block: Block) -> Block:
        out: list[Stmt] = []
        for stmt in block:
            me = self.next
            if me in self.live.live:
                self.next += 1
                out.append(self.statement(stmt))
            else:
                self.next = self.live.ends[me]
        return tuple(out)

    def slots(self, tape: Atom, targets: tuple[Var | None, ...]) -> tuple[Var | None, ...]:
        """The targets of a read: fields that were dropped vanish, live ones that are not wanted here become ``_``."""
        kept = tuple(t if t in self.live.names else None for t in targets)
        if not isinstance(tape, Var) or self.live.classes.find(tape) not in self.live.classes.tapes:
            return kept
        fields = self.live.tape(tape).fields
        return tuple(t for k, t in enumerate(kept) if k in fields)

    def statement(self, stmt: Stmt) -> Stmt:
        names = self.live.names
        if isinstance(stmt, Let):
            return stmt if stmt.target in names else Effect(stmt.value, stmt.place)
        if isinstance(stmt, Unpack):
            return replace(stmt, targets=tuple(t if t in names else None for t in stmt.targets))
        if isinstance(stmt, Append):
            fields = self.live.tape(stmt.tape).fields
            return replace(stmt, values=tuple(v for k, v in enumerate(stmt.values) if k in fields))
        if isinstance(stmt, Pop):
            return replace(stmt, targets=self.slots(stmt.tape, stmt.targets))
        if isinstance(stmt, If):
            joins = tuple(j for j in stmt.joins if j.target in names or (stmt.guard and j.target == stmt.test))
            return replace(stmt, then=self.block(stmt.then), orelse=self.block(stmt.orelse), joins=joins)
        if isinstance(stmt, For):
            sources = self.sources(stmt)
            return replace(stmt, sources=sources, carries=self.carries(stmt.carries), body=self.block(stmt.body))
        if isinstance(stmt, While):
            return replace(stmt, carries=self.carries(stmt.carries), header=self.block(stmt.header), body=self.block(stmt.body))
        return stmt

    def carries(self, carries: tuple[Carry, ...]) -> tuple[Carry, ...]:
        return tuple(c for c in carries if c.target in self.live.names)

    def sources(self, stmt: For) -> tuple[Source, ...]:
        """Without counters that nobody reads; a loop over a tape needs nothing beside it."""
        taped = not stmt.place.own and any(isinstance(s, ReadTape) for s in stmt.sources)
        out: list[Source] = []
        for source in stmt.sources:
            dead = not any(t in self.live.names for t in source_targets(source))
            if dead and isinstance(source, Count) and len(stmt.sources) > 1 and not all(isinstance(s, Count) for s in stmt.sources):
                continue
            if dead and taped and not isinstance(source, ReadTape):
                continue
            out.append(replace(source, targets=self.slots(source.tape, source.targets)) if isinstance(source, ReadTape) else source)
        return tuple(out)
