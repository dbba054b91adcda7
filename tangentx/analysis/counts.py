"""Attributes that hold nothing which depends on the inputs, whatever object has them: a timer, a counter.

self.n += 1                       n counts only
self.start = time.time()          and so does start
self.x = 3.0 * self.x             x does not, if it begins as something that depends on the inputs
"""

from __future__ import annotations

import operator
from collections.abc import Collection

from tangentx.ir.nodes import Atom, Attribute, Call, Const, Expr, Let, Ref, Stmt, Store, Var
from tangentx.ir.walk import expr_atoms, merges, stmt_targets

__all__ = ["Counts", "part_of"]


class Counts:
    """Which attributes hold nothing that depends on the inputs, whatever object has them."""

    def __init__(self, every: list[Stmt], wrt: Collection[Var]) -> None:
        self.wrt = wrt
        self.defs: dict[Var, Expr] = {s.target: s.value for s in every if isinstance(s, Let)}
        self.stores = [s for s in every if isinstance(s, Store)]
        self.bases = {s.target: s.base for s in self.stores}
        self.either = dict(merges(every))
        self.given = {t for s in every if not isinstance(s, Let | Store) for t in stmt_targets(s)} - self.either.keys()

    def only(self, store: Store) -> bool:
        """Whether a write is to such an attribute."""
        return store.op == "setattr" and self.plain(store.value, set()) and self.never(store.index, set())

    def never(self, name: Atom, seen: set[Atom]) -> bool:
        if name in seen:
            return True
        seen.add(name)
        return isinstance(name, Const) and all(
            self.plain(s.value, seen) for s in self.stores if s.op == "setattr" and s.index == name and not s.place.sweep
        )

    def plain(self, atom: Atom, seen: set[Atom]) -> bool:
        """Whether a value does not depend on the inputs."""
        if not isinstance(atom, Var) or atom in seen:
            return True
        seen.add(atom)
        if atom in self.either:
            return all(self.plain(a, seen) for a in self.either[atom])
        if atom in self.given or atom in self.bases or atom not in self.defs:
            return atom not in self.given and atom not in self.bases and atom not in self.wrt
        value = self.defs[atom]
        if (part := part_of(value)) is not None and isinstance(value, Call) and isinstance(value.fn, Attribute):
            return self.plain(self.root(part[0]), seen) and self.never(part[1], seen)
        return all(self.plain(a, seen) for a in expr_atoms(value))

    def root(self, var: Var) -> Var:
        while var in self.bases:
            var = self.bases[var]
        return var


def part_of(value: Expr) -> tuple[Var, Atom] | None:
    """The object of which this is an attribute or an item, and which."""
    if not isinstance(value, Call) or not value.args or not isinstance(value.args[0], Var):
        return None
    if isinstance(value.fn, Attribute):
        return value.args[0], Const(value.fn.name)
    if isinstance(value.fn, Ref) and (value.fn.obj is operator.getitem or value.fn.obj is getattr) and len(value.args) > 1:
        return value.args[0], value.args[1]
    return None
