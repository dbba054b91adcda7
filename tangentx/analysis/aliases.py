"""Aliases: what the value of an expression may share memory with, and which names are arrays that are written in place.

    u = x.copy()          fresh        an array of its own
    v = u[1:]             view         looks into u
    t = u[i]              item         a number, or a row of u: known from ranks, else assumed a number (and checked at run time)
    w = [u, v]            holds        a container
    z = g(u)              unknown      may be u, or look into it

``transform/memory.py`` makes aliasing explicit with this knowledge; ``find_memory`` then says what the sweeps have to know.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from tangentx.analysis.classes import Known
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import LIBRARIES, OF_NUMBERS, hands_on, is_part, library_name
from tangentx.analysis.listed import PARTS, may_resize, no_list
from tangentx.analysis.proved import find_proved
from tangentx.analysis.unsure import find_changed_items, find_unsure
from tangentx.ir.nodes import (
    Append,
    Atom,
    Attribute,
    Build,
    Call,
    Const,
    Each,
    Expr,
    For,
    Function,
    If,
    Let,
    Local,
    Method,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import statements, stmt_targets
from tangentx.rules.declare import is_declared

__all__ = [
    "MAYBE",
    "VIEWS",
    "Memory",
    "find_memory",
    "index_kind",
    "is_inplace",
    "item_of_display",
    "may_hand_on",
    "may_resize",
    "no_list",
    "regions_of",
    "sharing",
    "subscripted",
]

VIEWS = frozenset({
    "T", "mT", "transpose", "swapaxes", "moveaxis", "rollaxis", "squeeze", "expand_dims", "real", "imag", "diagonal", "view", "flat", "flip",
    "fliplr", "flipud", "rot90", "matrix_transpose", "permute_dims", "broadcast_to", "sliding_window_view",
})  # fmt: skip
MAYBE = frozenset({
    "reshape", "ravel", "asarray", "asanyarray", "ascontiguousarray", "atleast_1d", "atleast_2d", "atleast_3d", "require", "diag",
    "asfortranarray", "asarray_chkfinite", "real_if_close", "asmatrix", "from_dlpack",
})  # fmt: skip
LISTED = frozenset({"add", "mul", "concat"})
HANDS_ON = frozenset({"cast_like", "unbroadcast", "broadcast_like", "unreduce", "add", "cast", "updated"})  # helpers that may return an operand
CHECKERS = frozenset({"sklearn"})  # packages whose rules are those of such functions
NUMBERS = frozenset({"device", "shape", "ndim", "size", "dtype", "itemsize", "nbytes", "strides"})
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


def is_inplace(stmt: Stmt) -> bool:
    """Whether it is ``x += e`` on a whole name."""
    return isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref) and any(stmt.value.fn.obj is o for o in INPLACE)


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


def sharing(value: Expr, facts: Facts, defs: Mapping[Var, Expr]) -> str:
    """How the value of an expression shares memory with its operands: ``fresh none view item maybe holds unknown``.

    ``view`` and ``item`` look into the first operand for sure (an item of a container is the object itself); ``maybe`` may
    be a view of it or a copy; ``number`` is taken for a value of its own, but might be a row; ``none`` has no memory.

    >>> sharing(Call(Method("copy"), (x,)), facts, {})                                       # doctest: +SKIP
    'fresh'
    """
    if isinstance(value, Build):
        return "holds" if value.kind in ("tuple", "list", "set", "dict", "and", "or", "if") else "none"
    if not isinstance(value, Call):
        return "unknown"
    if isinstance(value.fn, Local | Var):
        return "unknown"
    name = library_name(value)
    if not name:
        return _checked(value)
    if isinstance(value.fn, Ref) and value.fn.obj is operator.getitem:
        return "fresh" if _is_flat(value.args[0], defs) else _item(value, facts, defs)
    if isinstance(value.fn, Attribute):
        return "none" if name in NUMBERS else "view" if name in VIEWS else "item"
    if name in VIEWS:
        return "view"
    copies = [*(a for k, a in value.kwargs if k == "copy"), *(value.args[5:] if name == "astype" else ())]
    if name in MAYBE or (name in ("array", "astype") and any(a != Const(True) for a in copies)):
        return "maybe"
    if name in ("keys", "values", "items") and isinstance(value.fn, Method) and facts.of(value.args[0]).kind == "dict":
        return "view"
    if name in PARTS or (isinstance(value.fn, Ref) and value.fn.module == "operator" and name in LISTED and _are_lists(value, facts)):
        return "holds"
    if hands_on(name, value):
        return "unknown"  # it may be a view, of another part once its operand has changed
    if isinstance(value.fn, Method):
        if name == "get" and len(value.args) == 2 and facts.of(value.args[0]).kind == "dict":
            return "item"
        if name not in OF_NUMBERS and facts.of(value.args[0]).kind == "any" and not _of_a_library(value.args[0]):
            return "unknown"  # of an object, or a container: it may return what that holds
        return "holds" if name in ("get", "setdefault", "copy") and facts.of(value.args[0]).kind in ("list", "dict", "tuple") else "fresh"
    return "fresh"


def _of_a_library(atom: Atom) -> bool:
    """Whether it is an object of the surroundings whose class is one of a library: what its methods return is their own."""
    return isinstance(atom, Ref) and type(atom.obj).__module__.partition(".")[0] in LIBRARIES


def _are_lists(call: Call, facts: Facts) -> bool:
    """Whether what is joined or repeated are lists or tuples: the objects in them stand in the new one, too."""
    lists = [facts.of(a).kind in ("list", "tuple") for a in call.args]
    return any(lists) if library_name(call) == "mul" else all(lists)


def _checked(call: Call) -> str:
    """The same of a function of another package: one of those with a rule checks an array and hands it on, or says something of it."""
    if not isinstance(call.fn, Ref) or call.fn.module.partition(".")[0] not in CHECKERS or not is_declared(call.fn.obj):
        return "unknown"
    return "fresh" if is_declared(call.fn.obj, "constant") or ("copy", Const(True)) in call.kwargs else "maybe"


def may_hand_on(call: Call) -> bool:
    """Whether it is a helper of ours that may return an operand: an adjoint, which is never written while that is read."""
    return isinstance(call.fn, Ref) and call.fn.module == "tangentx.runtime" and library_name(call) in HANDS_ON


def _item(call: Call, facts: Facts, defs: Mapping[Var, Expr]) -> str:
    base, index = facts.of(call.args[0]), index_kind(call.args[1], facts, defs)
    made = defs.get(call.args[0]) if isinstance(call.args[0], Var) else None
    if isinstance(made, Call) and _checked(made) == "fresh":
        return "none"
    if base.kind in ("tuple", "list", "dict"):
        return "holds" if index == "basic" else "item"
    if index == "key":
        return "item"
    if index == "fancy":
        return "fresh"
    if index == "basic":
        return "view" if base.kind == "array" or no_list(call.args[0], defs) else "maybe"
    if index.startswith("int") and base.rank is not None:
        return "view" if base.rank > int(index[3:]) else "none"
    return "number"


def _is_flat(atom: Atom, defs: Mapping[Var, Expr]) -> bool:
    """Whether it is ``x.flat``, whose parts are copies."""
    value = defs.get(atom) if isinstance(atom, Var) else None
    if isinstance(value, Var):
        return _is_flat(value, defs)
    return isinstance(value, Call) and isinstance(value.fn, Attribute) and value.fn.name == "flat"


def item_of_display(value: Expr, defs: Mapping[Var, Expr]) -> Atom | None:
    """``v`` for ``p[0]`` where ``p = (v, w)``."""
    if not (isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is operator.getitem and isinstance(value.args[0], Var)):
        return None
    made, index = defs.get(value.args[0]), value.args[1]
    while isinstance(made, Var):  # another name of it
        made = defs.get(made)
    if not isinstance(made, Build) or made.kind not in ("tuple", "list") or not isinstance(index, Const) or type(index.value) is not int:
        return None
    return made.items[index.value] if -len(made.items) <= index.value < len(made.items) else None


def index_kind(index: Atom, facts: Facts, defs: Mapping[Var, Expr]) -> str:
    """``basic`` (with a slice, None or Ellipsis: a view for sure), ``int2`` (two whole numbers), ``fancy``, ``key`` or ``unknown``."""
    value = defs.get(index) if isinstance(index, Var) else None
    if isinstance(index, Const):
        if index.value is None or index.value is Ellipsis:
            return "basic"
        return "int1" if type(index.value) is int else "key" if isinstance(index.value, str) else "unknown"
    if is_part(value):
        return "basic"
    if isinstance(value, Build) and value.kind == "tuple":
        parts = [index_kind(a, facts, defs) for a in value.items]
        if "fancy" in parts:
            return "fancy"
        if "unknown" in parts or "key" in parts:
            return "unknown"
        return "basic" if "basic" in parts else f"int{len(parts)}"
    kind = facts.of(index).kind
    if kind in ("array", "list") or isinstance(value, Build) and value.kind == "list":
        return "fancy"
    return {"int": "int1", "str": "key"}.get(kind, "unknown")


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
    return Memory(buffers, views, shared, proved, known or {}, unsure, frozenset(v for v in items if v not in views), into)


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
    classes.follow_views(adjoints=False)  # which are never written while they are read
    holders.follow_views(adjoints=False, parts=False)
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

    def follow_views(self, adjoints: bool = True, parts: bool = True) -> None:
        """What may look into what: ``parts`` (views, items), containers, results of the user's functions; ``adjoints`` that helpers hand on."""
        looks: dict[Var, dict[Var, None]] = {}
        for stmt in statements(self.function.body):
            for target, sources in self._looks(stmt, adjoints, parts):
                looks.setdefault(self.find(target), {}).update({self.find(s): None for s in sources if isinstance(s, Var)})
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
                return [(stmt.target, every if how == "unknown" else every[:1])]
        if isinstance(stmt, Unpack) and parts:
            return [(t, (stmt.source,)) for t in stmt.targets if t is not None]
        if isinstance(stmt, For) and parts:
            return [(s.target, (s.sequence,)) for s in stmt.sources if isinstance(s, Each) and self.facts.of(s.sequence).kind != "dict"]
        return [(stmt.tape, stmt.values)] if isinstance(stmt, Append) else []


VIEW_KINDS = ("view", "maybe", "number")
