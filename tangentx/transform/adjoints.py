"""The bookkeeping of a reverse sweep: the adjoint of each name so far, and the statements written so far.

    contribute(x, a); contribute(x, b)      ==>      adjoint[x] = a;  x_bar = a + b; adjoint[x] = x_bar

First use assigns.  ``own`` gives an adjoint as an array of our own, ``now`` a primal value as it can be read at this point.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping

import numpy as np

from tangentx.analysis.activity import read_fields
from tangentx.analysis.aliases import Memory
from tangentx.analysis.containers import all_names, keyed, resized
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import is_part
from tangentx.analysis.reals import Reals
from tangentx.analysis.sharing import may_be_of_point
from tangentx.analysis.structures import find_structures
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    Atom,
    Attribute,
    Build,
    Call,
    Const,
    Each,
    Expr,
    For,
    Let,
    Method,
    NewTape,
    Place,
    Pop,
    ReadTape,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
)
from tangentx.ir.walk import edge_atoms, map_expr, merges, own_atoms, statements
from tangentx.rules.inserted import is_insert, sources
from tangentx.rules.table import Rulebook
from tangentx.transform.augment import Augmented
from tangentx.transform.build import helper, library, op
from tangentx.transform.realparts import real_part
from tangentx.transform.unused import UnusedFields
from tangentx.transform.views import views_of, writes_through_maybe

__all__ = ["CONTAINERS", "Adjoints", "adjoint_name", "objects_of"]


def adjoint_name(var: Var) -> str:
    """The name of an adjoint."""
    return f"{var.base}_bar"


CONTAINERS = ("list", "tuple", "dict")
STRUCTURED = frozenset({
    "add", "add_at", "add_field", "cast_like", "copied", "each", "field", "own_copy", "packed", "put_at", "put_field", "snapshot", "zeros_like",
})  # fmt: skip
SHAPED = frozenset({"unbroadcast", "unreduce"})  # what these return is an array or a number, whatever it is the adjoint of
JOINS = frozenset({"array", "asarray", "concatenate", "stack", "vstack", "hstack", "dstack", "column_stack"})


class Adjoints:
    """The state of one reverse sweep."""

    def __init__(self, aug: Augmented, active: frozenset[Var], facts: Facts, memory: Memory, rulebook: Rulebook, fresh: Fresh) -> None:
        self.aug, self.active, self.facts, self.memory, self.rulebook, self.fresh = aug, active, facts, memory, rulebook, fresh
        self.adjoint: dict[Var, Atom] = {}  # of the primal names that have one at this point
        self.current: dict[Var, Var] = dict(aug.kept)  # the restored version of an overwritten array, or a copy that was kept
        self.restored: dict[Atom | None, tuple[Atom, Atom]] = {}  # such a version -> where it was written, and what came back
        self.bare_names: set[Var] = set()  # names whose adjoint may be a plain 0.0
        self.to_fill: set[Var] = set()  # those of them that need one of their shape
        self.perhaps_zero: set[Atom] = set()  # adjoints that are a plain 0.0 on some path
        self.whole_bars: set[Atom] = set()  # adjoints that are
        self.owned: set[Atom] = set()  # adjoints that nothing else is bound to: may be added to in place
        self.widened: set[Atom] = set()  # those of complex numbers that hold such ones for certain
        self.new: set[Atom] = set()  # products made for one contribution alone: nothing else is bound to them
        self.arrays: set[Atom] = set()  # products with an array: these have methods, which are faster than functions
        self.out: list[Stmt] = []
        self.made: dict[Atom, Expr] = {}  # how the adjoints were made
        every = tuple(statements(aug.function.body))
        self.read_fields = read_fields(aug.function.body, active)
        self.stored: dict[Var, Store] = {s.target: s for s in every if isinstance(s, Store)}
        self.defs: dict[Var, Expr] = {s.target: s.value for s in every if isinstance(s, Let)}
        self.taken_out = {s.value for s in every if isinstance(s, Store) and s.op in ("pop", "del")}  # items: objects of their own behind that
        self.tapes: set[Atom] = {s.target for s in every if isinstance(s, NewTape)} | {s.tape for s in every if isinstance(s, Pop)}
        self.tapes |= {r.tape for s in every if isinstance(s, For) for r in s.sources if isinstance(r, ReadTape)}
        self.objects = objects_of(every, rulebook) | memory.classes.keys()
        self.relaid = writes_through_maybe(every, self.defs)
        self.points = written_points(every, facts, self.defs, memory.views)
        self.structures = find_structures(aug.function.params, every, facts, rulebook) - aug.numbers
        self.reals = aug.reals or Reals(rulebook, facts, {})
        self.unused = UnusedFields(every)
        self.passing = _passing(every, self.defs, rulebook)  # temporaries whose adjoint may keep the shape of their reader
        self.masks: dict[Atom, tuple[Atom, bool]] = {}  # an adjoint that np.where chose -> the condition, and what it is where that is not 0
        self.wide: dict[Var, Var] = {}  # such a temporary -> a name of the shape that its adjoint has
        self.containers = {s.source for s in every if isinstance(s, Unpack)} | {
            v for v, e in self.defs.items() if isinstance(e, Build) and e.kind in ("tuple", "list", "dict") or facts.of(v).kind == "tuple"
        }
        self.grown = all_names({s.base for s in every if isinstance(s, Store) and s.op == "" and self.is_put_back(s)}, every)
        self.deep = any(isinstance(s, Store) and s.through is not None and facts.of(s.base).kind != "array" for s in every)
        calls = [e for e in self.defs.values() if isinstance(e, Call) and isinstance(e.fn, Ref) and e.args]
        reads = [e for e in calls if e.fn.obj is operator.getitem]  # type: ignore[union-attr]
        self.hooked = {v for s in every if is_insert(s) for v in sources(s)}  # these need an adjoint of their own
        self.nested = {e.args[0] for e in reads}  # what is read by item may be a container: its adjoints are not added with +
        self.nested |= {s.sequence for loop in every if isinstance(loop, For) for s in loop.sources if isinstance(s, Each)}
        self.containers |= keyed(every, facts)
        params = {p.var for p in aug.function.params}
        copies = {v for v, e in self.defs.items() if isinstance(e, Call) and getattr(e.fn, "attr", "") == "copied" and params & {*e.args}}
        self.resized = resized(every)
        self.containers |= copies & self.resized  # a parameter that is changed as lists are
        self.containers |= {e.args[0] for e in calls if e.fn.attr in JOINS and facts.of(e.args[0]).kind == "any"}  # type: ignore[union-attr]

    def let(self, base: str, value: Expr, place: Place) -> Var:
        target = self.fresh(base)
        self.out.append(Let(target, value, place))
        self.made[target] = value
        self.reals.learn(target, value)
        return target

    def now(self, atom: Atom, place: Place, shape: bool = False) -> Atom:
        """The primal value as it can be read here: restored, or read again through a view of what was restored; ``shape``: for its shape only."""
        while isinstance(atom, Var) and atom in self.memory.buffers and atom not in self.current and isinstance(alias := self.defs.get(atom), Var):
            atom = alias
        if not isinstance(atom, Var):
            return atom
        if atom in self.memory.views and atom not in self.memory.apart and atom not in self.taken_out:
            view = self.memory.views[atom]
            base = self.now(view.args[0], place) if view.args else None
            index, saved = self.restored.get(base, (None, None))
            if saved is not None and len(view.args) == 2 and self.same_index(index, view.args[1]):
                return saved  # a copy of just what the view shows: the array itself need not be restored for it
            return self.let(atom.base, map_expr(view, lambda a: self.now(a, place)), place)
        built = self.defs.get(atom)
        if atom in self.current or atom not in self.memory.shared or not isinstance(built, Build) or built.kind not in ("tuple", "list", "dict"):
            return self.current.get(atom, atom)
        again = map_expr(built, lambda a: a if shape and a not in self.resized else self.now(a, place))
        return atom if again == built else self.let(atom.base, again, place)  # (rows, cols), one of which was restored

    def restore(self, var: Var, now: Var) -> None:
        """From here on ``now`` holds what a name held, and what that was another name of."""
        name: Expr | None = var
        while isinstance(name, Var):
            self.current[name] = now
            name = self.defs.get(name)

    def origin(self, atom: Atom) -> Atom:
        """The first version of what was written."""
        while isinstance(atom, Var) and atom in self.stored:
            atom = self.stored[atom].base
        return atom

    def is_put_back(self, stmt: Store) -> bool:
        """``row = t[i]; row.1 = store row ...; t.1 = store t[i] = row.1``: the object that stands there anyway.

        Its adjoint comes back with the reverse of the read, so what stands there until then is a bare 0.0: the object may have grown.
        """
        value = self.origin(stmt.value)
        read = self.defs.get(value) if isinstance(value, Var) and value != stmt.value else None
        if not isinstance(read, Call):
            return False
        name = read.fn.name if isinstance(read.fn, Attribute) else None
        index = Const(name) if name else read.args[1] if read == op("getitem", read.args[0], read.args[-1]) else None
        return stmt.index == index and self.still_stands(value, read.args[0], stmt)

    def still_stands(self, value: Atom, container: Atom, stmt: Store) -> bool:
        """Whether nothing else was put at that place since ``value`` was read there, as far as the writes in this block say."""
        write = self.stored.get(stmt.base)
        while write is not None and write.target != container and stmt.through is None:
            if write.through is None and write.op in ("insert", "pop", "del", "clear"):
                return False
            if write.through is None and write.index == stmt.index and write.op in ("", "setattr"):
                return self.origin(write.value) == value
            write = self.stored.get(write.base)
        return True

    def same_index(self, a: Atom | None, b: Atom) -> bool:
        """Whether both are one name, or the same literal slices."""
        x, y = (self.defs.get(i) if isinstance(i, Var) else None for i in (a, b))
        if isinstance(x, Build) and isinstance(y, Build) and x.kind == y.kind and len(x.items) == len(y.items):
            return all(map(self.same_index, x.items, y.items))
        slices = is_part(x) and is_part(y)
        return a == b or (slices and x == y)

    def contribute(self, var: Atom, value: Atom, place: Place) -> None:
        """Adds to the adjoint of a name; the first contribution is the adjoint."""
        if not isinstance(var, Var) or var not in self.active:
            return
        old = self.adjoint.get(var)
        listed = self.facts.of(var).kind in ("list", "tuple") and self.shaped(value)
        if listed or (var in self.resized and isinstance(value, Var) and value in self.made and not self.structured(value)):
            value = self.let(adjoint_name(var), helper("cast_like", value, self.now(var, place)), place)
        if old is None:
            if value not in self.new or value in self.adjoint.values():
                self.owned.discard(value)
            self.adjoint[var] = value
            return
        kind = self.facts.of(var).kind
        container = var in self.containers or var in self.objects or kind in CONTAINERS or (var in self.nested and kind != "array")
        container = container or (var in self.structures and self.structured(old) and self.structured(value))
        self.adjoint[var] = self.plus(old, value, adjoint_name(var), container, place)
        self.owned.add(self.adjoint[var])

    def plus(self, a: Atom, b: Atom, base: str, container: bool, place: Place) -> Var:
        """The sum of two adjoints; of two that ``np.where`` chose alike, what it chooses from their sum."""
        mask = None if container or self.masks.get(a) != self.masks.get(b) else self.masks.get(a)
        if mask is not None:
            a, b = self.bare(a)[0], self.bare(b)[0]
        return self.masked(self.let(base, helper("add", a, b) if container else op("add", a, b), place), mask, place)

    def bare(self, adjoint: Atom) -> tuple[Atom, tuple[Atom, bool] | None]:
        """What ``np.where`` chose an adjoint from, and how."""
        mask, made = self.masks.get(adjoint), self.made.get(adjoint)
        return (made.args[1 if mask[1] else 2], mask) if mask is not None and isinstance(made, Call) else (adjoint, None)

    def masked(self, value: Var, mask: tuple[Atom, bool] | None, place: Place) -> Var:
        """``np.where(c, value, 0.0)``, or the other way round; that is 0 where the arm was not taken, even if ``value`` is nan there."""
        if mask is None:
            return value
        arms = (value, Const(0.0)) if mask[1] else (Const(0.0), value)
        chosen = self.let(value.base, library(np.where, "np.where", "numpy", mask[0], *arms), place)
        self.masks[chosen] = mask
        return chosen

    def shaped(self, bar: Atom) -> bool:
        """Whether an adjoint was brought to the shape of what it belongs to: to that of a list as an array."""
        made = self.made.get(bar)
        return isinstance(made, Call) and isinstance(made.fn, Ref) and made.fn.attr in SHAPED

    def structured(self, bar: Atom) -> bool:
        """Whether an adjoint may be a list, a tuple or a dict: one that arithmetic makes is not."""
        made = self.made.get(bar)
        if isinstance(made, Call) and isinstance(made.fn, Method | Ref):
            part = isinstance(made.fn, Ref) and made.fn.obj is operator.getitem
            return part or (isinstance(made.fn, Ref) and made.fn.module == "tangentx.runtime" and made.fn.attr in STRUCTURED)
        return not isinstance(bar, Const)

    def zero(self, var: Var, place: Place) -> Atom:
        """A zero adjoint; 0.0 for scalars and for values that may not exist."""
        if var in self.tapes:
            target = self.fresh(adjoint_name(var))
            self.out.append(NewTape(target, place))
            return target
        if self.facts.of(var).scalar or self.may_be_bare(var):
            return Const(0.0)
        target = self.let(adjoint_name(var), helper("zeros_like", self.now(var, place, shape=True)), place)
        self.owned.add(target)
        return target

    def may_be_bare(self, var: Var) -> bool:
        """Whether its zero is a plain 0.0, for a value of any shape that may not exist."""
        fact = self.facts.of(var)
        return fact.maybe_undefined and not fact.scalar

    def whole(self, var: Var, old: Atom, place: Place) -> Var:
        """An adjoint that may be a plain 0.0, made as large as the value is."""
        zeros = self.let(adjoint_name(var), helper("zeros_like", self.now(var, place, shape=True)), place)
        array = self.facts.of(var).kind == "array" and not self.facts.of(var).maybe_undefined
        value = op("add", zeros, old) if array else helper("add", zeros, old)
        self.adjoint[var] = whole = self.let(adjoint_name(var), value, place)
        self.owned.add(whole)
        self.whole_bars.add(whole)
        return whole

    def own(self, var: Var, place: Place, deep: bool = False) -> Var:
        """The adjoint of an array, or of a container (``deep``), as a buffer that may be written in place."""
        old = self.adjoint.get(var)
        wide = self.reals.complex(var) or self.relaid or self.facts.of(var).scalar  # real up to here; laid out in another way; a bare number
        wide = wide or var in self.points
        if isinstance(old, Var) and old in self.owned and (not wide or old in self.widened):
            return old
        if old is None or isinstance(old, Const):
            buffer = self.let(adjoint_name(var), helper("zeros_like", self.now(var, place, shape=True)), place)
        elif self.facts.of(var).maybe_undefined or var in self.bare_names:  # a path without the array may have given 0.0
            return self.whole(var, old, place)
        else:
            made = getattr(getattr(self.made.get(old), "fn", None), "attr", "")
            packed = made in ("packed", "field") and self.facts.of(var).kind != "array"
            unsure = var in self.structures and (self.structured(old) or made == "unbroadcast")  # which leaves structures and numbers what they are
            deep = deep or packed or unsure or var in self.objects or self.facts.of(var).kind in CONTAINERS
            copy = helper("copied", old) if deep else Call(Method("copy"), (old,))
            buffer = self.let(adjoint_name(var), helper("own_like", old, self.now(var, place)) if wide else copy, place)
        self.adjoint[var] = buffer
        self.owned.add(buffer)
        self.widened.add(buffer)
        return buffer

    def through(self, buffer: Var, view: Var | None, place: Place) -> Var:
        """What the views that lead to ``view`` show of another array: of the adjoint, say."""
        if view is None:
            return buffer
        return views_of(buffer, view, self.memory, self.defs, lambda base, value: self.let(base, value, place), place, lambda a: self.now(a, place))

    def store(self, var: Var, index: Atom, value: Atom, operation: str, place: Place, through: Var | None = None) -> None:
        base, target = self.own(var, place), self.fresh(adjoint_name(var))
        self.out.append(Store(target, base, index, value, operation, place, through and self.through(base, through, place), True))
        self.adjoint[var] = target
        self.owned.add(target)
        self.widened.add(target)

    def reduced(self, value: Atom, like: Var, result: Atom, place: Place, base: str = "") -> Atom:
        """The contribution ``value``, of the shape of ``result``, brought to the shape of ``like``.

        Summing is linear, so a temporary between two elementwise operations passes its adjoint on as wide as it came.
        """
        assert isinstance(result, Var)
        shape = self.wide.get(result, result)
        if self.facts.same_shape(like, shape):
            return value
        if like in self.passing:
            self.wide[like] = shape
            return value
        if self.facts.of(like).scalar:
            total = Call(Method("sum"), (value,)) if value in self.arrays else library(np.sum, "np.sum", "numpy", value)
            return self.let(base or adjoint_name(like), total, place)
        self.owned.discard(value)  # it may be what comes out
        return self.let(base or adjoint_name(like), helper("unbroadcast", value, self.now(like, place)), place)

    def realised(self, value: Atom, like: Var, others: tuple[Atom, ...], place: Place) -> Atom:
        """The contribution ``value``, where complex ones of ``others`` are in sight, as that of a real number if ``like`` is one.

        Else an imaginary part does no harm: it is dropped at the parameters, and by the adjoints of real functions of complex numbers.
        """
        made = self.made.get(value)
        if self.reals.complex(like) or not self.reals.complex(*others) or (isinstance(made, Call) and getattr(made.fn, "attr", "") == "unbroadcast"):
            return value
        if self.reals.real(like):
            return self.let(adjoint_name(like), real_part(value), place)
        if self.facts.of(like).kind in ("any", "array", "float"):
            return self.let(adjoint_name(like), helper("unbroadcast", value, self.now(like, place)), place)
        return value


def objects_of(stmts: tuple[Stmt, ...], rulebook: Rulebook) -> frozenset[Atom]:
    """The names whose attributes are read or written: their adjoints are objects."""
    found: dict[Atom, None] = {}
    for stmt in stmts:
        if isinstance(stmt, Store) and stmt.op in ("setattr", "add_field"):
            found.update({stmt.base: None, stmt.target: None})
        elif isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Attribute) and not rulebook.known(stmt.value.fn):
            found[stmt.value.args[0]] = None
        elif isinstance(stmt, Let) and _puts_field(stmt.value):
            found.update({stmt.value.args[0]: None, stmt.target: None})  # type: ignore[union-attr]
    return frozenset(found)


def written_points(stmts: tuple[Stmt, ...], facts: Facts, defs: dict[Var, Expr], views: Mapping[Var, Call]) -> frozenset[Var]:
    """Names of arrays that may have the shape (), and are written: what arithmetic makes of such is a number, which cannot be written."""
    found: set[Var] = set()
    for stmt in stmts:
        fact = facts.of(stmt.base) if isinstance(stmt, Store) and stmt.op in ("", "+", "-", "add_at") else None
        if fact is None or fact.kind not in ("any", "array") or not isinstance(stmt, Store):
            continue
        index = may_be_of_point(stmt.index, defs) if stmt.through is None else _shows_points(stmt.through, defs, views)
        if fact.rank == 0 or (fact.rank is None and index):
            found |= {stmt.base, stmt.target}
    pairs = [(t, v) for t, values in merges(stmts) for v in values if isinstance(v, Var)] if found else []
    while more := {n for pair in pairs if found & set(pair) for n in pair} - found:
        found |= more
    return frozenset(found)


def _shows_points(view: Atom | None, defs: Mapping[Var, Expr], views: Mapping[Var, Call]) -> bool:
    """Whether a view may be one of an array of shape (): none on the way to it takes an axis for granted."""
    while isinstance(view, Var):
        call, made = views.get(view), defs.get(view)
        if call is None:
            view = made if isinstance(made, Var) else None
            continue
        if call == op("getitem", *call.args) and not may_be_of_point(call.args[1], defs):
            return False
        view = call.args[0]
    return True


def _puts_field(value: Expr) -> bool:
    """Whether it is ``put_field(x, "name", value)``."""
    return isinstance(value, Call) and getattr(value.fn, "attr", "") == "put_field"


def _passing(stmts: tuple[Stmt, ...], defs: dict[Var, Expr], rulebook: Rulebook) -> frozenset[Var]:
    """The compiler's temporaries that an elementwise operation makes and that are read once."""
    reads: dict[Atom, int] = {}
    places: dict[Var, Place] = {}
    for stmt in stmts:
        for atom in (*own_atoms(stmt), *edge_atoms(stmt)):
            reads[atom] = reads.get(atom, 0) + 1
        if isinstance(stmt, Let):
            places[stmt.target] = stmt.place
    found = (v for v, e in defs.items() if reads.get(v) == 1 and isinstance(e, Call) and rulebook.rule(e.fn, "elementwise"))
    return frozenset(v for v in found if not places[v].names(v.base))
