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
from collections.abc import Callable, Collection

import numpy as np

from tangentx.analysis.aliases import Memory
from tangentx.analysis.facts import Facts
from tangentx.errors import NotDifferentiable
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
    Expr,
    For,
    If,
    Join,
    Let,
    Local,
    Method,
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
from tangentx.ir.walk import defined, edge_atoms, free_vars, map_expr, own_atoms, statements
from tangentx.rules.table import Bound, Rulebook
from tangentx.transform.augment import Augmented
from tangentx.transform.breaks import without_idle_breaks
from tangentx.transform.build import fill_in, helper, library, no_rule, op, title

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


# their argument may be a list, whose adjoint is one
JOINS = frozenset({"array", "asarray", "concatenate", "stack", "vstack", "hstack", "dstack", "column_stack"})


def _bar(var: Var) -> str:
    return f"{var.base}_bar"


class _Sweep:
    def __init__(self, aug: Augmented, active: frozenset[Var], facts: Facts, memory: Memory, rulebook: Rulebook, fresh: Fresh) -> None:
        self.aug, self.active, self.facts, self.memory, self.rulebook, self.fresh = aug, active, facts, memory, rulebook, fresh
        self.adjoint: dict[Var, Atom] = {}  # of the primal names that have one at this point
        self.current: dict[Var, Var] = {}  # the restored version of an overwritten array
        self.owned: set[Atom] = set()  # adjoints that nothing else is bound to: may be added to in place
        self.new: set[Atom] = set()  # products made for one contribution alone: nothing else is bound to them
        self.out: list[Stmt] = []
        every = tuple(statements(aug.function.body))
        self.defs: dict[Var, Expr] = {s.target: s.value for s in every if isinstance(s, Let)}
        self.tapes: set[Atom] = {s.target for s in every if isinstance(s, NewTape)} | {s.tape for s in every if isinstance(s, Pop)}
        self.tapes |= {r.tape for s in every if isinstance(s, For) for r in s.sources if isinstance(r, ReadTape)}
        self.passing = _passing(every, self.defs, rulebook)  # temporaries whose adjoint may keep the shape of their reader
        self.wide: dict[Var, Var] = {}  # such a temporary -> a name of the shape that its adjoint has
        self.containers = {s.source for s in every if isinstance(s, Unpack)} | {
            v for v, e in self.defs.items() if isinstance(e, Build) and e.kind in ("tuple", "list", "dict") or facts.of(v).kind == "tuple"
        }
        calls = [e for e in self.defs.values() if isinstance(e, Call) and isinstance(e.fn, Ref) and e.args]
        reads = [e for e in calls if e.fn.obj is operator.getitem]  # type: ignore[union-attr]
        self.nested = {e.args[0] for e in reads}  # what is read by item may be a container: its adjoints are not added with +
        self.containers |= {e.args[0] for e in reads if isinstance(e.args[1], Const) and isinstance(e.args[1].value, str)}
        self.containers |= {e.args[0] for e in calls if e.fn.attr in JOINS and facts.of(e.args[0]).kind == "any"}  # type: ignore[union-attr]

    # ---------------------------------------------------------------------------------------------------- small steps

    def let(self, base: str, value: Expr, place: Place) -> Var:
        target = self.fresh(base)
        self.out.append(Let(target, value, place))
        return target

    def now(self, atom: Atom, place: Place) -> Atom:
        """The primal value as it can be read here: restored, or read again through a view of what was restored."""
        if not isinstance(atom, Var):
            return atom
        if atom in self.memory.views:
            view = map_expr(self.memory.views[atom], lambda a: self.now(a, place))
            return self.let(atom.base, view, place)
        return self.current.get(atom, atom)

    def contribute(self, var: Atom, value: Atom, place: Place) -> None:
        """Adds to the adjoint of a name; the first contribution is the adjoint."""
        if not isinstance(var, Var) or var not in self.active:
            return
        old = self.adjoint.get(var)
        if old is None:
            self.adjoint[var] = value
            if value not in self.new:
                self.owned.discard(value)
            return
        total = helper("add", old, value) if var in self.containers else op("add", old, value)
        self.adjoint[var] = self.let(_bar(var), total, place)
        self.owned.add(self.adjoint[var])

    def zero(self, var: Var, place: Place) -> Atom:
        """A zero adjoint; 0.0 for scalars and for values that may not exist."""
        if var in self.tapes:
            target = self.fresh(_bar(var))
            self.out.append(NewTape(target, place))
            return target
        fact = self.facts.of(var)
        if fact.scalar or fact.maybe_undefined:
            return Const(0.0)
        target = self.let(_bar(var), helper("zeros_like", self.now(var, place)), place)
        self.owned.add(target)
        return target

    def own(self, var: Var, place: Place) -> Var:
        """The adjoint of an array as a buffer that may be written in place."""
        old = self.adjoint.get(var)
        if isinstance(old, Var) and old in self.owned:
            return old
        if old is None or isinstance(old, Const):
            buffer = self.let(_bar(var), helper("zeros_like", self.now(var, place)), place)
        else:
            buffer = self.let(_bar(var), Call(Method("copy"), (old,)), place)
        self.adjoint[var] = buffer
        self.owned.add(buffer)
        return buffer

    def store(self, var: Var, index: Atom, value: Atom, operation: str, place: Place) -> None:
        base, target = self.own(var, place), self.fresh(_bar(var))
        self.out.append(Store(target, base, index, value, operation, place))
        self.adjoint[var] = target
        self.owned.add(target)

    def reduced(self, value: Atom, like: Var, result: Atom, place: Place, base: str = "") -> Atom:
        """The contribution ``value``, of the shape of ``result``, brought to the shape of ``like``.

        Summing is linear, so a temporary between two elementwise operations passes its adjoint on as wide as it came.
        """
        assert isinstance(result, Var)
        shape = self.wide.get(result, result)
        if self.facts.same_shape(like, shape):
            return value
        if like in self.passing:
            self.wide[like] = shape
            return value
        if self.facts.of(like).scalar:
            return self.let(base or _bar(like), library(np.sum, "np.sum", "numpy", value), place)
        return self.let(base or _bar(like), helper("unbroadcast", value, self.now(like, place)), place)

    # ------------------------------------------------------------------------------------------------------ statements

    def block(self, block: Block) -> None:
        for stmt in reversed(block):
            self.statement(stmt)

    def statement(self, stmt: Stmt) -> None:
        place = stmt.place.derived("Grad of")
        if isinstance(stmt, If):
            self.branch(stmt, stmt.place.derived("Reverse of"))
        elif isinstance(stmt, For | While):
            self.loop(stmt, stmt.place.derived("Reverse of"))
        elif isinstance(stmt, Store):
            self.write(stmt, place)
        elif isinstance(stmt, Append):
            self.append(stmt, place)
        elif isinstance(stmt, Pop):
            self.taken(stmt.targets, stmt.tape, place)
        elif isinstance(stmt, NewTape):
            self.adjoint.pop(stmt.target, None)
        elif isinstance(stmt, Unpack) and stmt.targets[0] in self.aug.split:
            self.callee(stmt, place)
        elif isinstance(stmt, Unpack):
            self.unpack(stmt, place)
        elif isinstance(stmt, Let) and stmt.target in self.adjoint:
            adjoint = self.adjoint.pop(stmt.target)
            if isinstance(stmt.value, Call):
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
        bars = self.let(f"{backward}_result", Call(Local(backward), (saved, self.adjoint.pop(value))), place)
        if len(args) == 1:
            self.contribute(args[0], bars, place)
            return
        targets = tuple(self.fresh(_bar(a)) for a in args if isinstance(a, Var))
        self.out.append(Unpack(targets, bars, place))
        for arg, bar in zip(args, targets, strict=True):
            self.contribute(arg, bar, place)

    def unpack(self, stmt: Unpack, place: Place) -> None:
        if not any(t in self.adjoint for t in stmt.targets if t is not None):
            return
        items = tuple(self.popped(t, place) for t in stmt.targets)
        assert isinstance(stmt.source, Var)
        self.contribute(stmt.source, self.let(_bar(stmt.source), Build("tuple", items), place), place)

    def popped(self, var: Var | None, place: Place) -> Atom:
        """The adjoint of one item of a tuple or record, which is at its end; 0.0 where there can be none."""
        if var is None or var not in self.active:
            return Const(0.0)
        found = self.adjoint.pop(var, None)
        return found if found is not None else self.zero(var, place)

    def build(self, value: Build, adjoint: Atom, place: Place) -> None:
        if value.kind == "dict":
            for key, item in zip(value.items[::2], value.items[1::2], strict=True):
                if item in self.active:
                    assert isinstance(item, Var)
                    self.contribute(item, self.let(_bar(item), op("getitem", adjoint, key), place), place)
            return
        targets = tuple(self.fresh(_bar(a)) if isinstance(a, Var) and a in self.active else None for a in value.items)
        if any(targets):
            self.out.append(Unpack(targets, adjoint, place))
        for item, bar in zip(value.items, targets, strict=True):
            if bar is not None:
                self.contribute(item, bar, place)

    # ------------------------------------------------------------------------------------------------------------ calls

    def call(self, stmt: Let, call: Call, adjoint: Atom, place: Place) -> None:
        if isinstance(call.fn, Ref) and call.fn.obj is operator.getitem:
            self.item(stmt.target, call.args[0], call.args[1], adjoint, place)
            return
        rule = self.rulebook.rule(call.fn, "elementwise", "linear", "multilinear", "adjoint")
        if rule is None and self.rulebook.is_constant(call.fn):  # a buffer that active values are written into later
            return
        if rule is None:
            raise no_rule(call, stmt.place)
        try:
            bound = self.rulebook.bind(rule, call)
        except TypeError as error:
            raise NotDifferentiable(f"this call of {title(call)} has no derivative: {error}", stmt.place, "Leave that argument out.") from None
        wanted = {name: _bar(a) for name, a in bound.atoms.items() if isinstance(a, Var) and a in self.active}
        if any(isinstance(a, Var) and a in self.active for a in bound.starred):
            assert bound.template.variadic is not None
            wanted[bound.template.variadic] = f"{bound.template.variadic}_bar"
        if not wanted:
            return
        read = {name: self.now(a, place) for name, a in bound.atoms.items()}
        starred = tuple(self.now(a, place) for a in bound.starred)
        seen = Bound(bound.rule, bound.template, read, starred, bound.given)
        result = self.now(stmt.target, place)
        result_name = bound.template.params[0].base
        seeds = {} if rule.word == "elementwise" else {result_name: adjoint}
        base = dict.fromkeys(wanted, "partial") if rule.word == "elementwise" else wanted
        stmts, outputs = fill_in(seen, result, seeds, base, self.fresh, place)
        self.out.extend(stmts)
        terms: dict[Var, list[Atom]] = {}
        for name, value in outputs.items():
            if value == Const(0.0):  # the rule says so: nothing flows there
                continue
            if name == bound.template.variadic:
                self.spread(bound.starred, value, place)
                continue
            var = bound.atoms[name]
            assert isinstance(var, Var)
            if rule.word == "elementwise":
                value = self.scaled(adjoint, value, _bar(var), place)
            terms.setdefault(var, []).append(value)
        for var, values in terms.items():
            total = values[0]
            for value in values[1:]:
                total = self.let(_bar(var), op("add", total, value), place)
                self.new.add(total)
                self.owned.add(total)
            if rule.word == "elementwise":
                total = self.reduced(total, var, stmt.target, place)
            self.contribute(var, total, place)

    def spread(self, args: tuple[Atom, ...], value: Atom, place: Place) -> None:
        """The adjoints of the arguments that a variadic parameter took."""
        targets = tuple(self.fresh(_bar(a)) if isinstance(a, Var) and a in self.active else None for a in args)
        self.out.append(Unpack(targets, value, place))
        for arg, bar in zip(args, targets, strict=True):
            if bar is not None:
                self.contribute(arg, bar, place)

    def scaled(self, adjoint: Atom, partial: Atom, base: str, place: Place) -> Atom:
        if isinstance(partial, Const) and partial.value == 1:
            return adjoint
        if isinstance(partial, Const) and partial.value == -1:
            return self.let(base, op("neg", adjoint), place)
        product = self.let(base, op("mul", adjoint, partial), place)
        self.new.add(product)
        self.owned.add(product)
        return product

    def item(self, part: Var, source: Atom, index: Atom, adjoint: Atom, place: Place) -> None:
        """``part = source[index]``: the adjoint of the source grows at that place."""
        assert isinstance(source, Var)
        built = self.defs.get(source)
        if isinstance(built, Build) and built.kind in ("tuple", "list") and isinstance(index, Const) and source not in self.memory.buffers:
            self.contribute(built.items[index.value], adjoint, place)
            return
        if isinstance(built, Build) and built.kind == "dict" and index in built.items[::2]:
            self.contribute(built.items[2 * built.items[::2].index(index) + 1], adjoint, place)
            return
        if source in self.containers:
            bar = self.let(_bar(source), helper("put_at", self.now(source, place), index, adjoint), place)
            self.contribute(source, bar, place)
            return
        if source not in self.adjoint and self.facts.of(source).kind != "array":
            self.adjoint[source] = bar = self.let(_bar(source), helper("put_at", self.now(source, place), index, adjoint), place)
            self.owned.add(bar)
            return
        container = part in self.nested and isinstance(index, Const) and self.facts.of(source).kind != "array"
        self.store(source, index, adjoint, "+" if self.plain(index) and not container else "add_at", place)

    def plain(self, index: Atom) -> bool:
        """Whether an index is made of ints, slices, Ellipsis and None: no element is hit twice."""
        value = self.defs.get(index) if isinstance(index, Var) else None
        if isinstance(value, Build):
            return value.kind == "tuple" and all(map(self.plain, value.items))
        if isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is slice:
            return True
        return isinstance(index, Const) or self.facts.of(index).kind in ("int", "bool")

    # ----------------------------------------------------------------------------------------------------------- writes

    def write(self, stmt: Store, place: Place) -> None:
        """``u[s] = v``: v takes the adjoint at s, what was overwritten gets none; the old content comes back."""
        saved = self.aug.saved.get(stmt.target)
        adjoint = self.adjoint.get(stmt.target)
        if adjoint is not None:
            self.own(stmt.target, place)
            buffer = self.adjoint.pop(stmt.target)
            if stmt.value in self.active:
                assert isinstance(stmt.value, Var)
                view = self.let(f"{_bar(stmt.base)}_view", op("getitem", buffer, stmt.index), place)
                value: Atom = self.let(_bar(stmt.value), Call(Method("copy"), (view,)), place)
                if stmt.op == "-":
                    value = self.let(_bar(stmt.value), op("neg", value), place)
                self.contribute(stmt.value, self.fitted(value, stmt, place), place)
            self.adjoint[stmt.base] = buffer
            if stmt.op == "":
                if stmt.base in self.active:
                    self.store(stmt.base, stmt.index, Const(0.0), "", place)
                else:
                    del self.adjoint[stmt.base]
        if saved is not None:
            before = self.fresh(stmt.base.base)
            now = self.current.get(stmt.target, stmt.target)
            self.out.append(Store(before, now, stmt.index, saved, "", place))
            self.current[stmt.base] = before

    def fitted(self, value: Atom, stmt: Store, place: Place) -> Atom:
        """The adjoint of a stored value: what was broadcast into the slice is summed again."""
        assert isinstance(stmt.value, Var)
        if self.facts.of(stmt.value).scalar and self.facts.of(stmt.base).rank == 1 and self.facts.of(stmt.index).kind == "int":
            return value
        if stmt.target in self.aug.views and self.facts.same_shape(stmt.value, self.aug.views[stmt.target]):
            return value
        return self.let(_bar(stmt.value), helper("unbroadcast", value, self.now(stmt.value, place)), place)

    # ------------------------------------------------------------------------------------------------------------ tapes

    def append(self, stmt: Append, place: Place) -> None:
        tape = self.adjoint.get(stmt.tape)
        if not isinstance(tape, Var):
            return
        targets = tuple(self.fresh(_bar(a)) if isinstance(a, Var) and a in self.active else None for a in stmt.values)
        self.out.append(Pop(targets, tape, place))
        for value, bar in zip(stmt.values, targets, strict=True):
            if bar is not None:
                self.contribute(value, bar, place)

    def taken(self, targets: tuple[Var | None, ...], tape: Atom, place: Place) -> None:
        """What a read from a tape gave: its adjoints go on the tape's adjoint."""
        if not isinstance(tape, Var) or tape not in self.active:
            return
        bars = tuple(self.popped(t, place) for t in targets)
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

    # ------------------------------------------------------------------------------------------------------- structure

    def branch(self, stmt: If, place: Place) -> None:
        self.open_tapes((stmt.then, stmt.orelse), place)
        outer, before, current = self.out, dict(self.adjoint), dict(self.current)
        incoming = {j.target: before.pop(j.target) for j in stmt.joins if j.target in before}
        arms = []
        for block, values in ((stmt.then, [j.then for j in stmt.joins]), (stmt.orelse, [j.orelse for j in stmt.joins])):
            self.out, self.adjoint, self.current = [], dict(before), dict(current)
            for join, value in zip(stmt.joins, values, strict=True):
                if join.target in self.memory.buffers and isinstance(value, Var):
                    self.current[value] = current.get(join.target, join.target)
                if join.target in incoming:
                    self.contribute(value, incoming[join.target], place)
            self.block(block)
            arms.append((self.out, self.adjoint, self.current, bool(block) and isinstance(block[-1], Raise)))
        for _, _, restored, _ in arms:  # versions of an arm's own are not read outside it
            for var in defined(stmt.then) | defined(stmt.orelse):
                restored.pop(var, None)
        joins = self.merged(arms, place)
        self.out = outer
        then, orelse = arms[0][0], arms[1][0]
        if then or orelse or joins:
            self.out.append(If(self.now(stmt.test, place), tuple(then), tuple(orelse), joins, place, mirror=stmt.label))

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
                target = self.fresh(_bar(var))
                joins.append(Join(target, values[0], values[1]))
                result[var] = target
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
        for var in outer_names:
            self.adjoint[var] = back_edges[var]
        for var, carry in carried.items():
            if isinstance(carry.back, Var):
                self.contribute(carry.back, back_edges[var], place)
                self.owned.update({back_edges[var]} if var in buffered else ())
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
                self.current[c.init] = now
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
            if var in buffered:
                self.own(var, place)
            elif var not in self.adjoint:
                self.adjoint[var] = self.zero(var, place)
        carried = {var: self.fresh(_bar(var)) for var in names}
        self.owned.update(carried[v] for v in names if v in buffered)
        return carried

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
            self.store(source.sequence, index, self.adjoint.pop(var), "+", place)

    def leave(self, var: Var, buffered: set[Atom], place: Place) -> Atom:
        if var in buffered:
            self.own(var, place)
        found = self.adjoint.pop(var, None)
        return found if found is not None else self.zero(var, place)


def _passing(stmts: tuple[Stmt, ...], defs: dict[Var, Expr], rulebook: Rulebook) -> frozenset[Var]:
    """The compiler's temporaries that an elementwise operation makes and that are read once."""
    reads: dict[Atom, int] = {}
    places: dict[Var, Place] = {}
    for stmt in stmts:
        for atom in (*own_atoms(stmt), *edge_atoms(stmt)):
            reads[atom] = reads.get(atom, 0) + 1
        if isinstance(stmt, Let):
            places[stmt.target] = stmt.place
    found = (v for v, e in defs.items() if reads.get(v) == 1 and isinstance(e, Call) and rulebook.rule(e.fn, "elementwise"))
    return frozenset(v for v in found if not places[v].names(v.base))
