"""Which calls of generators are taken all at once, where they are called: those are read as functions that return a list (frontend/yields).

total = sum(flows(x))                       yes
for t, c in flows(x): total += c * t        yes: nothing is written that flows could see, and the loop runs to its end
for t, c in flows(x): x[0] = c              no: flows would read what was written
g = flows(x)                                no, where g is read twice, or something is written before it is
"""

from __future__ import annotations

import inspect
import operator
import types
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from tangentx.analysis.aliases import is_inplace, is_update
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import (
    Atom,
    Attribute,
    Block,
    Break,
    Build,
    Call,
    Const,
    Count,
    Each,
    Effect,
    Expr,
    For,
    Function,
    If,
    Let,
    Method,
    Place,
    Raise,
    Ref,
    Span,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import blocks, expr_atoms, merges, own_atoms, statements
from tangentx.rules.mutators import CHANGES_ITS_OBJECT

__all__ = ["Taken", "is_generator", "refuse_generator", "taken_at_once"]

Taken = frozenset[tuple[Var, Place]]
Writes = Callable[[Stmt, Call], bool]  # whether a call of a function of the user's may write
TAKE_ALL = (list, tuple, set, sum, sorted, max, min)
MAKERS = (list, dict, set, np.zeros, np.ones, np.empty, np.full, np.zeros_like, np.ones_like, np.empty_like, np.full_like, np.array, np.arange)
ADDS = ("append", "extend", "add", "insert")


def is_generator(obj: Any) -> bool:
    return isinstance(obj, types.FunctionType) and inspect.isgeneratorfunction(obj)


def refuse_generator(place: Place) -> UnsupportedSyntax:
    hint = "Collect the values in a list and return it, or take them at once, where nothing is written that they are made of: list(gen(x))."
    return UnsupportedSyntax("a generator is not taken at once, where it is called", place, hint)


def taken_at_once(function: Function, writes: Writes) -> Taken:
    """The calls of generators that are, by the names of their results and their places."""
    found: set[tuple[Var, Place]] = set()
    every = tuple(statements(function.body))
    if not any(isinstance(s, Let) and _made(s) for s in every):
        return frozenset()
    seen = _Seen(function, every, writes)

    def visit(block: Block) -> None:
        for k, stmt in enumerate(block):
            if isinstance(stmt, Let) and (call := _made(stmt)) is not None and seen.reads[stmt.target] == 1:
                at = next((n for n, s in enumerate(block[k + 1 :], k + 1) if stmt.target in own_atoms(s)), None)
                if at is not None and all(seen.harmless(s, call) for s in block[k + 1 : at]) and seen.takes(block[at], stmt.target, call):
                    found.add((stmt.target, stmt.place))
            for inner in blocks(stmt):
                visit(inner)

    visit(function.body)
    return frozenset(found)


def _made(stmt: Let) -> Call | None:
    call = stmt.value
    return call if isinstance(call, Call) and isinstance(call.fn, Ref) and is_generator(call.fn.obj) else None


class _Seen:
    """What is known of the names of a function."""

    def __init__(self, function: Function, every: Iterable[Stmt], writes: Writes) -> None:
        self.every, self.writes = tuple(every), writes
        self.defs: dict[Atom, Expr] = {s.target: s.value for s in self.every if isinstance(s, Let)}
        self.stores: dict[Atom, Atom] = {s.target: s.base for s in self.every if isinstance(s, Store)}
        self.merged: dict[Atom, tuple[Atom, ...]] = dict(merges(self.every))
        self.reads = Counter(a for s in self.every for a in own_atoms(s))
        self.reads.update(a for values in self.merged.values() for a in values)
        self.reads.update([function.result])

    def takes(self, stmt: Stmt, made: Var, call: Call) -> bool:
        """Whether a statement takes all that a generator yields before anything else happens, or as if it did."""
        if isinstance(stmt, Let) and isinstance(stmt.value, Call):
            fn, first = stmt.value.fn, stmt.value.args[:1]
            return isinstance(fn, Ref) and any(fn.obj is f for f in TAKE_ALL) and first == (made,)
        if not isinstance(stmt, For):
            return False
        plain = all(isinstance(s, Count | Span) or (isinstance(s, Each) and not s.backwards) for s in stmt.sources)
        alone = sum(isinstance(s, Each | Span) for s in stmt.sources) == 1
        return plain and alone and all(self.harmless(s, call) for s in statements(stmt.body))

    def harmless(self, stmt: Stmt, call: Call) -> bool:
        """Whether a statement writes nothing that a generator that was called may see, and goes on."""
        if isinstance(stmt, Break | Raise):
            return False
        if isinstance(stmt, Store):
            return self.is_own(stmt.base, call)
        if not isinstance(stmt, Let | Effect) or not isinstance(stmt.value, Call):
            return isinstance(stmt, Let | Effect | If | For | While | Unpack)
        fn, args = stmt.value.fn, stmt.value.args
        if is_inplace(stmt):
            return self.is_own(args[0], call)
        if isinstance(fn, Method):
            changes = fn.name in CHANGES_ITS_OBJECT or fn.name in ADDS
            return self.is_own(args[0], call) if changes else hasattr(np.ndarray, fn.name)
        if isinstance(fn, Ref) and (is_generator(fn.obj) or not self.writes(stmt, stmt.value)):
            return not {"out"} & {k for k, _ in stmt.value.kwargs}
        return isinstance(fn, Attribute)

    def is_own(self, atom: Atom, call: Call) -> bool:
        """Whether it was made in the function, and is no part of what the generator was given."""
        names = self.names(atom)
        made = all(_is_new(self.defs.get(a, a)) for a in names if a not in self.stores and a not in self.merged and not self.is_name(a))
        return made and names.isdisjoint(self.given(call))

    def is_name(self, atom: Atom) -> bool:
        """Another name for something, or what ``+=`` makes of it."""
        made = self.defs.get(atom)
        return isinstance(made, Var) or (made is not None and is_update(made))

    def names(self, atom: Atom) -> set[Atom]:
        """The atoms that may be the same object."""
        found, stack = set[Atom](), [atom]
        while stack:
            if (a := stack.pop()) in found:
                continue
            found.add(a)
            made = self.defs.get(a)
            stack += [self.stores[a]] if a in self.stores else self.merged.get(a, ())
            stack += [made.args[0]] if isinstance(made, Call) and self.is_name(a) else [made] if isinstance(made, Var) else []
        return found

    def given(self, call: Call) -> set[Atom]:
        """All that the arguments of a call are made of, and what was put into that."""
        found: set[Atom] = set()
        new: set[Atom] = set(expr_atoms(call))
        while new:
            found |= new
            more = {b for a in new if a in self.defs for b in expr_atoms(self.defs[a])}
            more |= {b for a in new for b in (*self.merged.get(a, ()), *((self.stores[a],) if a in self.stores else ()))}
            for stmt in self.every:
                if isinstance(stmt, Store) and stmt.base in found:
                    more |= {stmt.target, stmt.value}
                elif (
                    isinstance(stmt, Let | Effect)
                    and isinstance(stmt.value, Call)
                    and isinstance(stmt.value.fn, Method)
                    and stmt.value.args[0] in found
                ):
                    more |= set(stmt.value.args)
                elif isinstance(stmt, Unpack) and found.intersection(stmt.targets):
                    more.add(stmt.source)
                elif isinstance(stmt, For) and any(isinstance(s, Each) and s.target in found for s in stmt.sources):
                    more |= {s.sequence for s in stmt.sources if isinstance(s, Each)}
            new = {a for a in more if isinstance(a, Var) and a not in found}
        return {a for a in found if isinstance(a, Var)}


def _is_new(value: object) -> bool:
    """Whether an expression makes an object, or is a number."""
    if isinstance(value, Const):
        return True
    if isinstance(value, Build):
        return True
    fn = value.fn if isinstance(value, Call) else None
    if not isinstance(fn, Ref):
        return False
    of_numbers = fn.module in ("operator", "math", "_operator") and fn.obj not in (operator.getitem, operator.pos) and not fn.attr.startswith("i")
    own = type(fn.obj) is type and getattr(fn.obj, "__new__", None) is object.__new__
    return of_numbers or any(fn.obj is f for f in MAKERS) or isinstance(fn.obj, np.ufunc) or own
