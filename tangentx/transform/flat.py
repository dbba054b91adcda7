"""Copies of what is not known: of an array its own, of a list or a dict a new container of the same items.

def f(xs):                              def f(xs):
    ys = xs.copy()                          check_flat(xs)         no list or dict of arrays: an array, or one of numbers
    ys[0] *= 2.0               ==>          ys = xs.copy()
    return sum(xs[0])                       ys[0] *= 2.0           in xs[0], too, if that is an array

    q = p.copy()                            check_class(p, dict)   what has words for keys is a dict
    q['w'] *= 2.0              ==>          q = p.copy()

``copy`` is taken for that of an array.  That is checked where it makes a difference: where an item of the copy or of the original is changed in
place, or gets another value by ``*=`` and is read later under its other name.  ``xs + [v]`` is such a copy, too.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from functools import partial

from tangentx.analysis.aliases import index_kind, is_inplace, no_list, regions_of
from tangentx.analysis.fact import Facts
from tangentx.analysis.numbers import find_numbers
from tangentx.ir.nodes import Atom, Block, Call, Const, Effect, Expr, For, Function, If, Let, Method, Place, Ref, Stmt, Store, Var, While
from tangentx.ir.walk import blocks, map_blocks, merges, own_atoms, source_targets, statements, stmt_targets
from tangentx.rules.table import Rulebook
from tangentx.transform.build import helper

__all__ = ["with_copies_checked"]

Updates = Callable[[Call], tuple[tuple[Atom, int], ...]]
Point = tuple[int, frozenset[int]]  # the number of a statement, and the loops around it
DICT = Ref(dict, "dict", "builtins", "dict")
ARITHMETIC = frozenset({"+", "-", "*", "/", "**", "//", "%", "@", "&", "|", "^", "<<", ">>"})
NOWHERE = Place("", 0)
IN_PLACE = ("+", "-")  # of an item: the rest puts a new value there (see inplace)
ADDS, TIMES = (operator.add, operator.iadd), (operator.mul, operator.imul)


def with_copies_checked(function: Function, facts: Facts, rulebook: Rulebook, updates: Updates) -> Function:
    """The function with such checks in front of its copies; the same one where there are none to make."""
    every = tuple(statements(function.body))
    defs: dict[Var, Expr] = {s.target: s.value for s in every if isinstance(s, Let)}
    derived = any(not s.place.own for s in every)  # then there are copies of ours in it
    if not any(_copied(s, facts, defs) for s in every) or not any(_writes(s, updates) for s in every):
        return function
    shared = _Shared(function, facts, defs, updates)
    there = {s.value for s in every if isinstance(s, Effect)}

    def block(b: Block, made: tuple[Var, ...]) -> Block:
        done: list[Stmt] = []
        here, arrays = {*made, *(t for s in b for t in stmt_targets(s))}, find_numbers(replace(function, body=_plain(b)), rulebook, {})
        for stmt in b:
            for owner in _copied(stmt, facts, defs) if not derived or stmt.place.names("copy") else ():
                if isinstance(stmt, Let) and not shared.is_array(stmt.target, owner, arrays):
                    check = shared.check(stmt, owner, here)
                    done += [Effect(check, stmt.place)] if check is not None and check not in there else []
            done.append(map_blocks(stmt, partial(block, made=_items(stmt))))
        return tuple(done)

    return replace(function, body=block(function.body, tuple(p.var for p in function.params)))


def _items(stmt: Stmt) -> tuple[Var, ...]:
    return tuple(t for s in stmt.sources for t in source_targets(s)) if isinstance(stmt, For) else ()


def _plain(b: Block) -> Block:
    """The statements of a block that are run whenever it is."""
    return tuple(s for s in b if not isinstance(s, If | For | While))


def _writes(stmt: Stmt, updates: Updates) -> bool:
    return isinstance(stmt, Store) or is_inplace(stmt) or (isinstance(stmt, Let) and isinstance(stmt.value, Call) and bool(updates(stmt.value)))


def _does(value: Call, operators: tuple[object, ...]) -> bool:
    return isinstance(value.fn, Ref) and any(value.fn.obj is o for o in operators)


def _copied(stmt: Stmt, facts: Facts, defs: dict[Var, Expr]) -> tuple[Var, ...]:
    """What a statement of the user's takes for an array and copies, and what may be a container."""
    if not isinstance(stmt, Let) or not isinstance(stmt.value, Call) or not stmt.place.own:
        return ()
    value = stmt.value
    kinds = {facts.of(a).kind for a in value.args}
    joins = (_does(value, ADDS) and kinds in ({"any", "list"}, {"any", "tuple"})) or (_does(value, TIMES) and kinds == {"any", "int"})
    if joins or (_takes_copy(value) and kinds == {"any"}):
        wanted = ("any", "list", "tuple")
        return tuple(a for a in value.args if isinstance(a, Var) and facts.of(a).kind in wanted and not facts.of(a).scalar and not no_list(a, defs))
    return ()


