"""Classes of names that may stand for one object: the versions of a buffer, or of a tape and of what is kept in it."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator

from tangentx.analysis.aliases import MAYBE, VIEWS
from tangentx.analysis.kinds import library_name
from tangentx.ir.nodes import (
    Append,
    Atom,
    Attribute,
    Build,
    Call,
    Each,
    For,
    Function,
    If,
    Let,
    Method,
    Mirror,
    NewTape,
    Pop,
    ReadTape,
    Ref,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import statements

__all__ = ["TapeClasses", "shown_names", "two_faced", "written_names"]

JOINS = frozenset({"add", "concat", "copy", "iadd", "iconcat", "imul", "mul"})
TAKES_OUT = frozenset({"get", "items", "pop", "popitem", "popleft", "setdefault", "values"})


class _Classes:
    """Union-find over names; path halving, no ranks: the forests stay flat."""

    def __init__(self) -> None:
        self.parent: dict[Var, Var] = {}

    def find(self, var: Var) -> Var:
        parent = self.parent
        parent.setdefault(var, var)
        while parent[var] != var:
            parent[var] = parent[parent[var]]
            var = parent[var]
        return var

    def union(self, a: Atom, b: Atom) -> None:
        if isinstance(a, Var) and isinstance(b, Var):
            self.parent[self.find(a)] = self.find(b)

    def flow(self, function: Function) -> None:
        """One class for names that copies, joins, carries and stores connect."""
        for stmt in statements(function.body):
            if isinstance(stmt, Let) and isinstance(stmt.value, Var):
                self.union(stmt.target, stmt.value)
            elif isinstance(stmt, Let) and isinstance(stmt.value, Call) and getattr(stmt.value.fn, "text", "") == "updated":
                self.union(stmt.target, stmt.value.args[1])  # the array itself
            elif isinstance(stmt, Store):
                self.union(stmt.target, stmt.base)
            elif isinstance(stmt, If):
                for join in stmt.joins:
                    self.union(join.target, join.then)
                    self.union(join.target, join.orelse)
            elif isinstance(stmt, For | While):
                for carry in stmt.carries:
                    self.union(carry.target, carry.init)
                    self.union(carry.target, carry.back)


def written_names(function: Function) -> frozenset[Var]:
    """The names of buffers: what a ``Store`` writes to, and all that may be the same object.

    >>> # b = zeros_like(x); b.1 = store b[0] = 1.0; c = b.1     gives b, b.1, c
    >>> # p = [a]; u = p[0]; u.1 = store u[0] = 1.0               gives u, u.1, p, a
    >>> # o.1 = setattr o['w'] = a; u = o.w; u.1 = store u[0] = 1.0  gives u, u.1, o, o.1, a
    """
    stores = [s.base for s in statements(function.body) if isinstance(s, Store)]
    if not stores:
        return frozenset()
    classes = _Classes()
    classes.flow(function)
    behind = _behind(function, classes)
    written, stack = set[Var](), [classes.find(base) for base in stores]
    while stack:
        if (one := stack.pop()) not in written:
            written.add(one)
            stack.extend(behind.get(one, ()))
    return frozenset(v for v in tuple(classes.parent) if classes.find(v) in written)


def shown_names(function: Function, written: frozenset[Var]) -> frozenset[Var]:
    """The written names, and what may be a part of one of them."""
    found = set(written)
    for stmt in statements(function.body):
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and found.intersection(stmt.value.args) and _is_part(stmt.value):
            found.add(stmt.target)
    return frozenset(found)


def _is_part(call: Call) -> bool:
    name = library_name(call)
    return name == "getitem" or isinstance(call.fn, Attribute) or name in VIEWS or name in MAYBE


def _takes_out(call: Call) -> bool:
    """Whether it may give what stands in its first operand: ``o.w``, ``ls[0]``, ``d.get(key)``."""
    fn = call.fn
    return getattr(fn, "obj", None) is operator.getitem or isinstance(fn, Attribute) or (isinstance(fn, Method) and fn.name in TAKES_OUT)


def _is_holder(call: Call) -> bool:
    """Whether its value may hold what it is given: ``Point(a, b)``, ``list(xs)``."""
    if isinstance(call.fn, Ref):
        return call.fn.module.partition(".")[0] not in ("numpy", "math", "operator", "scipy", "tangentx")
    return not isinstance(call.fn, Attribute | Method)


def _joins(call: Call, lists: set[Atom]) -> bool:
    """Whether it may be ``xs + [x]``, ``[x] * 2`` or ``xs.copy()`` of a list."""
    name = call.fn.name if isinstance(call.fn, Method) else getattr(call.fn, "attr", "")
    return name in JOINS and bool(lists.intersection(call.args))


def _held(function: Function) -> Iterator[tuple[Var, tuple[Atom, ...]]]:
    """What may be a container, and what is put into it."""
    lists = set[Atom]()
    for stmt in statements(function.body):
        if isinstance(stmt, Store):
            yield stmt.target, (stmt.value,)
        elif isinstance(stmt, Let) and isinstance(stmt.value, Build):
            lists.add(stmt.target)
            yield stmt.target, stmt.value.items
        elif isinstance(stmt, Let) and isinstance(stmt.value, Call) and (_is_holder(stmt.value) or _joins(stmt.value, lists)):
            lists.add(stmt.target)
            yield stmt.target, (*stmt.value.args, *(a for _, a in stmt.value.kwargs))


def _behind(function: Function, classes: _Classes) -> dict[Var, list[Var]]:
    """For what is taken out of containers these; for containers what is put into them: a write to the one may be one to the other."""
    pairs: list[tuple[Var, Iterable[Atom]]] = []
    for stmt in statements(function.body):
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and _takes_out(stmt.value):
            pairs.append((stmt.target, stmt.value.args[:1]))
        elif isinstance(stmt, Unpack):
            pairs.extend((t, (stmt.source,)) for t in stmt.targets if t is not None)
        elif isinstance(stmt, For):
            pairs.extend((s.target, (s.sequence,)) for s in stmt.sources if isinstance(s, Each))
    taken = {classes.find(a) for _, sources in pairs for a in sources if isinstance(a, Var)}
    holds = [(classes.find(t), [classes.find(a) for a in atoms if isinstance(a, Var)]) for t, atoms in _held(function)]
    while more := {a for target, inner in holds if target in taken for a in inner} - taken:
        taken |= more  # a list in an object, and an array in that list
    pairs.extend((target, inner) for target, inner in holds if target in taken)
    found: dict[Var, list[Var]] = {}
    for target, sources in pairs:
        found.setdefault(classes.find(target), []).extend(classes.find(a) for a in sources if isinstance(a, Var))
    return found


def two_faced(function: Function) -> dict[Var, int]:
    """Before ``record``: the carries of loops that are mirrored, each with the label of its loop.

    In the mirror such a name stands for its value in that iteration, elsewhere for the value that left the loop: an
    expression that reads it must not be moved from the one into the other.
    """
    every = tuple(statements(function.body))
    mirrored = {s.mirror for s in every if isinstance(s, For) and any(isinstance(source, Mirror) for source in s.sources)}
    return {c.target: s.label for s in every if isinstance(s, For | While) and s.label in mirrored for c in s.carries}


class TapeClasses(_Classes):
    """Which names are the same tape, and the same field of one: an inner tape is a field of the outer one."""

    def __init__(self, function: Function) -> None:
        super().__init__()
        self.flow(function)
        self.fields: dict[tuple[Var, int], Var] = {}
        every = tuple(statements(function.body))
        self.made = [s.target for s in every if isinstance(s, NewTape)]
        # a field found to be a tape may connect others in turn: once for each level of nesting
        before = -1
        while before != (before := self._connect(every)):
            pass
        self.tapes = {self.find(v) for v in self.made}

    def _connect(self, every: tuple[object, ...]) -> int:
        self.fields = {}
        for stmt in every:
            if isinstance(stmt, Append):
                self._slots(stmt.tape, stmt.values)
            elif isinstance(stmt, Pop):
                self._slots(stmt.tape, stmt.targets)
            elif isinstance(stmt, For):
                for source in stmt.sources:
                    if isinstance(source, ReadTape):
                        self._slots(source.tape, source.targets)
        return len({self.find(v) for v in tuple(self.parent)})

    def _slots(self, tape: Atom, slots: tuple[Atom | None, ...]) -> None:
        if not isinstance(tape, Var):
            return
        for k, slot in enumerate(slots):
            if isinstance(slot, Var):
                self.union(self.fields.setdefault((self.find(tape), k), slot), slot)
