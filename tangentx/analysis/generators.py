"""Which calls of generators are taken all at once, where they are called: those are read as functions that return a list (frontend/yields).

total = sum(flows(x))                       yes
for t, c in flows(x): total += c * t        yes: nothing is written that flows could see, and the loop runs to its end
for t, c in flows(x): x[0] = c              no: flows would read what was written
a, b = flows(x)                             yes
g = flows(x)                                no, where g is read twice, or something is written before it is
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterable

import numpy as np

from tangentx.analysis.aliases import is_inplace
from tangentx.analysis.kinds import is_generator
from tangentx.analysis.late import Taken
from tangentx.analysis.seen import Names, Writes
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
from tangentx.ir.walk import blocks, own_atoms, statements
from tangentx.rules.mutators import CHANGES_ITS_OBJECT

__all__ = ["taken_at_once"]

TAKE_ALL = (list, tuple, set, sum, sorted, max, min)
MAKERS = (list, dict, set, np.zeros, np.ones, np.empty, np.full, np.zeros_like, np.ones_like, np.empty_like, np.full_like, np.array, np.arange)
ADDS = ("append", "extend", "add", "insert")


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
                harmless = at is not None and all(seen.harmless(s, call) for s in statements(block[k + 1 : at]))
                if at is not None and harmless and seen.takes(block[at], stmt.target, call):
                    found.add((stmt.target, stmt.place))
            for inner in blocks(stmt):
                visit(inner)

    visit(function.body)
    return frozenset(found)


def _made(stmt: Let) -> Call | None:
    call = stmt.value
    return call if isinstance(call, Call) and isinstance(call.fn, Ref) and is_generator(call.fn.obj) else None


class _Seen(Names):
    """Who takes what a generator yields, and what happens until then."""

    def __init__(self, function: Function, every: Iterable[Stmt], writes: Writes) -> None:
        super().__init__(function, every, writes)
        self.reads = Counter(a for s in self.every for a in own_atoms(s))
        self.reads.update(a for values in self.merged.values() for a in values)
        self.reads.update([function.result])

    def takes(self, stmt: Stmt, made: Var, call: Call) -> bool:
        """Whether a statement takes all that a generator yields before anything else happens, or as if it did."""
        if isinstance(stmt, Let) and isinstance(stmt.value, Call):
            fn, first = stmt.value.fn, stmt.value.args[:1]
            return isinstance(fn, Ref) and any(fn.obj is f for f in TAKE_ALL) and first == (made,)
        if isinstance(stmt, Unpack):  # which looks whether there is one more, too
            return stmt.source == made
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
            return self.is_own(stmt.base, call) or (stmt.op == "setattr" and self.is_apart(stmt, call))
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

    def is_apart(self, stmt: Store, call: Call) -> bool:
        """Whether it writes an attribute of the generator's own object, which the generator does not read."""
        return bool(call.args) and stmt.base in self.objects(call.args[0], call) and not self.sees(call)(stmt)

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
