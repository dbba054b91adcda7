"""Points: what is taken for a number, and changed in place while it has another name, is checked to be one.

def f(a: float):
    s = a                      check_unshared(a)        an array, be it one of shape (), would show in a what is done to s
    s *= 2           ==>       s = a
    return s * a               s *= 2

Numbers are known by annotations and by their use: ``math.exp(t)`` takes an array of one element, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tangentx.analysis.aliases import is_inplace
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import LIKE
from tangentx.ir.nodes import Append, Atom, Block, Build, Call, Effect, For, Function, If, Let, Place, Ref, Stmt, Store, Var, While
from tangentx.ir.walk import blocks, edge_atoms, map_blocks, merges, own_atoms, source_targets, statements, stmt_targets
from tangentx.transform.build import helper

__all__ = ["with_numbers_checked"]

Updates = Callable[[Call], tuple[tuple[Atom, int], ...]]
HOLDS = ("tuple", "list", "dict", "set")


def with_numbers_checked(function: Function, facts: Facts, updates: Updates) -> Function:
    """The function with checks where such names are made; the same one where there are none."""
    changes = dict(_changes(function, facts, updates))
    found = _found(function, facts, changes) if changes else {}
    if not found:
        return function
    place = function.body[0].place

    def check(var: Var, place: Place) -> Effect:
        return Effect(helper("check_unshared", var), place)

    def block(b: Block) -> Block:
        done: list[Stmt] = []
        for stmt in b:
            new = map_blocks(stmt, block)
            items = [t for s in stmt.sources for t in source_targets(s) if t in found] if isinstance(stmt, For) else []
            if items and isinstance(new, For):
                new = replace(new, body=(*(check(t, stmt.place) for t in items), *new.body))
            done += [new, *(check(t, stmt.place) for t in stmt_targets(stmt) if t in found)]
        return tuple(done)

    first = [check(p.var, place) for p in function.params if p.var in found]
    return replace(function, body=(*first, *block(function.body)))


def _changes(function: Function, facts: Facts, updates: Updates) -> Iterator[tuple[int, Var]]:
    """The statements that change a number in place, and its name."""
    for stmt in statements(function.body):
        call = stmt.value if isinstance(stmt, Let) else None
        if isinstance(call, Call):
            changed = call.args[:1] if is_inplace(stmt) else [a for a, _ in updates(call)]
            yield from ((id(stmt), a) for a in changed if isinstance(a, Var) and facts.of(a).scalar)


def _found(function: Function, facts: Facts, changes: dict[int, Var]) -> dict[Var, None]:
    """What has to be a number, since it is changed while it has another name."""
    every = tuple(statements(function.body))
    taken = {v for v in facts.assumed if facts.of(v).scalar}
    taken |= {s.target for s in every if isinstance(s, Let) and facts.of(s.target).scalar and _makes_array(s)}
    if not taken:
        return {}
    same = _Same(every)
    order = _Order(function)
    found: dict[Var, None] = {}
    for at, var in changes.items():
        names = same.of(var)
        if taken & names and (names & order.held or any(order.is_read_behind(v, at) for v in names)):
            found.update({v: None for v in order.made if v in taken & names and v not in same.later})
    return found


def _makes_array(stmt: Let) -> bool:
    """Whether it is a function of NumPy's that makes an array of shape () of a number."""
    fn = stmt.value.fn if isinstance(stmt.value, Call) else None
    return isinstance(fn, Ref) and fn.module == "numpy" and (fn.attr == "where" or fn.attr in LIKE)


class _Same:
    """Names that may stand for one object: copies, joins, carries, and what is changed in place."""

    def __init__(self, every: tuple[Stmt, ...]) -> None:
        self.near: dict[Var, set[Var]] = {}
        pairs: list[tuple[Var, Atom]] = [(t, v) for t, values in merges(every) for v in values]
        pairs += [(s.target, s.value) for s in every if isinstance(s, Let) and isinstance(s.value, Var)]
        pairs += [(s.target, s.value.args[0]) for s in every if isinstance(s, Let) and isinstance(s.value, Call) and is_inplace(s)]
        self.later = {a for a, b in pairs if isinstance(b, Var)}  # names of what had one before
        for a, b in pairs:
            if isinstance(b, Var):
                self.near.setdefault(a, set()).add(b)
                self.near.setdefault(b, set()).add(a)

    def of(self, var: Var) -> set[Var]:
        """All of them."""
        found, stack = {var}, [var]
        while stack:
            new = self.near.get(stack.pop(), set()) - found
            found |= new
            stack += new
        return found


class _Order:
    """Where names are made and read, as the text goes."""

    def __init__(self, function: Function) -> None:
        self.made: dict[Var, tuple[int, tuple[int, ...]]] = {p.var: (-1, ()) for p in function.params}  # when, and in which loops
        self.reads: dict[Var, list[tuple[int, tuple[int, ...]]]] = {}
        self.at: dict[int, tuple[int, tuple[int, ...]]] = {}
        self.held: set[Var] = set()  # what stands in containers
        self.count = 0
        self.walk(function.body, ())
        self.note(function.result, ())

    def walk(self, block: Block, loops: tuple[int, ...]) -> None:
        """All statements, in their order."""
        for stmt in block:
            self.count += 1
            self.at[id(stmt)] = (self.count, loops)
            for a in own_atoms(stmt):
                self.note(a, loops)
            self.hold(stmt)
            inside = (*loops, self.count) if isinstance(stmt, For | While) else loops
            if isinstance(stmt, For | While):
                items = [t for s in stmt.sources for t in source_targets(s)] if isinstance(stmt, For) else []
                self.made.update(dict.fromkeys((*stmt_targets(stmt), *items), (self.count, inside)))
                for c in stmt.carries:
                    self.note(c.init, loops)
            for inner in blocks(stmt):
                self.walk(inner, inside)
            self.count += 1
            if isinstance(stmt, For | While):
                for c in stmt.carries:
                    self.note(c.back, inside)
            else:
                self.made.update(dict.fromkeys(stmt_targets(stmt), (self.count, loops)))
            if isinstance(stmt, If):
                for a in edge_atoms(stmt):
                    self.note(a, loops)

    def note(self, atom: Atom, loops: tuple[int, ...]) -> None:
        """A read."""
        if isinstance(atom, Var):
            self.reads.setdefault(atom, []).append((self.count, loops))

    def hold(self, stmt: Stmt) -> None:
        """What a statement puts into a container."""
        values: tuple[Atom, ...] = ()
        if isinstance(stmt, Let) and isinstance(stmt.value, Build) and stmt.value.kind in HOLDS:
            values = stmt.value.items
        elif isinstance(stmt, Store):
            values = (stmt.value,) if stmt.op in ("append", "insert", "setattr", "") else ()
        elif isinstance(stmt, Append):
            values = stmt.values
        self.held.update(v for v in values if isinstance(v, Var))

    def is_read_behind(self, var: Var, change: int) -> bool:
        """Whether a name made before a change is read after it, perhaps in the next iteration, where it is still the same."""
        when, around = self.at[change]
        made, within = self.made.get(var, (-1, ()))
        if made > when:
            return False
        for read, loops in self.reads.get(var, ()):
            shared = [a for a, b in zip(around, loops) if a == b]
            again = any(loop not in within for loop in shared)  # a loop that does not make it anew
            if read > when + 1 and (not within or within[-1] in loops or within[-1] not in around):
                return True
            if again and read != when:
                return True
        return False
