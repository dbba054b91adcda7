"""Kept copies, for ``augment``: what a name held is copied where it is made, if a write under another name may change it.

z = w if c else y                        z = w if c else y
w.1 = store w[0] = 0.0         ==>       z_saved = copied(z)
                                         w.1 = store w[0] = 0.0

The reverse reads the copy; dead code elimination removes those that it does not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import UNDEF, Atom, Block, Build, Call, Const, For, Function, If, Join, Let, Method, Place, Stmt, Var, While
from tangentx.ir.walk import map_blocks, merges, source_targets, statements, stmt_targets
from tangentx.transform.breaks import may_break
from tangentx.transform.build import helper

__all__ = ["Kept", "exist_where_copied", "whole_copy"]


@dataclass
class Kept:
    """The copies made: of names, and of what loops carry, as each iteration begins."""

    unsure: frozenset[Var]
    fresh: Fresh
    facts: Facts
    copies: dict[Var, Var] = field(default_factory=dict)
    inside: dict[Var, Var] = field(default_factory=dict)

    def copy(self, names: Iterable[Var], copies: dict[Var, Var], place: Place) -> Block:
        """Copies of those names that a write to another name may change."""
        unsure = [v for v in names if v in self.unsure]
        copies.update({v: self.fresh(f"{v.base}_saved") for v in unsure})
        return tuple(Let(copies[v], whole_copy(v, self.facts), place) for v in unsure)

    def at_start(self, stmt: Stmt) -> Block:
        """What a loop's body begins with."""
        if not isinstance(stmt, For | While):
            return ()
        items = [t for s in stmt.sources for t in source_targets(s)] if isinstance(stmt, For) else []
        return self.copy((*stmt_targets(stmt), *items), self.inside, stmt.place)

    def behind(self, stmt: Stmt, done: Block) -> Block:
        """A statement, which became ``done``, and the copies of what it makes."""
        if isinstance(stmt, Let) and isinstance(stmt.value, Var) and (copy := self.copies.get(stmt.value) or self.inside.get(stmt.value)):
            self.copies[stmt.target] = copy  # another name: the copy is there
            return done
        names = [v for v in stmt_targets(stmt) if v in self.unsure]
        if isinstance(last := done[-1], If):  # nothing may stand behind a break, and there may be no value on one of the ways
            inside = [j.target for j in last.joins if j.target in names and (may_break(last) or Const(UNDEF) in (j.then, j.orelse))]
            done, names = (*done[:-1], self.by_arms(last, inside)), [v for v in names if v not in inside]
        return (*done, *self.copy(names, self.copies, stmt.place))

    def by_arms(self, stmt: If, names: list[Var]) -> If:
        """What an If joins that may end its loop: each arm makes its copy before it breaks."""
        for name in names:
            join = next(j for j in stmt.joins if j.target == name)
            self.copies[name] = self.fresh(f"{name.base}_saved")
            then, one = self.by_arm(stmt.then, join.then, stmt.place)
            orelse, other = self.by_arm(stmt.orelse, join.orelse, stmt.place)
            stmt = replace(stmt, then=then, orelse=orelse, joins=(*stmt.joins, Join(self.copies[name], one, other)))
        return stmt

    def by_arm(self, arm: Block, value: Atom, place: Place) -> tuple[Block, Atom]:
        """The arm with a copy of what it hands on, and the name of the copy."""
        if not isinstance(value, Var) or value in self.copies:
            return arm, self.copies[value] if isinstance(value, Var) else value
        last = arm[-1] if arm else None
        if isinstance(last, If) and value in stmt_targets(last):
            return (*arm[:-1], self.by_arms(last, [value])), self.copies[value]
        copy = self.fresh(f"{value.base}_saved")
        at = len(arm) - (last is not None and may_break(last))
        return (*arm[:at], Let(copy, whole_copy(value, self.facts), place), *arm[at:]), copy


def exist_where_copied(function: Function) -> Function:
    """The same function, in which each name that is copied for the reverse has a value on every way: None where the primal has made none.

    for k: [r = undef <- r.2]             for k: [r = None <- r.2]
        r_saved = copied(r)        ==>        r_saved = copied(r)
    """
    every = tuple(statements(function.body))
    lets = [s for s in every if isinstance(s, Let)]
    calls = [s.value for s in lets if isinstance(s.value, Call)]
    copied = [call.args[0] for call in calls if call.fn in (helper("copied").fn, helper("snapshot").fn)]
    before: dict[Var, tuple[Atom, ...]] = {s.target: (s.value,) for s in lets if isinstance(s.value, Var)} | dict(merges(every))
    before |= {s.target: tuple(s.value.items) for s in lets if isinstance(s.value, Build) and s.target in copied}
    needed: set[Atom] = set()
    while copied:
        if (name := copied.pop()) not in needed:
            needed.add(name)
            copied += before.get(name, ()) if isinstance(name, Var) else ()

    def value(atom: Atom, target: Var) -> Atom:
        return Const(None) if atom == Const(UNDEF) and target in needed else atom

    def settle(stmt: Stmt) -> Stmt:
        if isinstance(stmt, If):
            stmt = replace(stmt, joins=tuple(Join(j.target, value(j.then, j.target), value(j.orelse, j.target)) for j in stmt.joins))
        elif isinstance(stmt, For | While):
            stmt = replace(stmt, carries=tuple(replace(c, init=value(c.init, c.target)) for c in stmt.carries))
        return map_blocks(stmt, lambda block: tuple(map(settle, block)))

    return replace(function, body=tuple(map(settle, function.body))) if any(name == Const(UNDEF) for name in needed) else function


def whole_copy(var: Var, facts: Facts) -> Call:
    """A copy of an array, or of whatever else it is."""
    fact = facts.of(var)
    return Call(Method("copy"), (var,)) if fact.kind == "array" and not fact.maybe_undefined else helper("copied", var)
