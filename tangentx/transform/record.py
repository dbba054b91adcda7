"""Record: what the reverse reads of a loop or branch of the primal is kept for it (to be recorded: TBR).

    for i in range(n) #1:                        tape = new tape
        y = sin(x.1)                             for i in range(n):
        x.2 = y * x.1                                ...
    for mirror of 1:                    ==>          append tape <- x.1, y
        ... cos(x.1) ... y                       for x.3, y.1 in tape backwards:
                                                     ... cos(x.3) ... y.1

A loop's record holds the names that its reverse reads and its body (or header) defines: nothing else, one tuple for each
iteration.  In an arm of a branch inside a loop the arm has a tape of its own.  Outside loops nothing is saved: a name of
an arm leaves its If through a join that is undefined on the other side.  Index arithmetic, and what a
scalar statement computes on its way, is computed again (``recompute``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    UNDEF,
    Append,
    Atom,
    Block,
    Break,
    Const,
    Effect,
    For,
    Function,
    If,
    Join,
    Let,
    NewTape,
    Pop,
    Raise,
    ReadTape,
    Span,
    Stmt,
    Var,
    While,
)
from tangentx.ir.walk import blocks, defined, free_vars, map_atoms, source_targets, statements, stmt_targets
from tangentx.transform.breaks import idle_arm, may_break
from tangentx.transform.build import op
from tangentx.transform.recompute import recompute

__all__ = ["record"]


def record(function: Function, watched: frozenset[Var], idle: frozenset[int], facts: Facts, fresh: Fresh) -> Function:
    """Adds the tapes.

    ``watched`` are the names whose adjoints or contents the reverse follows (active, or written), ``idle`` the labels of the
    Ifs whose breaks it has left out.
    """
    body = recompute(function.body, facts, fresh)
    return replace(function, body=_Recorder(watched, idle, fresh).level(body))


# ------------------------------------------------------------------------------------------------------------------ tapes


class _Recorder:
    def __init__(self, watched: frozenset[Var], idle: frozenset[int], fresh: Fresh) -> None:
        self.watched, self.idle, self.fresh = watched, idle, fresh

    def level(self, block: Block) -> Block:
        """A block in which primal statements and their mirrors stand one behind the other, outside all loops."""
        mirrors = {s.mirror: s for s in block if isinstance(s, If | For | While) and s.mirror}
        new: dict[int, list[Stmt]] = {}
        result: list[Stmt] = []
        for stmt in block:
            label = getattr(stmt, "label", 0)
            if label in mirrors and isinstance(stmt, If):
                stmt, mirror = self.arms(stmt, mirrors[label])  # type: ignore[arg-type]
                new[label] = [mirror]
            elif label in mirrors:
                made, stmt, new[label] = self.loop(stmt, mirrors[label])  # type: ignore[arg-type]
                result.extend(made)
            result.extend(new.get(getattr(stmt, "mirror", 0), [stmt]))
        return tuple(result)

    # -------------------------------------------------------------------------------------------- branches outside loops

    def arms(self, primal: If, mirror: If) -> tuple[If, If]:
        """Outside loops: names of the primal arms, read by the mirror's, leave the primal through joins."""
        arms: list[Block] = []
        joins = list(primal.joins)
        mirrored: list[Block] = []
        for name in ("then", "orelse"):
            cut = Effect(Const("cut"), primal.place)
            both = self.level((*getattr(primal, name), cut, *getattr(mirror, name)))
            at = next(k for k, s in enumerate(both) if s is cut)
            forward, backward = both[:at], both[at + 1 :]
            inner = defined(forward)
            names: dict[Atom, Atom] = {}
            for var in (*free_vars(backward), *(getattr(j, name) for j in mirror.joins)):
                if isinstance(var, Var) and var in inner and var not in names:
                    names[var] = target = self.fresh(var.base)
                    joins.append(Join(target, var, Const(UNDEF)) if name == "then" else Join(target, Const(UNDEF), var))
            arms.append(forward)
            mirrored.append(tuple(map_atoms(s, _renaming(names)) for s in backward))
            mirror = replace(mirror, joins=tuple(_renamed(j, name, names) for j in mirror.joins))
        return replace(primal, then=arms[0], orelse=arms[1], joins=tuple(joins)), replace(mirror, then=mirrored[0], orelse=mirrored[1])

    # -------------------------------------------------------------------------------------------------------------- loops

    def loop(self, primal: For | While, mirror: For) -> tuple[list[Stmt], For | While, list[Stmt]]:
        """Gives a loop and its mirror their tape; returns the new tapes, the primal with its appends, the mirror."""
        made: list[Stmt] = []
        body, reverse = self.inside(primal.body, mirror.body, made, primal)
        header = defined(primal.header) if isinstance(primal, While) else set()
        names = defined(body) | header | {c.target for c in primal.carries}
        if isinstance(primal, For):
            names |= {t for s in primal.sources for t in source_targets(s)}
        read = set(_free(reverse, mirror))
        needed = [v for v in _in_order(primal, body) if v in read and v in names]
        span = _whole_range(primal)
        if span is not None and set(needed) <= {span.target}:
            return made, replace(primal, body=body), self.backwards(span, replace(mirror, body=reverse))
        tape = self.fresh("tape")
        fields: dict[Atom, Var] = {v: self.fresh(v.base) for v in needed}
        mirrored = frozenset(s.mirror for s in statements(reverse) if isinstance(s, If))
        body = self.appended(body, primal, Append(tape, tuple(needed), primal.place), mirrored)
        rename = _renaming(fields)
        carries = tuple(replace(c, back=rename(c.back)) for c in mirror.carries)
        reverse = tuple(map_atoms(s, rename) for s in reverse)
        new = replace(mirror, sources=(ReadTape(tuple(fields.values()), tape),), body=reverse, carries=carries)
        return [*made, NewTape(tape, primal.place)], replace(primal, body=body), [new]

    def backwards(self, span: Span, mirror: For) -> list[Stmt]:
        """``for i in range(n - 1, -1, -1)``: nothing is recorded."""
        before: list[Stmt] = []

        def less_one(atom: Atom) -> Atom:
            if isinstance(atom, Const):
                return Const(atom.value - 1)
            before.append(Let(last := self.fresh("last"), op("sub", atom, Const(1)), mirror.place))
            return last

        index = self.fresh(span.target.base)
        source = Span(index, less_one(span.stop), less_one(span.start), Const(-1))
        rename = _renaming({span.target: index})
        carries = tuple(replace(c, back=rename(c.back)) for c in mirror.carries)
        return [*before, replace(mirror, sources=(source,), carries=carries, body=tuple(map_atoms(s, rename) for s in mirror.body))]

    def inside(self, body: Block, reverse: Block, made: list[Stmt], loop: For | While | None) -> tuple[Block, Block]:
        """Pairs inside a loop body: inner loops and the arms of branches, innermost first."""
        mirrors = {s.mirror: s for s in reverse if isinstance(s, If | For | While) and s.mirror}
        new: dict[int, list[Stmt]] = {}
        result: list[Stmt] = []
        for k, stmt in enumerate(body):
            label = getattr(stmt, "label", 0)
            if label in mirrors and isinstance(stmt, If):
                always = stmt.guard is not None and stmt.guard.kind == "with"  # its names exist behind it
                stmt, mirror = self.arms(stmt, mirrors[label]) if always else self.tape_arms(stmt, mirrors[label], made)  # type: ignore[arg-type]
                new[label] = [mirror]
            elif label in mirrors:
                own: list[Stmt]
                own, stmt, new[label] = self.loop(stmt, mirrors[label])  # type: ignore[arg-type]
                result.extend(own)
            elif k == len(body) - 1 and loop is not None and label in self.idle and (arm := idle_arm(body, loop.carries, self.watched)):
                other = "orelse" if arm == "then" else "then"
                assert isinstance(stmt, If)
                inner, reverse = self.inside(getattr(stmt, other), reverse, made, _rest(loop, stmt, other))
                stmt = _with_arm(stmt, other, inner)
            result.append(stmt)
        return tuple(result), tuple(n for s in reverse for n in new.get(getattr(s, "mirror", 0), [s]))

    def tape_arms(self, primal: If, mirror: If, made: list[Stmt]) -> tuple[If, If]:
        """Inside a loop: what an arm's mirror reads of the arm goes on the arm's own tape.

        A try records when it has completed, inner tapes and all: if it fails, nobody takes off what it has recorded.
        """
        for name in ("then", "orelse"):
            tried = name == "then" and primal.guard is not None
            inner: list[Stmt] = [] if tried else made
            arm, back = self.inside(getattr(primal, name), getattr(mirror, name), inner, None)
            arm = (*inner, *arm) if tried else arm
            own = defined(arm)
            reads = (*free_vars(back), *(getattr(j, name) for j in mirror.joins))
            needed = [v for v in dict.fromkeys(t for s in statements(arm) for t in stmt_targets(s)) if v in reads and v in own]
            if needed:
                tape = self.fresh("arm_tape" if name == "then" else "else_tape")
                made.append(NewTape(tape, primal.place))
                fields: dict[Atom, Var] = {v: self.fresh(v.base) for v in needed}
                append = Append(tape, tuple(needed), primal.place)
                arm = (*arm, append) if tried else _inserted(arm, append)
                back = (Pop(tuple(fields.values()), tape, mirror.place), *(map_atoms(s, _renaming(fields)) for s in back))
                mirror = replace(mirror, joins=tuple(_renamed(j, name, fields) for j in mirror.joins))
            primal, mirror = _with_arm(primal, name, arm), _with_arm(mirror, name, back)
        return primal, mirror

    def appended(self, body: Block, loop: For | While, append: Append, mirrored: frozenset[int]) -> Block:
        """The record is taken as soon as its fields are known; where the loop may break: in the arm that goes on, or before.

        An If with a mirror is not idle: the reverse goes through the iteration that breaks, whatever became of its carries.
        """
        last = body[-1] if body else None
        arm = idle_arm(body, loop.carries, self.watched)
        if arm and isinstance(last, If) and last.label in self.idle and last.label not in mirrored:
            other = "orelse" if arm == "then" else "then"
            inner = self.appended(getattr(last, other), _rest(loop, last, other), append, mirrored)
            return (*body[:-1], _with_arm(last, other, inner))
        return _inserted(body, append)


