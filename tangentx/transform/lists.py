"""Changes of what is known to be a list, said as the writes that they are.

xs += [v, w]                 xs.1 = store xs append v; xs.2 = store xs.1 append w
xs += zs                     for z in zs: xs.1 = store xs append z
xs[i:j] = zs        ==>      xs.1 = store xs[:] = xs[:i] + zs + xs[j:]            it may grow or shrink
del xs[i:j]                  xs.1 = store xs[:] = xs[:i] + xs[j:]
k, v = d                     keys = list(d); k, v = keys                           of a dict it is the keys
xs.sort()                    xs.1 = store xs[:] = [xs[i] for i in order(xs)]
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import is_part
from tangentx.errors import AliasError, UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    Atom,
    Block,
    Build,
    Call,
    Carry,
    Const,
    Each,
    Effect,
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
)
from tangentx.ir.walk import map_blocks, statements
from tangentx.transform.build import builtin, helper, library, op

__all__ = ["settle_lists", "sorts"]

NOTHING, END = Const(None), Const(-1)


def settle_lists(function: Function, facts: Facts, fresh: Fresh) -> Function:
    """The function with such changes as writes.

    Raises:
        UnsupportedSyntax: a part is deleted that is not known to be a list's.
    """
    defs: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> list[Stmt]:
        change = _Change(stmt, facts, defs, fresh)
        call = stmt.value if isinstance(stmt, Let | Effect) else None
        if isinstance(stmt, Let) and isinstance(call, Call) and isinstance(call.fn, Ref) and call.fn.obj is operator.iadd:
            return change.extended(stmt.target, *call.args)
        if isinstance(stmt, Effect) and isinstance(call, Call) and sorts(call):
            return change.sorted(call)
        if isinstance(stmt, Store) and (part := defs.get(stmt.index)) is not None and stmt.op in ("", "del") and is_part(part):
            return change.replaced(stmt, part)
        if isinstance(stmt, Unpack) and facts.of(stmt.source).kind == "dict":
            return [Let(keys := fresh("keys"), builtin("list", stmt.source), stmt.place), replace(stmt, source=keys)]
        return [map_blocks(stmt, block)]

    return replace(function, body=block(function.body))


def sorts(call: Call) -> bool:
    """Whether it is ``xs.sort()``; with a key the keys are worked out by now (see frontend/conversions)."""
    return call.fn == Method("sort") and len(call.args) == 1 and {k for k, _ in call.kwargs} <= {"keys", "reverse"}


class _Change:
    """What one change becomes."""

    def __init__(self, stmt: Stmt, facts: Facts, defs: Mapping[Atom, Expr], fresh: Fresh) -> None:
        self.stmt, self.facts, self.defs, self.fresh = stmt, facts, defs, fresh
        self.out: list[Stmt] = []

    def is_list(self, base: Atom) -> bool:
        return isinstance(base, Var) and self.facts.of(base).kind == "list"

    def let(self, base: str, value: Expr) -> Var:
        target = self.fresh(base)
        self.out.append(Let(target, value, self.stmt.place))
        return target

    def part(self, base: Atom, start: Atom, stop: Atom) -> Var:
        index = self.let("part", builtin("slice", start, stop, NOTHING))
        return self.let("kept", op("getitem", base, index))

    def whole(self, target: Var, base: Var, items: Atom) -> list[Stmt]:
        """``base[:] = items``."""
        every = self.let("every", builtin("slice", NOTHING, NOTHING, NOTHING))
        return [*self.out, Store(target, base, every, items, "", self.stmt.place)]

    def extended(self, target: Var, base: Atom, items: Atom) -> list[Stmt]:
        if not self.is_list(base) or not isinstance(base, Var):
            return [self.stmt]
        display = self.defs.get(items)
        if isinstance(display, Build) and display.kind in ("list", "tuple") and display.items:
            for k, item in enumerate(display.items):
                new = target if k == len(display.items) - 1 else self.fresh(base.base)
                self.out.append(Store(new, base, END, item, "append", self.stmt.place))
                base = new
            return self.out
        if items == base:  # by what is in it now
            items = self.let("items", Call(Method("copy"), (base,)))
        item, now = self.fresh("item"), self.fresh(base.base)
        body = (Store(now, target, END, item, "append", self.stmt.place),)
        return [*self.out, For((Each(item, items),), (Carry(target, base, now),), body, self.stmt.place)]

    def sorted(self, call: Call) -> list[Stmt]:
        base = call.args[0]
        if not isinstance(base, Var):
            raise AliasError("a write into a variable of an outer scope", self.stmt.place, "Make a copy in the function and return it.")
        if self.is_list(base) or call.kwargs:
            return self.sorted_list(base, dict(call.kwargs))
        array = self.whole(self.fresh(base.base), base, self.let("items", library(np.sort, "np.sort", "numpy", base)))
        if self.facts.of(base).kind == "array":
            return array
        self.out = []
        items = self.sorted_list(base, {})
        cls = Ref(list, "list", "builtins", "list")
        test = self.fresh("is_list")
        known = Let(test, builtin("isinstance", base, cls), self.stmt.place)
        check = Effect(helper("check_class", base, Ref(np.ndarray, "np.ndarray", "numpy", "ndarray")), self.stmt.place)
        return [known, If(test, tuple(items), (check, *array), (), self.stmt.place)]

    def sorted_list(self, base: Var, words: dict[str, Atom]) -> list[Stmt]:
        order = self.let("order", helper("order", words.pop("keys", base), **words))
        empty, place = self.let("items", Build("list")), self.stmt.place
        i, item, items, now = self.fresh("i"), self.fresh("item"), self.fresh("items"), self.fresh("items")
        body = (Let(item, op("getitem", base, i), place), Store(now, items, END, item, "append", place))
        self.out.append(For((Each(i, order),), (Carry(items, empty, now),), body, place))
        return self.whole(self.fresh(base.base), base, items)

    def replaced(self, stmt: Store, index: Expr) -> list[Stmt]:
        """A part that is replaced by a list of another length, or deleted."""
        assert isinstance(index, Call)
        start, stop, step = index.args if len(index.args) == 3 else (*index.args, NOTHING)
        known = self.is_list(stmt.base) and step == NOTHING
        if stmt.op == "del" and not known:
            raise UnsupportedSyntax("del of a part is not supported yet", stmt.place, "Build a new value without it.")
        if not known or (start == NOTHING == stop and stmt.op == ""):
            return [stmt]
        pieces: list[Atom] = []
        if NOTHING not in (start, stop) and not _ordered(start, stop):
            start, stop = self.bounds(stmt.base, stmt.index)
        if start not in (NOTHING, Const(0)):
            pieces.append(self.part(stmt.base, NOTHING, start))
        if stmt.op == "":
            listed = self.facts.of(stmt.value).kind == "list"
            pieces.append(stmt.value if listed else self.let("items", builtin("list", stmt.value)))
        if stop != NOTHING:
            pieces.append(self.part(stmt.base, stop, NOTHING))
        items = pieces[0] if pieces else self.let("items", Build("list"))
        for piece in pieces[1:]:
            items = self.let("items", op("add", items, piece))
        return self.whole(stmt.target, stmt.base, items)

    def bounds(self, base: Var, index: Atom) -> tuple[Atom, Atom]:
        """Where a part begins and where it ends, counted from the front."""
        size = self.let("size", builtin("len", base))
        both = self.let("bounds", Call(Method("indices"), (index, size)))
        first, last = (self.let("bound", op("getitem", both, Const(k))) for k in (0, 1))
        return first, self.let("bound", builtin("max", first, last))


def _ordered(start: Atom, stop: Atom) -> bool:
    """Whether both are literals, counted from the same end, and in order."""
    if not (isinstance(start, Const) and isinstance(stop, Const) and type(start.value) is int and type(stop.value) is int):
        return False
    return (start.value < 0) == (stop.value < 0) and start.value <= stop.value
