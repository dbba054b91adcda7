"""Reverse: the adjoint of an augmented primal, statement by statement, last one first.

    y = sin(x)                 y_bar = init_grad * 1 ...
    z = y * x         ==>      y_bar = z_bar * x
    return z                   x_bar = z_bar * y
                               x_bar.1 = x_bar + y_bar * cos(x)

The reverse refers to the primal's names where they were defined, also across loops and branches: its loops and branches
carry ``mirror=label`` and ``record`` turns those references into tapes.  First use assigns; what a loop carries starts at
zero; an array that the primal wrote into is restored step by step (``now``), so that each adjoint reads the version that
its primal statement read.
"""

from __future__ import annotations

import operator
from collections.abc import Callable

from tangentx.analysis.aliases import Memory
from tangentx.analysis.containers import changes_container
from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    UNDEF,
    Append,
    Atom,
    Block,
    Build,
    Call,
    Carry,
    Const,
    Count,
    Each,
    For,
    If,
    Join,
    Let,
    Local,
    Mirror,
    NewTape,
    Place,
    Pop,
    Raise,
    ReadTape,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import defined, free_vars, statements, stmt_targets
from tangentx.rules.inserted import is_insert
from tangentx.rules.table import Rulebook
from tangentx.transform.adjoints import adjoint_name
from tangentx.transform.augment import Augmented
from tangentx.transform.bare import find_bare
from tangentx.transform.breaks import without_idle_breaks
from tangentx.transform.build import helper, op
from tangentx.transform.containers import Containers
from tangentx.transform.inserted import insert
from tangentx.transform.tried import as_quiet

__all__ = ["reverse"]


def reverse(
    augmented: Augmented, active: frozenset[Var], seed: Atom, facts: Facts, memory: Memory, rulebook: Rulebook, fresh: Fresh
) -> tuple[Block, Callable[[Var], Atom]]:
    """The reverse sweep of a function, to stand behind its primal.

    ``seed`` is the adjoint of the function's result.  Returns the statements and a function that gives the adjoint of a
    name at the end of the sweep (asked for one that nothing contributed to, it adds the statement that makes a zero).

    Raises:
        NotDifferentiable: a call has no derivative.
        UnsupportedSyntax: a structure that cannot be reversed yet.
    """
    sweep = _Sweep(augmented, active, facts, memory, rulebook, fresh)
    result = augmented.function.result
    if isinstance(result, Var) and result in active:
        sweep.adjoint[result] = seed
    sweep.block(augmented.function.body)
    place = augmented.function.place.derived("Grad of")
    return sweep.out, lambda var: sweep.adjoint.get(var) or sweep.zero(var, place)  # type: ignore[return-value]


