"""Aliases: which names of a function are arrays that are written in place, and which may look into which.

    v = u[1:]; w = v; v[0] = e           u is a buffer; v and w are views of it

What one expression shares is said in ``sharing``.
``transform/memory.py`` makes aliasing explicit with this knowledge; ``find_memory`` then says what the sweeps have to know.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from tangentx.analysis.classes import Known
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import library_name
from tangentx.analysis.listed import may_resize, no_list
from tangentx.analysis.proved import find_proved
from tangentx.analysis.sharing import MAYBE, VIEWS, index_kind, item_of_display, may_hand_on, sharing
from tangentx.analysis.taken_back import taken_back
from tangentx.analysis.unsure import find_changed_items, find_unsure
from tangentx.ir.nodes import (
    Append,
    Atom,
    Attribute,
    Build,
    Call,
    Each,
    Expr,
    For,
    Function,
    If,
    Let,
    Method,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import expr_atoms, statements, stmt_targets

__all__ = [
    "KEEP",
    "MAYBE",
    "VIEWS",
    "Memory",
    "find_memory",
    "index_kind",
    "is_inplace",
    "is_update",
    "item_of_display",
    "may_hand_on",
    "may_resize",
    "no_list",
    "regions_of",
    "sharing",
    "subscripted",
]

KEEP = ("", "append", "insert", "setattr", "add")  # writes that put an object into another one
INPLACE = {
    operator.iadd, operator.isub, operator.imul, operator.itruediv, operator.ipow, operator.ifloordiv, operator.imod, operator.imatmul,
    operator.iand, operator.ior, operator.ixor, operator.ilshift, operator.irshift,
}  # fmt: skip


@dataclass(frozen=True)
class Memory:
    """``buffers``: names of arrays that are written in place somewhere; ``views``: how to read a view of one again;
    ``shared``: everything that may look into one of them; ``apart``: items that are used after their array was written, and
    so are values of their own; ``classes``: what is known of objects."""

    buffers: frozenset[Var] = frozenset()
    views: dict[Var, Call] = field(default_factory=dict)
    shared: frozenset[Var] = frozenset()
    apart: frozenset[Atom] = frozenset()
    classes: dict[Var, Known] = field(default_factory=dict)  # of the values whose class is known
    unsure: frozenset[Var] = frozenset()  # what they show may change by a write to another name
    items: frozenset[Var] = frozenset()  # items of containers: a write into another one of them may change them
    into: frozenset[Var] = frozenset()  # arrays behind a write whose index looks into the array itself: p[p] = 0
    region: Callable[[Var], frozenset[Var]] = lambda var: frozenset({var})  # the arrays and containers that a name may look into


def is_inplace(stmt: Stmt) -> bool:
    """Whether it is ``x += e`` on a whole name."""
    return isinstance(stmt, Let) and is_update(stmt.value)


def is_update(value: Expr) -> TypeGuard[Call]:
    """Whether it is what ``x += e`` gives ``x``."""
    return isinstance(value, Call) and isinstance(value.fn, Ref) and any(value.fn.obj is o for o in INPLACE)


# ------------------------------------------------------------------------------------------------------- one expression


def subscripted(function: Function, facts: Facts) -> frozenset[Var]:
    """Names that are used as an array: items, parts or the length of them are asked for, or loops go over them."""
    classes = _Classes(function, facts)
    found: dict[Var, None] = {}
    for stmt in statements(function.body):
        bases: list[Atom] = [stmt.base] if isinstance(stmt, Store) else []
        if isinstance(stmt, For):
            bases = [s.sequence for s in stmt.sources if isinstance(s, Each)]
        value = stmt.value if isinstance(stmt, Let) else None
        if isinstance(value, Call) and (isinstance(value.fn, Method | Attribute) or getattr(value.fn, "attr", "") in ("getitem", "len", "matmul")):
            bases = [*value.args[:1]]
        found.update({classes.find(b): None for b in bases if isinstance(b, Var)})
    return frozenset(v for v in tuple(classes.parent) if classes.find(v) in found)


# --------------------------------------------------------------------------------------------------------- the function


def find_memory(function: Function, facts: Facts, known: dict[Var, Known] | None = None, before: Facts | None = None) -> Memory:
    """Finds the buffers of a function whose aliasing is explicit, and the views of them.

    ``before`` are the facts by which it was made so: what was a number then may be read after its array was written.
    """
    if not any(isinstance(s, Store) for s in statements(function.body)):
        return Memory(classes=known or {})
    classes = _Classes(function, facts)
    written = {classes.find(s.base) for s in statements(function.body) if isinstance(s, Store)}
    classes.follow_views()
    buffers = frozenset(v for v in tuple(classes.parent) if classes.find(v) in written and v not in classes.view_calls)
    numbers = {v for v in classes.view_calls if facts.of(v).scalar or (before is not None and before.of(v).scalar)}
    views = {v: call for v, call in classes.view_calls.items() if classes.region(v) & written and v not in numbers}
    views |= _ways(function, classes.defs, buffers)
    shared = frozenset(v for v in classes.members if classes.region(v) & written)
    proved = find_proved(tuple(statements(function.body)), classes.view_calls)
    into = frozenset(s.target for s in statements(function.body) if isinstance(s, Store) and _meet(classes, s.index, s.base))
    unsure = _unsure(function, facts, views.keys() - proved)
    items = find_changed_items(function, classes.item_reads(), classes.find, classes.region, facts) - unsure
    return Memory(buffers, views, shared, proved, known or {}, unsure, frozenset(v for v in items if v not in views), into, classes.region)


def _meet(classes: _Classes, index: Atom, array: Var) -> bool:
    """Whether an index is the array that it is an index of, or a part of it."""
    value = classes.defs.get(index) if isinstance(index, Var) else None
    if isinstance(value, Build):
        return any(_meet(classes, a, array) for a in value.items)
    part = isinstance(value, Call) and sharing(value, classes.facts, classes.defs) in ("view", "maybe")
    return (
        isinstance(index, Var)
        and (part or classes.find(index) == classes.find(array))
        and not classes.region(index).isdisjoint(classes.region(array))
    )


def _unsure(function: Function, facts: Facts, views: Collection[Var]) -> frozenset[Var]:
    classes, holders = _Classes(function, facts), _Classes(function, facts)
    classes.follow_views(adjoints=False, taped=True, puts=True)  # adjoints are never written while they are read
    holders.follow_views(adjoints=False, parts=False, puts=True)
    found = find_unsure(function, classes.find, classes.region, holders.region, facts)
    return frozenset(v for v in found if v not in views and not facts.of(v).scalar)


def regions_of(function: Function, facts: Facts) -> Callable[[Var], frozenset[Var]]:
    """For a name the arrays and containers that it may look into, each called by one of its names."""
    classes = _Classes(function, facts)
    classes.follow_views()
    return classes.region


def _ways(function: Function, defs: Mapping[Var, Expr], buffers: frozenset[Var]) -> dict[Var, Call]:
    """What writes go through is a view, whatever is known of it by now."""
    found: dict[Var, Call] = {}
    for stmt in statements(function.body):
        view = stmt.through if isinstance(stmt, Store) else None
        while view is not None and view not in buffers and isinstance(call := defs.get(view), Call) and call.args:
            found[view] = call
            view = call.args[0] if isinstance(call.args[0], Var) else None
    return found


class _Classes:
    """Union-find of versions of one array, and for every name the set of classes that it may look into."""

    def __init__(self, function: Function, facts: Facts) -> None:
        self.parent: dict[Var, Var] = {}
        self.function, self.facts = function, facts
        self.view_calls: dict[Var, Call] = {}
        self.members: dict[Var, frozenset[Var]] = {}
        self.defs: dict[Var, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
        for p in function.params:
            self.find(p.var)
        for stmt in statements(function.body):
            for t in stmt_targets(stmt):
                self.find(t)
            if isinstance(stmt, Store):
                self.unite(stmt.target, stmt.base)
            elif isinstance(stmt, If):
                for j in stmt.joins:
                    self.unite(j.target, j.then)
                    self.unite(j.target, j.orelse)
            elif isinstance(stmt, For | While):
                for c in stmt.carries:
                    self.unite(c.target, c.init)
                    self.unite(c.target, c.back)
            if isinstance(stmt, Let) and isinstance(stmt.value, Var):
                self.unite(stmt.target, stmt.value)

    def find(self, var: Var) -> Var:
        root = var
        while self.parent.setdefault(root, root) != root:
            root = self.parent[root]
        while self.parent[var] != root:
            self.parent[var], var = root, self.parent[var]
        return root

    def unite(self, a: Atom, b: Atom) -> None:
        if isinstance(a, Var) and isinstance(b, Var):
            self.parent[self.find(a)] = self.find(b)

    def region(self, var: Var) -> frozenset[Var]:
        """The classes that a name may look into (its own is one)."""
        return self.members.get(self.find(var), frozenset({self.find(var)}))

    def follow_views(self, adjoints: bool = True, parts: bool = True, taped: bool = False, puts: bool = False) -> None:
        """What may look into what: ``parts`` (views, items), containers, results of the user's functions; ``adjoints`` that helpers hand on;
        ``taped``: what a derivative takes back from its tape, and restores; ``puts``: what a container is given later.
        """
        looks: dict[Var, dict[Var, None]] = {}
        found = [pair for stmt in statements(self.function.body) for pair in self._looks(stmt, adjoints, parts)]
        found += [(s.base, (s.value,)) for s in statements(self.function.body) if puts and isinstance(s, Store) and self._is_put(s)]
        for target, sources in (*found, *(taken_back(self.function, self.find) if taped else ())):
            looks.setdefault(self.find(target), {}).update({self.find(s): None for s in sources if isinstance(s, Var)})
        for stmt in statements(self.function.body):
            if isinstance(stmt, Let) and isinstance(stmt.value, Call) and sharing(stmt.value, self.facts, self.defs) in VIEW_KINDS:
                self.view_calls[stmt.target] = stmt.value
        for var in list(self.parent):
            seen, stack = {self.find(var)}, [self.find(var)]
            while stack:
                for other in looks.get(stack.pop(), ()):
                    if other not in seen:
                        seen.add(other)
                        stack.append(other)
            self.members[self.find(var)] = self.members[var] = frozenset(seen)

    def item_reads(self) -> list[tuple[Var, Atom]]:
        """(target, container) of all statements that take an item out of a container."""
        reads = [s for s in statements(self.function.body) if isinstance(s, Unpack | For) or isinstance(s, Let) and self._is_item(s.value)]
        return [(target, source) for s in reads for target, sources in self._looks(s, True, True) for source in sources]

    def _is_put(self, stmt: Store) -> bool:
        """Whether a write may put the value itself into a container, not a copy of its numbers: by number what is unknown is an array."""
        given, kind = self.facts.of(stmt.value), self.facts.of(stmt.through or stmt.base).kind
        copies = kind == "any" and stmt.op == "" and index_kind(stmt.index, self.facts, self.defs) in ("basic", "fancy")
        return stmt.op in KEEP and not given.scalar and kind != "array" and not copies

    def _is_item(self, value: Expr) -> bool:
        return sharing(value, self.facts, self.defs) == "item"

    def _looks(self, stmt: Stmt, adjoints: bool, parts: bool) -> list[tuple[Var, tuple[Atom, ...]]]:
        """(target, names whose memory it may share)."""
        if isinstance(stmt, Let):
            how = sharing(stmt.value, self.facts, self.defs)
            if isinstance(stmt.value, Build):
                return [(stmt.target, stmt.value.items)] if how == "holds" else []
            if isinstance(stmt.value, Call) and how == "fresh" and may_hand_on(stmt.value):
                return [(stmt.target, stmt.value.args)] if adjoints or library_name(stmt.value) == "updated" else []
            if isinstance(stmt.value, Call) and how not in ("fresh", "none", *(() if parts else ("item", *VIEW_KINDS))):
                every = (*stmt.value.args, *(a for _, a in stmt.value.kwargs))
                return [(stmt.target, tuple(expr_atoms(stmt.value)) if how in ("unknown", "holds") else every[:1])]  # xs + ys; a callee's result
        if isinstance(stmt, Unpack) and parts:
            return [(t, (stmt.source,)) for t in stmt.targets if t is not None]
        if isinstance(stmt, For) and parts:
            return [(s.target, (s.sequence,)) for s in stmt.sources if isinstance(s, Each) and self.facts.of(s.sequence).kind != "dict"]
        return [(stmt.tape, stmt.values)] if isinstance(stmt, Append) else []


VIEW_KINDS = ("view", "maybe", "number")
