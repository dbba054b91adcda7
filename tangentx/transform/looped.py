"""Looped: what is written by way of the items of a container tells of which kind it is; a check says so while running.

for b in bodies:                                check_class(bodies, list)
    b.vel += dt * b.acc              ==>        for b in bodies: ...             no row of an array has attributes to write

for k in params:                                check_class(params, dict)
    params[k] -= lr * grads[k]       ==>        for k in params: ...             by its own items only a dict is written

Only what surely happens counts, not what is written in a branch.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import replace

from tangentx.analysis.evidence import NO_EVIDENCE, other_name
from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Atom, Attribute, Block, Call, Each, Effect, Expr, For, Function, Let, Ref, Stmt, Store, Var, While
from tangentx.ir.walk import map_blocks, statements
from tangentx.transform.build import helper

__all__ = ["settle_looped"]

Kinds = dict[object, type]


def settle_looped(function: Function, facts: Facts) -> Function:
    """The function with a check of each such container of which nothing is known, behind what makes its names."""
    every = tuple(statements(function.body))
    if not any(isinstance(s, Store) for s in every):
        return function
    found = _Found(every, facts).kinds(function.body)
    if not found:
        return function
    names = _Names(every)
    known = {s.value for s in every if isinstance(s, Effect)}

    def checks(var: Atom, at: Stmt) -> Iterator[Stmt]:
        cls = found.get(names.of(var))
        if cls is not None and facts.of(var).kind == "any":
            check = Effect(helper("check_class", var, Ref(cls, cls.__name__, "builtins", cls.__name__)), at.place)
            yield from [check] if check.value not in known else ()

    def block(old: Block) -> Block:
        new: list[Stmt] = []
        for stmt in old:
            new.append(map_blocks(stmt, block))
            new += checks(stmt.target, stmt) if isinstance(stmt, Let) and names.is_read(stmt.value) else ()
        return tuple(new)

    first = [check for p in function.params for check in checks(p.var, function.body[0])]
    return replace(function, body=(*first, *block(function.body)))


class _Names:
    """What names stand for: one value has many, by copies and writes, and by being read from the same place again."""

    def __init__(self, every: tuple[Stmt, ...]) -> None:
        self.same: dict[Atom, Atom] = {}
        self.reads: dict[Atom, object] = {}
        for stmt in every:
            if isinstance(stmt, For | While):
                self.same.update({c.target: c.init for c in stmt.carries})
            elif isinstance(stmt, Store):
                self.same[stmt.target] = stmt.base
            elif isinstance(stmt, Let) and (other := other_name(stmt.value)) is not None:
                self.same[stmt.target] = other
            elif isinstance(stmt, Let) and isinstance(call := stmt.value, Call) and self.is_read(call):
                key = call.fn.name if isinstance(call.fn, Attribute) else self.of(call.args[1])
                self.reads[stmt.target] = (self.of(call.args[0]), key)

    @staticmethod
    def is_read(value: Expr) -> bool:
        """Whether it is an attribute or an item."""
        return isinstance(value, Call) and (isinstance(value.fn, Attribute) or getattr(value.fn, "obj", None) is operator.getitem)

    def of(self, atom: Atom) -> object:
        while atom in self.same:
            atom = self.same[atom]
        return self.reads.get(atom, atom)


class _Found:
    """One walk over what a function surely does."""

    def __init__(self, every: tuple[Stmt, ...], facts: Facts) -> None:
        self.facts, self.names = facts, _Names(every)
        self.reads = {s.target: s.value for s in every if isinstance(s, Let) and isinstance(s.value, Call) and _Names.is_read(s.value)}
        self.same = self.names.same
        self.found: Kinds = {}
        self.wrong: set[object] = set()

    def kinds(self, body: Block) -> Kinds:
        self.block(body, {})
        return {name: cls for name, cls in self.found.items() if name not in self.wrong}

    def block(self, block: Block, items: dict[object, Atom]) -> None:
        """``items``: those of the loops around this block, and what each loop goes over."""
        for stmt in block:
            if isinstance(stmt, For):
                more = {self.names.of(s.target): s.sequence for s in stmt.sources if isinstance(s, Each)}
                self.block(stmt.body, {**items, **more})
            elif isinstance(stmt, While):
                self.block(stmt.body, items)
            elif isinstance(stmt, Store):
                self.written(stmt, items)

    def written(self, stmt: Store, items: dict[object, Atom]) -> None:
        """A write, and the reads by which its base was come by, the last one first."""
        asked: object = stmt.index.value if stmt.op in ("setattr", "add_field") else None  # type: ignore[union-attr]
        atom, index = stmt.base, None if asked else stmt.index
        while True:
            while atom in self.same:
                atom = self.same[atom]  # type: ignore[assignment]
            key = self.names.of(index) if index is not None else None
            if key in items and self.names.of(items[key]) == self.names.of(atom):
                self.found_one(atom, dict)
            if isinstance(asked, str) and asked not in NO_EVIDENCE:
                if self.names.of(atom) in items:
                    self.found_one(items[self.names.of(atom)], list)
                read = self.reads.get(atom)
                if read is not None and not isinstance(read.fn, Attribute) and self.facts.of(read.args[1]).kind == "int":
                    self.found_one(read.args[0], list)
            read = self.reads.get(atom)
            if read is None:
                return
            asked = read.fn.name if isinstance(read.fn, Attribute) else None
            index = None if isinstance(read.fn, Attribute) else read.args[1]
            atom = read.args[0]  # type: ignore[assignment]

    def found_one(self, container: Atom, cls: type) -> None:
        name = self.names.of(container)
        if isinstance(container, Var) and self.found.setdefault(name, cls) is not cls:
            self.wrong.add(name)