def _takes_copy(value: Call) -> bool:
    """Whether it is ``x.copy()``, or ``list.copy(x)``."""
    return len(value.args) == 1 and (value.fn == Method("copy") or isinstance(value.fn, Ref) and value.fn.obj in (list.copy, dict.copy))


@dataclass(frozen=True)
class _Change:
    """A statement that changes ``base``, which may be an item, or what stands ``inside`` of it; ``kept``: puts another value there."""

    point: Point
    stmt: Stmt
    base: Var
    kept: bool
    inside: bool = False


class _Shared:
    """What is changed inside of which name, and where names are used."""

    def __init__(self, function: Function, facts: Facts, defs: dict[Var, Expr], updates: Updates) -> None:
        self.facts, self.defs, self.updates = facts, defs, updates
        self.looks = regions_of(function, facts)
        every = tuple(statements(function.body))
        self.same = _same(every)
        self.uses: list[tuple[Point, Stmt | None, frozenset[Var]]] = []
        self.changes: list[_Change] = []
        self.words: set[Var] = set()
        self.held: dict[Var, set[Var]] = {}  # by a name of a container, what was put there
        for stmt in (s for s in every if isinstance(s, Store)):
            for container in self.looks(stmt.through or stmt.base):
                self.held.setdefault(container, set()).update(self.looks(stmt.value) if isinstance(stmt.value, Var) else ())
        self.params = frozenset(r for p in function.params if not facts.of(p.var).scalar for r in self.looks(p.var))
        self.pairs = [(s.target, owner) for s in every if isinstance(s, Let) for owner in _copied(s, facts, defs)]
        self.number = 0
        self.block(function.body, frozenset())
        last = frozenset(v for v in (function.result,) if isinstance(v, Var))
        self.uses.append(((self.number + 1, frozenset()), None, last))

    def block(self, b: Block, loops: frozenset[int]) -> None:
        for stmt in b:
            self.number += 1
            inner = loops | {self.number} if isinstance(stmt, For | While) else loops
            point = (self.number, inner)
            self.uses.append((point, stmt, frozenset(a for a in own_atoms(stmt) if isinstance(a, Var))))
            self.changes += [_Change(point, stmt, *found) for found in self.changed(stmt) if stmt.place.own]
            index: Atom | None = stmt.index if isinstance(stmt, Store) and stmt.op != "setattr" else None
            whole: Atom | None = stmt.base if isinstance(stmt, Store) else None
            if isinstance(stmt, Let) and isinstance(call := stmt.value, Call) and getattr(call.fn, "obj", None) is operator.getitem:
                whole, index = call.args[0], call.args[1]
            if isinstance(whole, Var) and index is not None and self.facts.of(index).kind == "str":
                self.words.add(self.same(whole))
            for each in blocks(stmt):
                self.block(each, inner)

    def reach(self, var: Var) -> frozenset[Var]:
        """What a name may look into, or what stands there."""
        found = set(self.looks(var))
        while more := {r for f in found for r in self.held.get(f, ()) if r not in found}:
            found |= more
        return frozenset(found)

    def changed(self, stmt: Stmt) -> Iterator[tuple[Var, bool, bool]]:
        """The rest of what this changes: ``base``, ``kept``, ``inside``."""
        if isinstance(stmt, Store):
            base = stmt.through or stmt.base
            if stmt.op in ARITHMETIC and index_kind(stmt.index, self.facts, self.defs) not in ("basic", "fancy"):
                yield base, stmt.op not in IN_PLACE, True
            elif self.is_item(base):
                yield base, False, False
        elif isinstance(stmt, Let) and isinstance(stmt.value, Call):
            if is_inplace(stmt) and isinstance(item := stmt.value.args[0], Var) and self.is_item(item):
                yield item, True, False
            yield from ((a, False, True) for a, _ in self.updates(stmt.value) if isinstance(a, Var))

    def is_item(self, var: Var) -> bool:
        """Whether a name may be an item of a container: a part of a list is a copy, and what stands in it is seen by its own name."""
        value = self.defs.get(var)
        if isinstance(value, Call) and getattr(value.fn, "obj", None) is operator.getitem:
            return index_kind(value.args[1], self.facts, self.defs) not in ("basic", "fancy")
        return not isinstance(value, Call) or not self.facts.of(var).scalar

    def others(self, copy: Let, owner: Var) -> frozenset[Var]:
        """What a copy is one of, with the other copies of that."""
        found = set(self.looks(owner))
        pairs = [(self.looks(t), self.looks(o)) for t, o in self.pairs if t != copy.target]
        while more := {r for pair in pairs for a, b in (pair, pair[::-1]) if not found.isdisjoint(a) for r in b if r not in found}:
            found |= more
        return frozenset(found)

    def crossed(self, owner: Var, own: frozenset[Var]) -> Iterator[tuple[frozenset[Var], frozenset[Var]]]:
        """What may share items with the copy of a parameter: the other parameters; which of the two is changed, and the other one read."""
        mine = self.looks(owner)
        if not mine.isdisjoint(self.params):
            yield own, self.params - mine
            yield self.params - mine, own

    def is_array(self, copy: Var, owner: Var, arrays: frozenset[Var]) -> bool:
        """Whether the copy is one of an array, by what is done with one of its names."""
        known = {self.same(copy), self.same(owner)}
        return self.facts.of(copy).kind == "array" or any(self.same(v) in known for v in arrays)

    def check(self, copy: Let, owner: Var, here: Container[Var]) -> Call | None:
        """What says that the copy shares nothing; if it has words for keys, and is not read under both names, that it is one of a dict.

        None where no change of an item of one of the two may be seen in the other one; ``here`` are the names made in its block.
        """
        whole = {self.same(copy.target), self.same(owner)}  # y[0] = e puts a number there, or another item
        own, changed, seen, read, in_place = self.looks(copy.target), False, False, False, False
        for mine, other in ((own, self.others(copy, owner)), (self.looks(owner), own)):
            for c in self.changes_in(mine, copy, whole):
                keys = self.read(other, mine, c, copy)
                changed, read = changed or bool(keys) or not c.kept, read or not _apart(self.key(c.stmt, whole), keys)
                seen, in_place = seen or bool(keys), in_place or not c.kept
        for mine, other in self.crossed(owner, own):  # an item of the copy may be another parameter, or stand in it
            seen_there = any(self.read(other, mine, c, copy) for c in self.changes_in(mine, copy, whole))
            changed, in_place = changed or seen_there, in_place or seen_there
        if changed and not read and not in_place:  # q["w"] *= 2.0, and p["c"] is read
            return helper("check_distinct", owner)
        if not changed:
            return None
        known = not seen and isinstance(copy.value, Call) and _takes_copy(copy.value) and owner in here and not self.words.isdisjoint(whole)
        return helper("check_class", owner, DICT) if known else helper("check_flat", owner)

    def changes_in(self, mine: frozenset[Var], copy: Let, whole: Container[Var]) -> list[_Change]:
        """What is changed inside of one of these, but by the copy itself, or by putting another item into the ``whole`` of it."""
        near = (c for c in self.changes if c.stmt is not copy and not mine.isdisjoint(self.reach(c.base)))
        return [c for c in near if c.inside or self.same(c.base) not in whole]

    def read(self, other: frozenset[Var], mine: frozenset[Var], change: _Change, copy: Let) -> set[object]:
        """By which keys the other one is read behind a change, or in a loop around it: None is another use."""
        (number, loops), whole = change.point, {self.same(v) for v in self.other_names(copy)}
        found: set[object] = set()
        for (at, around), stmt, names in self.uses:
            if stmt is change.stmt or not (at > number and stmt is not copy or loops & around):
                continue
            for v in (v for v in names if not other.isdisjoint(self.reach(v)) and mine.isdisjoint(self.looks(v))):
                found.add(self.key(stmt, whole) if self.same(v) in whole else self.key_of(v, whole))
        return found

    def other_names(self, copy: Let) -> tuple[Var, ...]:
        return (copy.target, *(a for a in own_atoms(copy) if isinstance(a, Var)))

    def key_of(self, var: Var, whole: Container[Var]) -> object:
        """The word by which a value, or what it is a part of, was read out of one of these."""
        value = self.defs.get(var)
        if not isinstance(value, Call) or not value.args or not isinstance(base := value.args[0], Var):
            return None
        return self.key_of(base, whole) if self.same(base) not in whole else self.key(Let(var, value, NOWHERE), whole)

    def key(self, stmt: Stmt | None, whole: Container[Var]) -> object:
        """The word by which a statement reads or writes one of these; None of any other statement."""
        call = stmt.value if isinstance(stmt, Let) else None
        base, index = (stmt.base, stmt.index) if isinstance(stmt, Store) and stmt.through is None else (None, None)
        if isinstance(call, Call) and getattr(call.fn, "obj", None) is operator.getitem:
            base, index = call.args[:2]  # type: ignore[assignment]
        known = isinstance(base, Var) and self.same(base) in whole and isinstance(index, Const) and isinstance(index.value, str)
        return index.value if known and isinstance(index, Const) else None


def _apart(key: object, others: set[object]) -> bool:
    """Whether none of some keys may be this one."""
    return not others or key is not None and not others & {key, None}


def _same(every: tuple[Stmt, ...]) -> Callable[[Var], Var]:
    """For a name one that stands for all names of the value, whatever was written into it since."""
    parent: dict[Var, Var] = {}

    def find(var: Var) -> Var:
        while var in parent:
            var = parent[var]
        return var

    pairs: list[tuple[Var, Atom]] = [(t, v) for t, values in merges(every) for v in values]
    pairs += [(s.target, s.base) for s in every if isinstance(s, Store)]
    pairs += [(s.target, s.value) for s in every if isinstance(s, Let) and isinstance(s.value, Var)]
    for a, b in pairs:
        if isinstance(b, Var) and find(a) != find(b):
            parent[find(a)] = find(b)
    return find
