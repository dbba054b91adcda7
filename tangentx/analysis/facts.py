"""Facts: what kind of value a name holds, and which names have the same shape.

    x: float; y = np.zeros_like(a); z = y * 2.0     x: scalar ()   y: array, shape of a   z: array, shape of a

Kinds: ``float int bool`` (scalars; ``float`` covers NumPy's scalars), ``array``, ``tuple list dict str none other``, and
``any`` where nothing is known.  A shape is ``()`` for scalars or the name of a value that has this shape.  Two names with
equal shapes need no unbroadcast between them.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from tangentx.analysis.containers import first_versions, written_kind
from tangentx.analysis.fact import NOTHING, UNKNOWN, Fact, Facts, alike_fact, item_meet, joined_fact, meet
from tangentx.analysis.kinds import (
    ALIKE,
    ANNOTATIONS,
    ARRAY_RESULTS,
    FULL_REDUCTIONS,
    INT_RESULTS,
    JOINS,
    LIKE,
    MAKES,
    SCALARS,
    TUPLES,
    gives_pairs,
    is_part,
    keeps_axes,
    library_name,
    sliced,
    works_by_element,
)
from tangentx.analysis.numbers import checked_kinds, implied_scalars
from tangentx.ir.nodes import (
    Append,
    Atom,
    Attribute,
    Block,
    Build,
    Call,
    Const,
    Count,
    Each,
    Expr,
    For,
    Function,
    If,
    Let,
    Method,
    NewTape,
    Pop,
    ReadTape,
    Ref,
    Span,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import source_targets, stmt_targets
from tangentx.rules.table import Rulebook

__all__ = ["find_facts"]


NOTHING_KNOWN: Mapping[Var, str] = {}


def find_facts(
    function: Function, rulebook: Rulebook, scalars: Iterable[Var] = (), settled: bool = True, known: Mapping[Var, str] = NOTHING_KNOWN
) -> Facts:
    """Kinds and same-shape classes of every name of a function, in one walk (loops until nothing changes).

    ``scalars`` are names that a check at run time proves to be scalars.  Nothing is said of the items of containers while
    the memory of a function is not ``settled``: a write through another name may change them.  ``known`` are the kinds of
    containers that callees return.
    """
    walk = _Walk(rulebook, settled, first_versions(function.body, {}))
    walk.params.update(p.var for p in function.params)
    walk.here.update(walk.params)
    for p in function.params:
        kind = ANNOTATIONS.get(p.said, "any")
        walk.set(p.var, Fact(kind, () if kind in SCALARS else p.var))
        walk.facts.assumed.update([p.var] if kind in SCALARS else [])
    walk.forced.update(dict.fromkeys(scalars, "float"))
    walk.forced.update(checked_kinds(function))
    walk.forced.update(known)
    for var in walk.forced.keys() & walk.params:
        walk.set(var, walk.facts.of(var))
    walk.block(function.body)
    while news := walk.earlier or implied_scalars(function, walk.facts, rulebook):
        walk.facts.assumed.update(() if walk.earlier else news)
        walk.earlier = {}
        walk.forced.update(news)
        for var in news:
            walk.set(var, walk.facts.of(var))
        walk.block(function.body)
    return walk.facts


class _Walk:
    def __init__(self, rulebook: Rulebook, settled: bool, first: Mapping[Var, Var]) -> None:
        self.facts, self.rulebook, self.settled, self.first = Facts(), rulebook, settled, first
        self.forced: dict[Var, str] = {}  # scalars that are proven elsewhere, and of what kind
        self.earlier: dict[Var, str] = {}  # what a write shows of a value as it was before other writes: they are walked again
        self.here: set[Var] = set()  # names made in this block: a write in it that is for lists alone shows that they are some
        self.values: dict[Var, Expr] = {}
        self.fields: dict[Var, list[Fact]] = {}
        self.params: set[Any] = set()
        self.firsts: dict[Var, Expr] = {}  # what the first of several names was unpacked from

    def set(self, var: Var, fact: Fact) -> None:
        if var in self.forced and (not fact.scalar or self.forced[var] == "int"):
            kind, undefined = self.forced[var], fact.maybe_undefined or fact.kind == "undef"
            fact = replace(fact, kind=kind, shape=(), rank=0) if kind in SCALARS else Fact(kind, item=fact.item if fact.kind == kind else None)
            fact = replace(fact, maybe_undefined=undefined)
        if fact.kind in SCALARS:
            fact = fact if fact.shape == () and fact.rank == 0 else replace(fact, shape=(), rank=0)
        elif fact.shape is None and fact.kind in ("array", "any"):
            fact = replace(fact, shape=var)
        self.facts.facts[var] = fact if self.settled or fact.item is None else replace(fact, item=None)

    def atom(self, atom: Atom) -> Fact:
        if isinstance(atom, Const) and type(atom.value).__name__ == "Undef":
            return Fact("undef")
        return self.facts.of(atom)

    def inner(self, block: Block, made: Iterable[Var] = ()) -> None:
        """A block in another one, which runs perhaps; ``made`` are names made when it does."""
        outer, self.here = self.here, set(made)
        self.block(block)
        self.here = outer

    def block(self, block: Block) -> None:
        for stmt in block:
            self.here.update(stmt_targets(stmt))
            if isinstance(stmt, Let):
                self.values[stmt.target] = stmt.value
                self.set(stmt.target, self.expr(stmt.value))
            elif isinstance(stmt, Store):
                self.written(stmt)
            elif isinstance(stmt, Unpack):
                for t in filter(None, stmt.targets):
                    self.set(t, self.inside(self.atom(stmt.source)))
                if isinstance(stmt.source, Var) and stmt.source in self.values and (first := stmt.targets[0]) is not None:
                    self.firsts[first] = self.values[stmt.source]
            elif isinstance(stmt, Pop):
                self.read(stmt.targets, stmt.tape)
            elif isinstance(stmt, NewTape):
                self.set(stmt.target, Fact("list"))
            elif isinstance(stmt, Append):
                self.appended(stmt)
            elif isinstance(stmt, If):
                self.inner(stmt.then)
                self.inner(stmt.orelse)
                for j in stmt.joins:  # nothing comes out of an arm that raises
                    only = [a for a, arm in ((j.orelse, stmt.then), (j.then, stmt.orelse)) if arm and type(arm[-1]).__name__ == "Raise"]
                    self.set(j.target, self.atom(only[0]) if only else meet(self.atom(j.then), self.atom(j.orelse)))
            elif isinstance(stmt, For | While):
                self.loop(stmt)

    def written(self, stmt: Store) -> None:
        """A write does not change what its base is; some are for lists alone."""
        whole = stmt.through or stmt.base
        known = self.atom(whole).kind
        said = known if known != "any" else "dict" if self.by_word(stmt) else written_kind(stmt)
        if isinstance(whole, Var) and whole in self.here and said != known:
            self.forced[whole] = said
            self.set(whole, self.atom(whole))
            if (first := self.first.get(whole, whole)) in self.here and self.atom(first).kind == "any":
                self.earlier[first] = said
        base, takes = self.atom(stmt.base), stmt.op in ("pop", "del", "clear")
        self.set(stmt.target, base if base.item is None or takes else self.put(base, stmt.base, whole, stmt))
        if whole == stmt.base and self.atom(stmt.target).kind == "any":
            self.set(stmt.target, Fact(said))

    def by_word(self, stmt: Store) -> bool:
        """Whether it writes by a word: what has words for keys is a dict."""
        return self.atom(stmt.index).kind == "str" and stmt.op not in ("setattr", "add_field")

    def put(self, fact: Fact, base: Var, written: Atom, stmt: Store) -> Fact:
        """A container with something else in it, perhaps in a container of its own: ``t[0][1] = v``."""
        levels = 0
        while written != base:
            read = self.values.get(written) if isinstance(written, Var) else None
            if isinstance(read, Call) and isinstance(read.fn, Ref) and read.fn.obj is operator.getitem and self.takes_one(read.args[1]):
                levels, written = levels + 1, read.args[0]
            elif isinstance(read, Var):
                written = read
            else:
                return replace(fact, item=None)
        return self.filled(fact, levels, stmt)

    def filled(self, fact: Fact, levels: int, stmt: Store) -> Fact:
        if fact.item is None:
            return fact
        if levels:
            return replace(fact, item=self.filled(fact.item, levels - 1, stmt))
        one = fact.kind == "dict" or stmt.op in ("append", "insert") or self.takes_one(stmt.index)
        return replace(fact, item=item_meet(fact.item, self.atom(stmt.value)) if one else None)

    def takes_one(self, index: Atom) -> bool:
        """Whether an index takes one item out of a container."""
        return self.axis(index) == -1 or self.atom(index).kind == "str"

    def loop(self, stmt: For | While) -> None:
        if isinstance(stmt, For):
            for source in stmt.sources:
                if isinstance(source, ReadTape):
                    self.read(source.targets, source.tape)
                    continue
                for t in source_targets(source):
                    self.set(t, Fact("int") if isinstance(source, Span | Count) else self.item(source))
        for c in stmt.carries:
            self.set(c.target, self.atom(c.init))
        carried = {c.target for c in stmt.carries}
        while True:
            if isinstance(stmt, While):
                self.inner(stmt.header, carried)
            self.inner(stmt.body, carried)
            changed = False
            for c in stmt.carries:
                old = self.facts.of(c.target)
                new = meet(old, self.atom(c.back))
                if new.shape is None and new.kind in ("array", "any"):
                    new = replace(new, shape=c.target)
                if new != old:
                    self.set(c.target, new)
                    changed = changed or self.facts.of(c.target) != old
            if not changed:
                return

    def appended(self, stmt: Append) -> None:
        """What a field of a tape is known to be: a scalar, or of the shape of a parameter, in every record."""
        facts = [self.atom(a) for a in stmt.values]
        kept = [f if f.scalar or f.shape in self.params else replace(f, shape=None) for f in facts]
        old = self.fields.get(stmt.tape)
        self.fields[stmt.tape] = kept if old is None else [meet(a, b) for a, b in zip(old, kept)]

    def read(self, targets: tuple[Var | None, ...], tape: Atom) -> None:
        known = self.fields.get(tape) if isinstance(tape, Var) else None
        for k, t in enumerate(targets):
            if t is not None:
                self.set(t, known[k] if known is not None and k < len(known) else UNKNOWN)

    def item(self, source: Any) -> Fact:
        if isinstance(source, Each):
            whole = self.atom(source.sequence)
            return Fact("float", ()) if whole.rank == 1 else UNKNOWN if whole.kind == "dict" else self.inside(whole)
        return UNKNOWN if isinstance(source, Each | ReadTape) else Fact("int")

    @staticmethod
    def inside(container: Fact) -> Fact:
        """An item of a container, whichever."""
        return UNKNOWN if container.item is None or container.item == NOTHING else container.item

    def expr(self, value: Expr) -> Fact:
        if isinstance(value, Build):
            kind = {"tuple": "tuple", "list": "list", "dict": "dict", "fstring": "str", "not": "bool", "and": "bool", "or": "bool", "entered": "any"}
            items = value.items[1::2] if value.kind == "dict" else value.items
            held = item_meet(*(self.atom(a) for a in items)) if value.kind in ("tuple", "list", "dict") else None
            return Fact(kind.get(value.kind, "other"), item=held)
        if not isinstance(value, Call):
            return self.atom(value)
        if isinstance(value.fn, Var):
            return Fact("tuple") if gives_pairs(self.firsts.get(value.fn, self.values.get(value.fn))) else UNKNOWN
        return self.call(value)

    def call(self, call: Call) -> Fact:
        fn, args = call.fn, [self.atom(a) for a in call.args]
        name = library_name(call)
        if isinstance(fn, Ref) and any(fn.obj is f for f in (len, int, round, operator.index)):
            return Fact("int") if fn.obj is not round or len(args) == 1 else Fact("float")
        if isinstance(fn, Ref) and fn.obj is float:
            return Fact("float")
        if isinstance(fn, Ref) and isinstance(fn.obj, type) and fn.obj in MAKES:
            return Fact(MAKES[fn.obj], item=args[0].item if args else NOTHING)
        if isinstance(fn, Ref) and fn.module == "builtins" and name in ("sum", "min", "max"):
            return self.folded(args)
        if isinstance(fn, Ref) and fn.module == "operator" and name in JOINS and (lists := joined_fact(name, args)) is not None:
            return lists
        if isinstance(fn, Attribute) and not fn.own and name in ("ndim", "size"):
            return Fact("int")
        if isinstance(fn, Ref) and fn.module == "math":
            return Fact("tuple" if name in TUPLES else "float")
        if isinstance(fn, Ref | Method) and name in FULL_REDUCTIONS and args and not keeps_axes(call):
            return Fact("float", ())
        if isinstance(fn, Ref | Method) and name in LIKE and args:  # whoever asks for one like it has it
            return alike_fact(name, args, isinstance(fn, Ref) and fn.module == "numpy")
        if isinstance(fn, Ref) and name in ("add_at", "put_at", "add") and fn.module == "tangentx.runtime":
            return Fact(args[0].kind if args[0].kind in ("list", "dict", "tuple") else "any")
        if isinstance(fn, Ref) and name in ALIKE and fn.module == "tangentx.runtime":
            return Fact(args[1].kind if args[1].kind in ("list", "tuple", "array") else "any")
        if isinstance(fn, Ref) and name == "unbroadcast":
            return UNKNOWN if args[1].kind in ("list", "tuple") else replace(args[1], maybe_undefined=False)
        made = name in ("zeros", "ones", "empty", "arange") or name == "full" and len(args) > 1 and args[1].scalar
        if isinstance(fn, Ref) and made and fn.module == "numpy":
            shape = self.values.get(call.args[0]) if call.args and isinstance(call.args[0], Var) else None
            rank = len(shape.items) if isinstance(shape, Build) and shape.kind == "tuple" else None
            return Fact("array", None, 1 if args and args[0].kind == "int" else rank)
        if isinstance(fn, Ref) and fn.module == "numpy" and name in ("array", "asarray") and args:
            return Fact("array", None if args[0].scalar else args[0].shape, 0 if args[0].scalar else args[0].rank)
        if isinstance(fn, Ref) and fn.module == "numpy" and name in ("outer", "eye", "identity"):
            return Fact("array", None, 2)
        if isinstance(fn, Ref) and fn.module == "numpy" and name in ("shape",) or isinstance(fn, Attribute) and not fn.own and name == "shape":
            return Fact("tuple")
        if isinstance(fn, Ref) and name in TUPLES and fn.module.startswith(("numpy", "tangentx.runtime", "builtins")):
            return Fact("tuple")
        if isinstance(fn, Ref) and fn.obj is operator.getitem:
            return self.item_of(call, args[0])
        if (isinstance(fn, Ref) and name in ("lt", "le", "gt", "ge", "eq", "ne")) and all(a.scalar for a in args):
            return Fact("bool")
        if isinstance(fn, Ref) and (fn.obj is isinstance or name in ("is_", "is_not", "not_", "contains")):
            return Fact("bool")
        known = self.rulebook.rule(fn, "elementwise") or name in ("floordiv", "where")
        known = known or (works_by_element(fn) and not all(a.scalar for a in args))
        return self.elementwise(call, args) if known else UNKNOWN

    def folded(self, args: list[Fact]) -> Fact:
        """``sum``, ``min`` or ``max`` of Python's: of numbers a number; of a list of arrays it may be an array."""
        items = [self.inside(args[0]), *args[1:]] if len(args) == 1 or args[0].kind in ("list", "tuple") else args
        scalar = args[0].rank == 1 and all(a.scalar for a in args[1:]) or all(a.scalar for a in items)
        return Fact("float", ()) if scalar else UNKNOWN

    def item_of(self, call: Call, base: Fact) -> Fact:
        """An item or a part: of an array with known rank, each whole number takes an axis away, each None adds one."""
        if base.kind in ("list", "tuple", "dict"):
            one = base.kind == "dict" or self.takes_one(call.args[1])
            return self.inside(base) if one else base if self.axis(call.args[1]) == 0 else UNKNOWN
        shape = self.part(call.args[0], call.args[1])
        index = self.values.get(call.args[1]) if isinstance(call.args[1], Var) else None
        items = index.items if isinstance(index, Build) and index.kind == "tuple" else (call.args[1],)
        kinds = [self.axis(a) for a in items]
        if None in kinds or base.kind != "array":
            if len(items) > 1 and Const(Ellipsis) in items:  # of shape () still one that can be written
                return Fact("array", shape)
            one = isinstance(call.args[1], Const) and kinds == [-1]  # it may be a tuple, whose items have shapes of their own
            return Fact("float") if base.rank == 1 and kinds == [-1] else Fact("any", None if one else shape)
        rank = None if base.rank is None else base.rank + sum(k for k in kinds if k is not None)
        if rank == 0:
            return Fact("array", shape, 0) if Const(Ellipsis) in items else Fact("float")
        return Fact("array", shape, rank) if rank is not None or 0 in kinds else Fact("any", shape)

    def axis(self, index: Atom) -> int | None:
        """What a part of an index does to the rank; None where that is not known."""
        value = self.values.get(index) if isinstance(index, Var) else None
        if is_part(value) or index == Const(Ellipsis):
            return 0
        return -1 if self.atom(index).kind == "int" else 1 if index == Const(None) else None

    def part(self, base: Atom, index: Atom) -> Any:
        """The shape of ``base[index]`` for literal slices: the base's shape and what each slice takes away.

        ``u[1:-1]``, ``u[2:]`` and ``u[:-2]`` take two elements away at the ends: they have one shape.
        """
        shape = self.atom(base).shape
        key = self.index_key(index)
        return None if shape is None or key is None else ("part", shape, key)

    def index_key(self, index: Atom) -> Any:
        value = self.values.get(index) if isinstance(index, Var) else None
        if isinstance(index, Const):
            return (
                ("literal", repr(index.value)) if index.value is None or index.value is Ellipsis else ("int",) if type(index.value) is int else None
            )
        if isinstance(value, Build) and value.kind == "tuple":
            keys = tuple(self.index_key(a) for a in value.items)
            return None if None in keys else keys
        if is_part(value) and len(value.args) == 3 and all(isinstance(a, Const) for a in value.args):
            bounds = [a.value for a in value.args if isinstance(a, Const)]
            if len(bounds) != 3:
                return None
            start, stop, step = bounds
            if step is None and (start is None or start >= 0) and (stop is None or stop < 0):
                return ("trimmed", (start or 0) - (stop or 0))
            return ("slice", start, stop, step)
        return ("int",) if self.atom(index).kind == "int" else None

    def elementwise(self, call: Call, args: list[Fact]) -> Fact:
        args = args + [self.atom(a) for _, a in call.kwargs]
        obj = call.fn.obj if isinstance(call.fn, Ref) else None
        if args and all(a.kind in ("int", "bool") for a in args) and any(obj is o for o in INT_RESULTS):
            return Fact("int")
        if all(a.scalar for a in args):
            return Fact("float", ())
        arrays = isinstance(obj, np.ufunc) or any(obj is o for o in ARRAY_RESULTS)
        kind = "array" if any(a.kind == "array" or arrays and sliced(a.shape) for a in args) else "any"
        if any(a.kind in ("list", "tuple", "str", "dict", "other") for a in args):
            return UNKNOWN
        shapes = {id(a.shape) if a.shape is None else a.shape for a in args if not a.scalar}
        shape = next(iter(shapes)) if len(shapes) == 1 and not any(a.shape is None for a in args) else None
        ranks = [a.rank for a in args if not a.scalar]
        rank = None if any(r is None for r in ranks) else max(r for r in ranks if r is not None)
        return Fact(kind, shape, rank)