def _inserted(block: Block, append: Append) -> Block:
    """The append behind the last statement that makes one of its fields: before names are assigned anew.

    Nothing stands behind an If that may break, so each of its arms appends what it hands on.
    """
    needed = set(append.values)
    at = max((k + 1 for k, s in enumerate(block) if needed & _makes(s)), default=0)
    last = block[-1] if block else None
    if at == len(block) and isinstance(last, If) and may_break(last):
        return (*block[:-1], _in_arms(last, append))
    return (*block[:at], append, *block[at:])


def _in_arms(stmt: If, append: Append) -> If:
    for arm in ("then", "orelse"):
        body = getattr(stmt, arm)
        if not (body and isinstance(body[-1], Raise)):
            handed: dict[Atom, Atom] = {j.target: getattr(j, arm) for j in stmt.joins}
            stmt = _with_arm(stmt, arm, _inserted(body, replace(append, values=tuple(handed.get(v, v) for v in append.values))))
    return stmt


def _makes(stmt: Stmt) -> set[Atom]:
    """What a statement defines, and the tapes that it fills: a tape is recorded when it is full."""
    return {*defined((stmt,)), *(s.tape for s in statements((stmt,)) if isinstance(s, Append | Pop))}


def _rest(loop: For | While, last: If, arm: str) -> For | While:
    """The loop as its carries look from inside the arm that goes on."""
    values: dict[Atom, Atom] = {j.target: getattr(j, arm) for j in last.joins}
    return replace(loop, carries=tuple(replace(c, back=values.get(c.back, c.back)) for c in loop.carries))


