"""Aliases: which names may share memory with an array that is written in place, and whether every write is safe.

    u = x.copy()          buffers: u, u.1       (the versions of one array in memory)
    v = u[1:]             views: v              (read again through u wherever the reverse needs it)
    u.1 = store u[0] = 1.0
    return v              refused: v is read after the array that it looks into has changed

A write needs an array that the function has made itself: the result of arithmetic, a creation function or ``.copy()``.
``x += e`` on a whole name is a new value, unless x may be an array that is read under another name afterwards: such a
name is a *suspect*, checked at run time (``transform/inplace.py``).
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, field

from tangentx.analysis.facts import Facts
from tangentx.errors import AliasError
from tangentx.ir.nodes import (
    Append,
    Atom,
    Block,
    Build,
    Call,
    Const,
    Each,
    For,
    Function,
    If,
    Let,
    Local,
    Place,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import blocks, own_atoms, source_targets, statements, stmt_targets

__all__ = ["Memory", "find_memory"]

VIEWS = frozenset({
    "getitem", "T", "reshape", "ravel", "transpose", "squeeze", "swapaxes", "moveaxis", "expand_dims", "broadcast_to", "asarray", "real",
    "imag", "diagonal", "view", "flat", "atleast_1d", "atleast_2d", "atleast_3d", "rollaxis", "flip", "fliplr", "flipud", "rot90", "split",
    "array_split", "ascontiguousarray", "asanyarray", "require", "matrix_transpose", "diag", "nan_to_num", "hsplit", "vsplit", "dsplit",
    "broadcast_arrays", "unstack", "meshgrid", "mT", "astype",
})  # fmt: skip
INPLACE = {operator.iadd, operator.isub, operator.imul, operator.itruediv, operator.ipow, operator.ifloordiv, operator.imod, operator.imatmul}
WAY_OUT = "Copy it first: {name} = {name}.copy()"


@dataclass(frozen=True)
class Memory:
    """``buffers``: names of arrays that are written in place somewhere; ``views``: how to read a view of one again;
    ``shared``: everything that may look into one of them."""

    buffers: frozenset[Var] = frozenset()
    views: dict[Var, Call] = field(default_factory=dict)
    shared: frozenset[Var] = frozenset()
    suspects: frozenset[Var] = frozenset()


def find_memory(function: Function, facts: Facts) -> Memory:
    """Finds buffers and views, and checks every write.

    Raises:
        AliasError: a write to an array that is not the function's own, or a read through another name after it.
    """
    classes = _Classes(function)
    stores = [s for s in statements(function.body) if isinstance(s, Store)]
    inplace = [s for s in statements(function.body) if _is_inplace(s)]
    if not stores and not inplace:
        return Memory()
    written = {classes.find(s.base) for s in stores}
    buffers = frozenset(v for v in classes.parent if classes.find(v) in written)
    classes.follow_views()
    views = {v: call for v, call in classes.view_calls.items() if classes.region(v) & written and v not in buffers}
    shared = frozenset(v for v in classes.members if classes.region(v) & written)
    _check_origins(function, classes, stores, buffers)
    return Memory(buffers, views, shared, _Stale(classes, function, facts).run())


def _is_inplace(stmt: Stmt) -> bool:
    return isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref) and any(stmt.value.fn.obj is o for o in INPLACE)


class _Classes:
    """Union-find of versions of one array, and for every name the set of classes that it may look into."""

    def __init__(self, function: Function) -> None:
        self.parent: dict[Var, Var] = {}
        self.function = function
        self.view_calls: dict[Var, Call] = {}
        self.members: dict[Var, frozenset[Var]] = {}
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

    def follow_views(self) -> None:
        """What may look into what: views, items, containers, results of the user's functions."""
        looks: dict[Var, set[Var]] = {}
        for stmt in statements(self.function.body):
            for target, sources in _looks(stmt):
                looks.setdefault(self.find(target), set()).update(self.find(s) for s in sources if isinstance(s, Var))
            if isinstance(stmt, Let) and isinstance(stmt.value, Call) and _is_view(stmt.value):
                self.view_calls[stmt.target] = stmt.value
        for var in list(self.parent):
            seen, stack = {self.find(var)}, [self.find(var)]
            while stack:
                for other in looks.get(stack.pop(), ()):
                    if other not in seen:
                        seen.add(other)
                        stack.append(other)
            self.members[self.find(var)] = frozenset(seen)
            self.members[var] = frozenset(seen)


def _name(call: Call) -> str:
    return call.fn.attr.rpartition(".")[2] if isinstance(call.fn, Ref) else getattr(call.fn, "name", "")


def _is_view(call: Call) -> bool:
    if _name(call) == "array" and any(k == "copy" and a != Const(True) for k, a in call.kwargs):
        return True  # np.array(x, copy=None) is x itself where it can be
    return not isinstance(call.fn, Local | Var) and _name(call) in VIEWS