class _Sweep(Containers):
    """Goes through the statements of a primal, last one first."""

    def block(self, block: Block) -> None:
        for stmt in reversed(block):
            self.statement(stmt)

    def statement(self, stmt: Stmt) -> None:
        place = stmt.place.derived("Grad of")
        for target in stmt_targets(stmt):
            if target in self.to_fill and target in self.adjoint and self.adjoint[target] not in self.whole_bars:
                self.whole(target, self.adjoint[target], place)
        if isinstance(stmt, If) and is_insert(stmt):
            insert(self, stmt)
        elif isinstance(stmt, If):
            self.branch(stmt, stmt.place.derived("Reverse of"))
        elif isinstance(stmt, For | While):
            self.loop(stmt, stmt.place.derived("Reverse of"))
        elif isinstance(stmt, Store) and changes_container(stmt, self.facts):
            self.change(stmt, place)
        elif isinstance(stmt, Store):
            self.write(stmt, place)
        elif isinstance(stmt, Append):
            self.append(stmt, place)
        elif isinstance(stmt, Pop):
            self.taken(stmt.targets, stmt.tape, place)
        elif isinstance(stmt, NewTape):
            self.adjoint.pop(stmt.target, None)
        elif isinstance(stmt, Unpack) and stmt.targets[:1] and stmt.targets[0] in self.aug.split:
            self.callee(stmt, place)
        elif isinstance(stmt, Unpack):
            self.unpack(stmt, place)
        elif isinstance(stmt, Let) and stmt.target in self.adjoint:
            adjoint = self.adjoint.pop(stmt.target)
            if stmt.target in self.aug.own:
                self.adjoint[self.aug.own[stmt.target]] = adjoint
            elif isinstance(stmt.value, Call):
                self.call(stmt, stmt.value, adjoint, place)
            elif isinstance(stmt.value, Build):
                self.build(stmt.value, adjoint, place)
            else:
                self.contribute(stmt.value, adjoint, place)

    def callee(self, stmt: Unpack, place: Place) -> None:
        value = stmt.targets[0]
        assert value is not None
        saved, backward, args = self.aug.split[value]
        if value not in self.adjoint:
            return
        base = backward.name if isinstance(backward, Local) else backward.base
        bars = self.let(f"{base}_result", Call(backward, (saved, self.adjoint.pop(value))), place)
        if len(args) == 1:
            self.contribute(args[0], bars, place)
            return
        targets = tuple(self.fresh(adjoint_name(a)) for a in args if isinstance(a, Var))
        self.out.append(Unpack(targets, bars, place))
        for arg, bar in zip(args, targets, strict=True):
            self.contribute(arg, bar, place)

    def unpack(self, stmt: Unpack, place: Place) -> None:
        if not any(t in self.adjoint for t in stmt.targets if t is not None):
            return
        items = tuple(self.popped(t, place) for t in stmt.targets)
        assert isinstance(stmt.source, Var)
        name = adjoint_name(stmt.source)
        bars = self.let(name, Build("tuple", items), place)
        bare = any(item == Const(0.0) and not (t and self.facts.of(t).scalar) for item, t in zip(items, stmt.targets, strict=True))
        if bare or not self.is_tuple(stmt.source):
            bars = self.let(name, helper("packed", bars, self.now(stmt.source, place)), place)
        self.contribute(stmt.source, bars, place)

    def is_tuple(self, var: Var) -> bool:
        """Whether a value that is unpacked is known to be a tuple: an array or a list may be, too."""
        value = self.defs.get(var)
        made_here = isinstance(value, Build) and value.kind == "tuple" or isinstance(value, Call) and isinstance(value.fn, Local)
        return made_here or self.facts.of(var).kind == "tuple"

    def build(self, value: Build, adjoint: Atom, place: Place) -> None:
        if value.kind == "dict":
            for key, item in zip(value.items[::2], value.items[1::2], strict=True):
                if item in self.active:
                    assert isinstance(item, Var)
                    self.contribute(item, self.let(adjoint_name(item), op("getitem", adjoint, key), place), place)
            return
        targets = tuple(self.fresh(adjoint_name(a)) if isinstance(a, Var) and a in self.active else None for a in value.items)
        if any(targets):
            self.out.append(Unpack(targets, adjoint, place))
        for item, bar in zip(value.items, targets, strict=True):
            if bar is not None:
                self.contribute(item, bar, place)

    # ------------------------------------------------------------------------------------------------------- structure

    def branch(self, stmt: If, place: Place) -> None:
        self.open_tapes((stmt.then, stmt.orelse), place)
        test = self.aug.tests.get(stmt.label) or self.now(stmt.test, place)  # behind the arms it may be another version
        outer, before, current = self.out, dict(self.adjoint), dict(self.current)
        incoming = {j.target: before.pop(j.target) for j in stmt.joins if j.target in before}
        arms, kept = [], set[Atom]()  # adjoints of our own stay so: one arm runs
        for block, values in ((stmt.then, [j.then for j in stmt.joins]), (stmt.orelse, [j.orelse for j in stmt.joins])):
            self.out, self.adjoint, self.current = [], dict(before), dict(current)
            for join, value in zip(stmt.joins, values, strict=True):
                if join.target in self.memory.buffers and isinstance(value, Var):
                    self.restore(value, current.get(join.target, current.get(value, join.target)))
                if join.target in incoming:
                    bar = incoming[join.target]
                    mine = bar in self.owned or bar in kept
                    kept.update({bar} if mine else ())
                    self.contribute(value, bar, place)
                    self.owned.update({bar} if mine and self.adjoint.get(value) == bar else ())  # type: ignore[arg-type]
            self.expect_bare(block, [v for j, v in zip(stmt.joins, values, strict=True) if incoming.get(j.target) in self.perhaps_zero])
            self.block(block)
            arms.append((self.out, self.adjoint, self.current, bool(block) and isinstance(block[-1], Raise)))
        for _, found, restored, _ in arms:  # what an arm makes is not read outside it
            for var in defined(stmt.then) | defined(stmt.orelse):
                found.pop(var, None)
                restored.pop(var, None)
        joins = self.merged(arms, place)
        self.out = outer
        then, orelse = arms[0][0], arms[1][0]
        if then or orelse or joins:
            backward = If(test, tuple(then), tuple(orelse), joins, place, mirror=stmt.label)
            self.out.append(as_quiet(stmt, backward, self.defs, self.let))

    def merged(self, arms: list[tuple[list[Stmt], dict[Var, Atom], dict[Var, Var], bool]], place: Place) -> tuple[Join, ...]:
        """Joins the adjoints, and the restored arrays, of two arms; leaves them in ``adjoint`` and ``current``."""
        (_, adjoint, current, raised), (_, other, restored, also) = arms
        if raised or also:
            self.adjoint, self.current = (other, restored) if raised else (adjoint, current)
            return self.undefined(arms, raised)
        joins: list[Join] = []
        result: dict[Var, Atom] = {}
        for var in dict.fromkeys((*adjoint, *other)):
            values: list[Atom] = []
            for out, found, now, _ in arms:
                if var not in found:
                    self.out, self.adjoint, self.current = out, found, now
                    found[var] = self.zero(var, place)
                values.append(found[var])
            result[var] = values[0]
            if values[0] != values[1]:
                target = self.fresh(adjoint_name(var))
                joins.append(Join(target, values[0], values[1]))
                result[var] = target
                self.perhaps_zero.update({target} if any(v == Const(0.0) or v in self.perhaps_zero for v in values) else ())
                if all(v in self.owned for v in values):
                    self.owned.add(target)
        versions = dict(current)
        for var in dict.fromkeys((*current, *restored)):
            pair = (current.get(var, var), restored.get(var, var))
            versions[var] = pair[0]
            if pair[0] != pair[1]:
                versions[var] = self.fresh(var.base)
                joins.append(Join(versions[var], *pair))
        self.adjoint, self.current = result, versions
        return tuple(joins)

    def undefined(self, arms: list[tuple[list[Stmt], dict[Var, Atom], dict[Var, Var], bool]], raised: bool) -> tuple[Join, ...]:
        """One arm raised in the primal, so its reverse never runs: the other arm's values leave the If."""
        arms[0 if raised else 1][0].clear()
        own = defined(arms[1 if raised else 0][0])
        joins = []
        for table in (self.adjoint, self.current):
            for var, value in list(table.items()):
                if isinstance(value, Var) and value in own:
                    target = self.fresh(value.base)
                    joins.append(Join(target, Const(UNDEF), value) if raised else Join(target, value, Const(UNDEF)))
                    table[var] = target
                    if value in self.owned:
                        self.owned.add(target)
        return tuple(joins)

    def loop(self, stmt: For | While, place: Place) -> None:
        watched = frozenset(self.active | self.memory.buffers)
        body, carries = without_idle_breaks(stmt, watched)
        sources = stmt.sources if isinstance(stmt, For) else ()
        fields = {t for s in sources if isinstance(s, ReadTape) for t in s.targets if t is not None}
        self.open_tapes((body,), place, reads=tuple(s.tape for s in sources if isinstance(s, ReadTape)), inner=fields)
        items = {s.target: s for s in sources if isinstance(s, Each) and s.sequence in self.active}
        carried = {c.target: c for c in carries if c.target in self.active and c.target not in self.tapes}
        read = dict.fromkeys(s.sequence for s in items.values())
        read.update({v: None for v in (*free_vars(body), *(c.back for c in carries)) if v in self.active and v not in carried})
        for display in [self.defs.get(v) for v in read if isinstance(v, Var)]:  # what is read of it belongs to its items
            if isinstance(display, Build) and display.kind in ("tuple", "list", "dict"):
                read.update({a: None for a in display.items if a in self.active and a not in carried})
        own = {t for s in sources for t in ([s.target] if isinstance(s, Each | Count) else s.targets if isinstance(s, ReadTape) else [])}
        inside = defined(body)
        outer_names = [v for v in read if isinstance(v, Var) and v not in own and v not in inside and v not in self.tapes]
        buffered = self.written_in(body, carried) | {s.sequence for s in items.values()}
        back_edges = self.enter(stmt, [*carried, *outer_names], buffered, place)
        outer, before, current = self.out, self.adjoint, self.current
        self.out, self.current = [], dict(current)
        self.adjoint = {v: a for v, a in before.items() if v in self.tapes}
        self.open_tapes((body,), place)
        restored = self.enter_buffers(carries)
        self.current.update({v: self.aug.kept_inside[v] for v in (*stmt_targets(stmt), *own) if v in self.aug.kept_inside})
        for var in outer_names:
            self.adjoint[var] = back_edges[var]
        self.start(body, carried, back_edges, buffered, place)
        self.block(body)
        self.items(items, sources, place)
        for source in sources:
            if isinstance(source, ReadTape):
                self.taken(source.targets, source.tape, place)
        backs = {var: self.leave(var, buffered, place) for var in (*carried, *outer_names)}
        inner, self.out = self.out, outer
        new = [Carry(back_edges[v], before.pop(v), backs[v]) for v in backs]
        new += [Carry(now, current.get(c.target, c.target), self.current.get(c.target, c.target)) for c, now in restored]
        self.adjoint = before
        self.out.append(For((Mirror(stmt.label),), tuple(new), tuple(inner), place, mirror=stmt.label))
        self.current = current
        for c, now in restored:
            if isinstance(c.init, Var):
                self.restore(c.init, now)
        for var in outer_names:
            self.adjoint[var] = back_edges[var]
        for var, carry in carried.items():
            self.contribute(carry.init, back_edges[var], place)
            self.owned.update({back_edges[var]} if var in buffered and self.adjoint.get(carry.init) == back_edges[var] else ())  # type: ignore[arg-type]

    def written_in(self, body: Block, carried: dict[Var, Carry]) -> set[Atom]:
        """The names whose adjoints this body's reverse writes in place: arrays read by item, or written."""
        found: set[Atom] = set()
        for stmt in statements(body):
            if isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref) and stmt.value.fn.obj is operator.getitem:
                found.add(stmt.value.args[0])
            elif isinstance(stmt, Store):
                found.update((stmt.base, stmt.target))
            elif isinstance(stmt, For):
                found.update(s.sequence for s in stmt.sources if isinstance(s, Each))
        return found | {t for t, c in carried.items() if c.back in found}

    def enter(self, stmt: For | While, names: list[Var], buffered: set[Atom], place: Place) -> dict[Var, Var]:
        """Starting values of what the reverse loop carries; returns the carried names."""
        for var in names:
            if var in buffered and not self.may_be_bare(var):
                self.own(var, place)
            elif var not in self.adjoint:
                self.adjoint[var] = self.zero(var, place)
        carried = {var: self.fresh(adjoint_name(var)) for var in names}
        self.whole_bars.update(carried[v] for v in names if self.adjoint[v] in self.whole_bars)
        self.perhaps_zero.update(carried[v] for v in names if self.adjoint[v] == Const(0.0) or self.adjoint[v] in self.perhaps_zero)
        self.owned.update(carried[v] for v in names if v in buffered and not self.may_be_bare(v))
        return carried

    def start(self, body: Block, carried: dict[Var, Carry], bars: dict[Var, Var], buffered: set[Atom], place: Place) -> None:
        """What is carried belongs to the values that the body ends with."""
        for var, carry in carried.items():
            if isinstance(carry.back, Var):
                self.contribute(carry.back, bars[var], place)
                self.owned.update({bars[var]} if var in buffered and not self.may_be_bare(var) else ())
        self.expect_bare(body, [c.back for v, c in carried.items() if self.may_be_bare(v)])

    def expect_bare(self, block: Block, values: list[Atom]) -> None:
        """The adjoints of these values may be a plain 0.0 where the reverse of a block begins."""
        bare, to_fill = find_bare(block, [v for v in values if isinstance(v, Var)], self.facts, self.rulebook)
        self.bare_names |= bare
        self.to_fill |= to_fill

    def enter_buffers(self, carries: tuple[Carry, ...]) -> list[tuple[Carry, Var]]:
        """Starts the restoring of the arrays that a loop carries; in there a carry's name is its value in that iteration."""
        restored = []
        for c in carries:
            self.current.pop(c.target, None)
        for c in carries:
            if c.target in self.memory.buffers and isinstance(c.back, Var):
                now = self.fresh(c.target.base)
                self.current[c.back] = now
                restored.append((c, now))
        return restored

    def items(self, items: dict[Var, Each], sources: tuple[object, ...], place: Place) -> None:
        """The adjoint of a loop's item belongs to its place in the sequence."""
        for var, source in items.items():
            if var not in self.adjoint:
                continue
            counter = sources[0]
            assert isinstance(counter, Count) and isinstance(source.sequence, Var)
            index: Atom = counter.target
            if counter.start != Const(0):
                index = self.let("i", op("sub", index, counter.start), place)
            if source.backwards:
                index = self.let("i", op("sub", Const(-1), index), place)
            known = self.facts.of(source.sequence).kind == "array"
            self.store(source.sequence, index, self.adjoint.pop(var), "+" if known else "add_at", place)

    def leave(self, var: Var, buffered: set[Atom], place: Place) -> Atom:
        if var in buffered and not (self.may_be_bare(var) and var not in self.adjoint):
            self.own(var, place)
        found = self.adjoint.pop(var, None)
        return found if found is not None else self.zero(var, place)