def _renaming(names: Mapping[Atom, Atom]) -> Callable[[Atom], Atom]:
    return lambda a: names.get(a, a)


def _renamed(join: Join, arm: str, names: Mapping[Atom, Atom]) -> Join:
    if arm == "then":
        return replace(join, then=names.get(join.then, join.then))
    return replace(join, orelse=names.get(join.orelse, join.orelse))


def _with_arm(stmt: If, arm: str, block: Block) -> If:
    return replace(stmt, then=block) if arm == "then" else replace(stmt, orelse=block)


def _free(body: Block, mirror: For) -> list[Var]:
    reads = dict.fromkeys(free_vars(body))
    reads.update({c.back: None for c in mirror.carries if isinstance(c.back, Var)})
    own = defined(body) | {c.target for c in mirror.carries}
    return [v for v in reads if v not in own]


def _in_order(loop: For | While, body: Block) -> list[Var]:
    """The names of an iteration in the order in which it makes them."""
    names = [t for s in loop.sources for t in source_targets(s)] if isinstance(loop, For) else []
    names += [c.target for c in loop.carries]
    for stmt in (*(loop.header if isinstance(loop, While) else ()), *body):
        names += [*stmt_targets(stmt), *(v for s in blocks(stmt) for v in sorted(defined(s)))]
    return list(dict.fromkeys(names))


def _whole_range(loop: For | While) -> Span | None:
    """The range of a loop over one range with step 1 that always runs to its end, else None."""
    if not isinstance(loop, For) or len(loop.sources) != 1 or not isinstance(loop.sources[0], Span):
        return None
    span = loop.sources[0]
    return None if span.step != Const(1) or any(isinstance(s, Break) for s in _own_level(loop.body)) else span


def _own_level(block: Block) -> list[Stmt]:
    found: list[Stmt] = []
    for s in block:
        found.append(s)
        if isinstance(s, If):
            found += _own_level(s.then) + _own_level(s.orelse)
    return found
