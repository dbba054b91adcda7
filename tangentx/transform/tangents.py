"""The bookkeeping of a forward sweep: the tangent of each name so far, and the statements written so far.

tangent(x)      ==>      x_dot, where x has one; else zeros of its structure
own(u)          ==>      u_dot = u_dot.copy()          a tangent that is written in place is nobody else's
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from tangentx.analysis.aliases import Memory, may_hand_on
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import library_name
from tangentx.analysis.reals import Reals
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, Each, Expr, For, Let, Local, Method, Place, Ref, Stmt, Store, Undef, Unpack, Var
from tangentx.ir.walk import expr_atoms, merges
from tangentx.rules.table import Rulebook
from tangentx.transform.build import helper
from tangentx.transform.realparts import is_real_part, real_part, without_conjugates
from tangentx.transform.returned import copies_of_result
from tangentx.transform.views import writes_through_maybe

__all__ = ["HandsOn", "Jvp", "Tangents", "dot_name", "structure_read"]

SUMS = frozenset({
    "T", "add", "array", "asarray", "clip", "copied", "copy", "flip", "getitem", "maximum", "minimum", "neg", "negative", "own_copy", "pos",
    "positive", "ravel", "reshape", "roll", "snapshot", "sort", "squeeze", "sub", "subtract", "transpose", "where",
})  # fmt: skip
Jvp = Callable[[str, tuple[int, ...]], str]
HandsOn = Callable[[str], bool]
NEW = frozenset({"mul", "add", "neg", "zeros_like", "copy", "copied", "own_copy", "put_at", "snapshot"})  # what these return is nobody else's


def dot_name(var: Var) -> str:
    """The name of a tangent."""
    return f"{var.base}_dot"


class Tangents:
    """The state of one forward sweep."""

    def __init__(
        self,
        active: frozenset[Var],
        dots: dict[Var, Atom],
        facts: Facts,
        memory: Memory,
        rulebook: Rulebook,
        fresh: Fresh,
        jvp: Jvp,
        hands_on: HandsOn,
    ) -> None:
        self.active, self.dots, self.facts, self.memory = active, dots, facts, memory
        self.rulebook, self.fresh, self.jvp, self.hands_on = rulebook, fresh, jvp, hands_on
        self.out: list[Stmt] = []
        self.defs: dict[Var, Expr] = {}
        self.objects: frozenset[Atom] = frozenset()
        self.entered: frozenset[Var] = frozenset()  # results of calls that are written later
        self.halves: frozenset[Var] = frozenset()  # pairs of a value and of what is copied at once
        self.lent: frozenset[Var] = frozenset()  # names whose tangent must be no array that is written
        self.reals = Reals(rulebook, facts, {})
        self.bare: frozenset[Var] = frozenset()  # names whose tangent may be a bare 0.0, though they are no numbers
        self.narrow: frozenset[Var] = frozenset()  # names whose tangent may be of a narrower dtype than they are
        self.relaid = False  # whether something is written through what is a view as its array lies in memory
        self.deep = False  # whether something in a container is written through it

    def let(self, base: str, value: Call | Build | Atom, place: Place) -> Var:
        target = self.fresh(base)
        self.out.append(Let(target, value, place))
        return target

    def has(self, atom: Atom) -> bool:
        return isinstance(atom, Var) and atom in self.active and atom in self.dots

    def tangent(self, atom: Atom, place: Place) -> Atom:
        """The tangent of an operand, zeros where it has none."""
        if self.has(atom):
            return self.dots[atom]  # type: ignore[index]
        if isinstance(atom, Ref) and np.ndim(atom.obj):  # a global array
            return self.let(f"{atom.attr.rpartition('.')[2]}_dot", helper("zeros_like", atom), place)
        if not isinstance(atom, Var):
            return atom if isinstance(atom, Const) and isinstance(atom.value, Undef) else Const(0.0)
        fact = self.facts.of(atom)
        return Const(0.0) if fact.scalar or fact.kind in ("none", "str") else self.zeros(atom, place)

    def merged(self, atom: Atom, place: Place) -> Atom:
        """The tangent of what a join or a carry takes: a bare 0.0 of what may not be there."""
        return Const(0.0) if isinstance(atom, Var) and not self.has(atom) and self.facts.of(atom).maybe_undefined else self.tangent(atom, place)

    def find_bare(self, every: tuple[Stmt, ...]) -> None:
        """Finds the names whose tangent may be a bare 0.0, though they are no numbers."""
        pairs = [(t, v) for t, values in merges(every) for v in values if isinstance(v, Var) and t in self.active]
        known = {v: self.facts.of(v) for _, v in pairs}
        found = {v for v, fact in known.items() if v not in self.active and fact.maybe_undefined and not fact.scalar}
        pairs += [(s.target, s.value) for s in every if found and isinstance(s, Let) and isinstance(s.value, Var)]
        while more := {t for t, v in pairs if v in found} - found:
            found |= more
        self.bare = frozenset(v for v in found if v in self.active and not self.facts.of(v).scalar)

    def find_narrow(self, every: tuple[Stmt, ...]) -> None:
        """Finds the names whose tangent may be of a narrower dtype than they are: real, of the sum of a real and a complex array."""
        self.relaid = writes_through_maybe(every, self.defs)
        pairs = [(t, v) for t, values in merges(every) for v in values]
        pairs += [(s.target, s.base) for s in every if isinstance(s, Store)]
        pairs += [(t, s.source) for s in every if isinstance(s, Unpack) for t in s.targets if t is not None]
        found = set[Var]()
        for var, value in self.defs.items():
            if isinstance(value, Var):
                pairs.append((var, value))
            elif isinstance(value, Call) and library_name(value) in SUMS and var in self.active:
                pairs += [(var, a) for a in expr_atoms(value)]
                if any(a not in self.active and not self.reals.real(a) and not self.facts.of(a).scalar for a in expr_atoms(value)):
                    found.add(var)
        while more := {t for t, v in pairs if v in found} - found:
            found |= more
        self.narrow = frozenset(v for v in found if v in self.active and not self.facts.of(v).scalar)

    def unbare(self, read: Iterable[Atom], place: Place) -> dict[Var, Atom]:
        """Gives these names tangents of their structure, where they are read and so are there; returns those that they had."""
        before = {v: self.dots[v] for v in read if isinstance(v, Var) and v in self.bare and v in self.dots}
        for var, dot in before.items():
            self.dots[var] = self.let(dot_name(var), helper("add", self.let(dot_name(var), helper("zeros_like", var), place), dot), place)
        return before

    def zeros(self, var: Var, place: Place) -> Var:
        """A zero tangent of its own."""
        value = self.defs.get(var)
        empty = isinstance(value, Build) and value.kind in ("list", "dict") and not value.items
        return self.let(dot_name(var), value if empty else helper("zeros_like", var), place)  # type: ignore[arg-type]

    def borrowed(self, stmt: Let) -> bool:
        """Whether the tangent may be that of an operand, which is written while it is needed."""
        if stmt.target not in self.lent or not isinstance(stmt.value, Call):
            return False
        if isinstance(stmt.value.fn, Method) and stmt.value.fn.name in ("conj", "conjugate"):
            return True  # of a real tangent it is that itself
        last = self.out[-1] if self.out else None
        made = last.value if isinstance(last, Let) and last.target == self.dots[stmt.target] else None
        if isinstance(made, Call) and (may_hand_on(made) or is_real_part(made)):
            return True
        return isinstance(stmt.value.fn, Local) or self.dots[stmt.target] in [self.dots.get(a) for a in expr_atoms(stmt.value) if isinstance(a, Var)]

    def returned(self, stmt: Let, both: Var) -> None:
        """What a call returned, and its tangent.

        If that is written, a copy: the pair may be differentiated again, and is not written.  What the callee was given stays what it is.
        """
        self.dots[stmt.target] = dot = self.fresh(dot_name(stmt.target))
        result = self.fresh(stmt.target.base) if stmt.target in self.entered else stmt.target
        self.out.append(Unpack((result, dot), both, stmt.place))
        if result == stmt.target:
            return
        call, half = stmt.value, stmt.target in self.halves
        assert isinstance(call, Call)
        hands_on = not isinstance(call.fn, Local) or self.hands_on(call.fn.name)
        self.out += copies_of_result(stmt.target, result, call, hands_on, half, self.facts, self.fresh, stmt.place)

    def may_share_items(self, stmt: Store) -> bool:
        """Whether what is written stands in a container, and may be an array."""
        base = self.facts.of(stmt.base)
        container = base.kind in ("list", "dict", "tuple") or self.facts.of(stmt.index).kind == "str"
        return container and not (base.item is not None and base.item.scalar)

    def own(self, var: Var, place: Place) -> None:
        """The tangent of an array that is written later must not be shared: a copy, unless it was just made for it."""
        if self.relaid or var in self.narrow or self.reals.complex(var):
            self.dots[var] = self.let(dot_name(var), helper("own_like", self.dots[var], var), place)
            return
        last = self.out[-1]
        made = last.value if isinstance(last, Let) and last.target == self.dots[var] else None
        if isinstance(made, Build) and not self.deep:
            return
        if isinstance(made, Call) and isinstance(made.fn, Ref | Method) and (getattr(made.fn, "attr", "") or getattr(made.fn, "name", "")) in NEW:
            return
        kind = self.facts.of(var).kind
        origin = self.defs.get(var)
        called = isinstance(origin, Call) and isinstance(origin.fn, Local | Var | Attribute)  # it may have returned any structure
        deep = var in self.objects or kind in ("list", "dict", "tuple") or ((called or var in self.lent) and kind != "array")
        copy = helper("copied", self.dots[var]) if deep else Call(Method("copy"), (self.dots[var],))
        self.dots[var] = self.let(dot_name(var), copy, place)

    def realised(self, dot: Atom, target: Var, call: Call, place: Place) -> Atom:
        """The tangent of a real number that complex ones may have made is real."""
        made = self.out[-1].value if self.out and isinstance(self.out[-1], Let) and self.out[-1].target == dot else None
        if not self.reals.drops(target, call) or is_real_part(made):
            return dot
        return self.let(dot_name(target), real_part(dot), place)

    def simpler(self, stmts: list[Stmt], outputs: dict[str, Atom]) -> dict[str, Atom]:
        """Adds a rule that was filled in, without what it says of complex numbers where they are real."""
        kept, same = without_conjugates(stmts, self.reals)
        self.out.extend(kept)
        return {name: same.get(a, a) for name, a in outputs.items()}

    def fields(self, targets: tuple[Var | None, ...], tape: Atom) -> tuple[Var | None, ...]:
        if tape not in self.active:
            return targets
        dots: list[Var | None] = []
        for t in targets:
            dots.append(self.fresh(dot_name(t)) if t is not None and t in self.active else None)
            if t is not None and dots[-1] is not None:
                self.dots[t] = dots[-1]
        return (*targets, *dots)


def structure_read(stmt: Stmt) -> tuple[Atom, ...]:
    """What a statement takes apart, computes with, or hands to who may do so: all but what it only passes on under another name."""
    value = stmt.value if isinstance(stmt, Let) else None
    if isinstance(value, Call):
        return (*value.args, *(a for _, a in value.kwargs))
    if isinstance(value, Build):
        return value.items
    if isinstance(stmt, For):
        return tuple(s.sequence for s in stmt.sources if isinstance(s, Each))
    return (stmt.source,) if isinstance(stmt, Unpack) else (stmt.value, stmt.base) if isinstance(stmt, Store) else ()