def _looks(stmt: Stmt) -> list[tuple[Var, tuple[Atom, ...]]]:
    """(target, names whose memory it may share)."""
    if isinstance(stmt, Let):
        value = stmt.value
        if isinstance(value, Build):
            return [(stmt.target, value.items)]
        if isinstance(value, Call):
            if isinstance(value.fn, Local | Var):
                return [(stmt.target, value.args)]
            if _is_view(value):
                return [(stmt.target, value.args[:1])]
            if isinstance(value.fn, Ref) and value.fn.module.partition(".")[0] not in ("numpy", "math", "operator", "builtins", "tangentx", "scipy"):
                return [(stmt.target, (*value.args, *(a for _, a in value.kwargs)))]
    if isinstance(stmt, Unpack):
        return [(t, (stmt.source,)) for t in stmt.targets if t is not None]
    if isinstance(stmt, For):
        return [(s.target, (s.sequence,)) for s in stmt.sources if isinstance(s, Each)]
    if isinstance(stmt, Append):
        return [(stmt.tape, stmt.values)]
    return []


def _check_origins(function: Function, classes: _Classes, stores: list[Store], buffers: frozenset[Var]) -> None:
    own: dict[Var, Let] = {s.target: s for s in statements(function.body) if isinstance(s, Let)}
    versions = {t for s in statements(function.body) if isinstance(s, Store | If | For | While) for t in stmt_targets(s)}
    for stmt in stores:
        root = classes.find(stmt.base)
        for var in (v for v in classes.parent if classes.find(v) == root and v not in versions):
            let = own.get(var)
            if let is None:
                what = "a parameter" if any(p.var == var for p in function.params) else "an array that may belong to something else"
                raise AliasError(f"{stmt.base.base}[...] = ... writes to {what}", stmt.place, WAY_OUT.format(name=stmt.base.base))
            if isinstance(let.value, Call) and not _is_view(let.value) and not isinstance(let.value.fn, Local | Var) and not _looks(let):
                continue
            if isinstance(let.value, Build) and let.value.kind == "list":
                continue
            if isinstance(let.value, Var) and classes.find(let.value) == root:
                continue
            raise AliasError(
                f"{stmt.base.base}[...] = ... writes to an array that may have another name", stmt.place, WAY_OUT.format(name=stmt.base.base)
            )


class _Stale:
    """Walks the function, loops twice: after a write, the old versions and every view of the array must not be read.

    A view read before the write is fine; one made from the new version is, too.  So is what looks into an array that the
    name stood for in an earlier iteration: ``born`` and ``linked`` say when an array was made and when it was looked into.
    """

    def __init__(self, classes: _Classes, function: Function, facts: Facts) -> None:
        self.classes, self.function, self.facts = classes, function, facts
        self.live: dict[Var, None] = dict.fromkeys(p.var for p in function.params)
        self.stale: dict[Var, tuple[Place, Var | None]] = {}
        self.suspects: dict[Var, None] = {}
        self.time = 0
        self.born: dict[Var, int] = {}
        self.linked: dict[Var, int] = {}

    def run(self) -> frozenset[Var]:
        self.block(self.function.body)
        if isinstance(self.function.result, Var):
            self.read(self.function.result, self.function.returns or self.function.place)
        return frozenset(self.suspects)

    def block(self, block: Block) -> None:
        for stmt in block:
            self.time += 1
            for atom in stmt.values if isinstance(stmt, Append) else own_atoms(stmt):
                self.read(atom, stmt.place)
            if isinstance(stmt, For | While):
                items = [t for s in stmt.sources for t in source_targets(s)] if isinstance(stmt, For) else []
                for inner in (*blocks(stmt), *blocks(stmt)):
                    self.define([*items, *(c.target for c in stmt.carries)])
                    self.block(inner)
                    for c in stmt.carries:
                        self.read(c.back, stmt.place)
            elif isinstance(stmt, If):
                before = dict(self.stale)
                for inner, values in ((stmt.then, [j.then for j in stmt.joins]), (stmt.orelse, [j.orelse for j in stmt.joins])):
                    kept, self.stale = self.stale, dict(before)
                    self.block(inner)
                    for value in values:
                        self.read(value, stmt.place)
                    self.stale = {**kept, **self.stale}
            elif isinstance(stmt, Store):
                self.written(frozenset({self.classes.find(stmt.base)}), stmt.place, None)
            elif _is_inplace(stmt) and isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.args[0], Var):
                operand = stmt.value.args[0]
                if not self.facts.of(operand).scalar:
                    self.written(self.classes.region(operand), stmt.place, stmt.target)
            if isinstance(stmt, Append):
                self.linked[stmt.tape] = self.time
            elif isinstance(stmt, Let) and not isinstance(stmt.value, Var):  # y = x makes no array
                self.born[self.classes.find(stmt.target)] = self.time
            self.define(list(stmt_targets(stmt)))

    def define(self, names: list[Var]) -> None:
        for var in names:
            self.live[var] = None
            self.linked[var] = self.time
            self.stale.pop(var, None)

    def written(self, roots: frozenset[Var], place: Place, target: Var | None) -> None:
        for var in self.live:
            shared = roots & self.classes.region(var)
            if any(self.linked.get(var, 0) >= self.born.get(root, 0) for root in shared) and not self.facts.of(var).scalar:
                self.stale.setdefault(var, (place, target))

    def read(self, atom: Atom, place: Place) -> None:
        if isinstance(atom, Var) and atom in self.stale:
            at, target = self.stale[atom]
            if target is not None:
                self.suspects[target] = None
                return
            raise AliasError(
                f"{atom.base!r} is read after line {at.line} has written to an array that it may share memory with",
                place if place.line else at,
                f"Copy it before the write: {atom.base} = {atom.base}.copy()",
            )
