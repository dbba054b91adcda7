"""Present: the writes of an item whose key is in the dict already, so that none comes into it and the reverse need not ask.

v = d[k] * 2.0                                          d has k, since it was read
d.1 = store d[k] = v               ==>                  there

for k in d: d.1 = store d[k] = 0.0                      d has each k, as long as nothing was taken out of it
"""

from __future__ import annotations

import operator
from collections.abc import Hashable
from dataclasses import replace

from tangentx.analysis.containers import SET_OPS
from tangentx.analysis.kinds import library_name
from tangentx.ir.nodes import UNDEF, Atom, Block, Build, Call, Const, Each, Expr, For, Function, If, Let, Ref, Stmt, Store, Var, While
from tangentx.ir.walk import map_blocks, statements

__all__ = ["with_keys_known"]

Keys = frozenset[Hashable]  # keys that a dict has, and ("keys of", d) for all those of another one

NONE: Keys = frozenset()
ALIKE = ("copied", "own_copy", "zeros_like", "copy")  # what these give has the keys of their argument
LISTS = ("list", "tuple", "sorted", "keys")  # what these give are its keys
WITH = ("put_at", "add_at")  # what these give has that key, too
TAKE = ("pop", "del", "clear", "insert", *SET_OPS)  # writes that take keys out


def with_keys_known(function: Function) -> Function:
    """The function, each ``Store`` of an item marked that finds its key in the dict."""
    if not any(isinstance(s, Store) and s.op == "" for s in statements(function.body)):
        return function
    walk = _Walk({s.target: s.value for s in statements(function.body) if isinstance(s, Let)})
    walk.block(function.body)

    def block(b: Block) -> Block:
        return tuple(replace(s, there=True) if isinstance(s, Store) and s.target in walk.there else map_blocks(s, block) for s in b)

    return replace(function, body=block(function.body)) if walk.there else function


class _Walk:
    """One walk over a function, in the order in which it runs."""

    def __init__(self, defs: dict[Var, Expr]) -> None:
        self.defs = defs
        self.known: dict[Var, Keys] = {}  # of each dict, at this point
        self.there: set[Var] = set()
        self.drawn: dict[Hashable, tuple[Hashable, ...]] = {}  # keys that a loop goes through: the dicts that they are keys of

    def block(self, block: Block) -> None:
        """A block: what its reads show holds in it alone."""
        for stmt in block:
            self.statement(stmt)

    def inner(self, block: Block, more: tuple[Var, Hashable] | None = None) -> dict[Var, Keys]:
        """What is known at the end of a block that runs perhaps."""
        outer, self.known = self.known, dict(self.known)
        if more is not None:
            self.add(*more)
        self.block(block)
        found, self.known = self.known, outer
        return found

    def keys(self, atom: Atom) -> Keys:
        if not isinstance(atom, Var):
            return NONE
        value = self.defs.get(atom)
        if isinstance(value, Var):
            return self.keys(value)
        return self.known.get(atom, NONE) | {("keys of", atom)}

    def add(self, atom: Atom, key: Hashable) -> None:
        if isinstance(atom, Var) and isinstance(value := self.defs.get(atom), Var):
            self.add(value, key)
        elif isinstance(atom, Var):
            self.known[atom] = self.known.get(atom, NONE) | {key}

    def key(self, atom: Atom) -> Hashable:
        """What stands for a key: a pair is its two atoms."""
        value = self.defs.get(atom) if isinstance(atom, Var) else None
        if isinstance(value, Var):
            return self.key(value)
        if isinstance(atom, Ref):
            return object()  # it is one that nobody knows
        return ("tuple", *map(self.key, value.items)) if isinstance(value, Build) and value.kind == "tuple" else atom

    def has(self, atom: Atom, key: Hashable) -> bool:
        keys = self.keys(atom)
        return key in keys or any(("keys of", d) in keys for d in self.drawn.get(key, ()))

    def statement(self, stmt: Stmt) -> None:
        if isinstance(stmt, Let):
            self.value(stmt.target, stmt.value)
        elif isinstance(stmt, Store):
            self.store(stmt)
        elif isinstance(stmt, If):
            self.branch(stmt)
        elif isinstance(stmt, For | While):
            self.loop(stmt)

    def value(self, target: Var, value: Expr) -> None:
        if isinstance(value, Build) and value.kind == "dict":
            self.known[target] = frozenset(map(self.key, value.items[::2]))
        if not isinstance(value, Call) or not value.args:
            return
        name, first = library_name(value), value.args[0]
        if isinstance(value.fn, Ref) and value.fn.obj is operator.getitem:
            self.add(first, self.key(value.args[1]))
        elif name in ALIKE:
            self.known[target] = self.keys(first)
        elif name in WITH and _is_helper(value):
            self.known[target] = self.keys(first) | {self.key(value.args[1])}
        elif name == "add" and _is_helper(value):
            self.known[target] = self.keys(first) | self.keys(value.args[1])

    def store(self, stmt: Store) -> None:
        written, key = stmt.through or stmt.base, self.key(stmt.index)
        if stmt.op == "" and self.has(written, key):
            self.there.add(stmt.target)
        if stmt.op in TAKE:
            return
        self.known[stmt.target] = self.keys(stmt.base)
        if stmt.through is None and stmt.op not in ("setattr", "add_field", "append"):
            self.add(stmt.target, key)

    def branch(self, stmt: If) -> None:
        test = self.defs.get(stmt.test) if isinstance(stmt.test, Var) and stmt.guard is None else None
        asked = isinstance(test, Call) and isinstance(test.fn, Ref) and test.fn.obj is operator.contains
        found = (test.args[0], self.key(test.args[1])) if asked and isinstance(test, Call) and isinstance(test.args[0], Var) else None
        then, orelse = self.inner(stmt.then, found), self.inner(stmt.orelse)
        outer = self.known
        for join in stmt.joins:
            arms = []
            for self.known, value in ((then, join.then), (orelse, join.orelse)):
                arms += [self.keys(value)] if value != Const(UNDEF) else []
            outer[join.target] = frozenset.intersection(*arms) if arms else NONE
        self.known = outer

    def loop(self, stmt: For | While) -> None:
        for source in stmt.sources if isinstance(stmt, For) else ():
            if isinstance(source, Each):
                self.drawn[source.target] = self.whole(source.sequence)
        for carry in stmt.carries:
            self.known[carry.target] = self.keys(carry.init)
        while True:
            outer, self.known, before = self.known, dict(self.known), set(self.there)
            for block in (stmt.header, stmt.body) if isinstance(stmt, While) else (stmt.body,):
                self.block(block)
            backs = {c.target: outer[c.target] & self.keys(c.back) for c in stmt.carries}
            self.known = outer
            if all(outer[t] == keys for t, keys in backs.items()):
                return
            self.known.update(backs)
            self.there = before

    def whole(self, atom: Atom) -> tuple[Hashable, ...]:
        """The dicts whose keys a sequence is made of."""
        value = self.defs.get(atom) if isinstance(atom, Var) else None
        if isinstance(value, Var):
            return self.whole(value)
        if isinstance(value, Call) and value.args and library_name(value) in LISTS:
            return (atom, *self.whole(value.args[0]))
        return (atom,)


def _is_helper(call: Call) -> bool:
    return isinstance(call.fn, Ref) and call.fn.module == "tangentx.runtime"
