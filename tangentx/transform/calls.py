"""The adjoints of calls: a rule filled in, item reads, arguments that a variadic parameter took.

y = np.tanh(x)          ==>      x_bar = y_bar * (1 - y * y)
z = x * b               ==>      x_bar = unbroadcast(z_bar * b, x)
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tangentx.analysis.kinds import ALIKE, is_part
from tangentx.ir.nodes import (
    Atom,
    Build,
    Call,
    Const,
    Let,
    Place,
    Ref,
    Stmt,
    Unpack,
    Var,
)
from tangentx.ir.walk import expr_atoms
from tangentx.rules.table import Bound
from tangentx.transform.adjoints import CONTAINERS, adjoint_name
from tangentx.transform.build import bind, fill_in, helper, no_rule, op
from tangentx.transform.realparts import real_part, without_conjugates
from tangentx.transform.reductions import spread
from tangentx.transform.sequences import refuse_joined
from tangentx.transform.tapes import Tapes

__all__ = ["Calls"]


class Calls(Tapes):
    """A reverse sweep that knows how to go through calls."""

    def call(self, stmt: Let, call: Call, adjoint: Atom, place: Place) -> None:
        if isinstance(call.fn, Ref) and call.fn.obj is operator.getitem:
            self.item(stmt.target, call.args[0], call.args[1], adjoint, place)
            return
        rule = self.rulebook.rule(call.fn, "elementwise", "reduction", "linear", "multilinear", "adjoint")
        varies = any(isinstance(a, Var) and a in self.active for a in expr_atoms(call))
        if rule is None and (not varies or self.rulebook.is_constant(call.fn)):  # a buffer that active values are written into later
            return
        if rule is None:
            raise no_rule(call, stmt.place)
        refuse_joined(call, self.facts, lambda a: a in self.active, stmt.place)
        bound = bind(self.rulebook, rule, call, stmt.place)
        wanted = {name: adjoint_name(a) for name, a in bound.atoms.items() if isinstance(a, Var) and a in self.active and bound.carries(name)}
        if any(isinstance(a, Var) and a in self.active for a in bound.starred):
            assert bound.template.variadic is not None
            wanted.update({bound.template.variadic: f"{bound.template.variadic}_bar"} if bound.carries(bound.template.variadic) else {})
        if not wanted:
            return
        others = (*bound.atoms.values(), *bound.starred)
        if self.reals.drops(stmt.target, call) and not self.reals.real(adjoint):
            adjoint = self.let(adjoint_name(stmt.target), real_part(adjoint), place)
        seen = replace(
            bound, atoms={name: self.now(a, place) for name, a in bound.atoms.items()}, starred=tuple(self.now(a, place) for a in bound.starred)
        )
        partials = rule.word in ("elementwise", "reduction")
        stmts, outputs = self.filled(bound, seen, wanted, adjoint, stmt.target, place)
        terms: dict[Var, list[Atom]] = {}
        for name, value in outputs.items():
            if value == Const(0.0):  # the rule says so: nothing flows there
                continue
            if name == bound.template.variadic:
                self.spread(bound.starred, value, place)
                continue
            var = bound.atoms[name]
            assert isinstance(var, Var)
            value = self.times(seen, adjoint, stmt.target, value, var, place) if partials else self.chosen(value, var, stmt.target)
            terms.setdefault(var, []).append(value)
        for var, values in terms.items():
            total = values[0]
            for value in values[1:]:
                total = self.plus(total, value, adjoint_name(var), self.facts.of(var).kind in CONTAINERS, place)
                self.new.add(total)
                self.owned.add(total)
            if rule.word == "elementwise":
                total = self.realised(self.reduced(total, var, stmt.target, place), var, (stmt.target, *others), place)
            elif self.facts.of(var).kind in ("list", "tuple") and not self.is_structured(total, adjoint, stmt.target, stmts):
                total = self.let(adjoint_name(var), helper("cast_like", total, self.now(var, place)), place)
            else:
                total = self.realised(total, var, (stmt.target, *others), place)
            self.contribute(var, total, place)

    def filled(
        self, bound: Bound, seen: Bound, wanted: dict[str, str], adjoint: Atom, target: Var, place: Place
    ) -> tuple[list[Stmt], dict[str, Atom]]:
        """The rule filled in for a call: its statements and the atom of each output; where numbers are real, it says nothing of complex ones."""
        result = self.now(target, place)
        pairs = [(result, target), *((seen.atoms[n], a) for n, a in bound.atoms.items()), *zip(seen.starred, bound.starred, strict=True)]
        self.reals.fields.update({new: self.reals.field(old) for new, old in pairs if isinstance(new, Var)})
        partials = bound.rule.word in ("elementwise", "reduction")
        seeds = {} if partials else {bound.template.params[0].base: adjoint}
        stmts, outputs = fill_in(seen, result, seeds, dict.fromkeys(wanted, "partial") if partials else wanted, self.fresh, place)
        stmts, same = without_conjugates(stmts, self.reals)
        self.out.extend(stmts)
        self.made.update((s.target, s.value) for s in stmts if isinstance(s, Let))
        return stmts, {name: same.get(a, a) for name, a in outputs.items()}

    def is_structured(self, total: Atom, adjoint: Atom, target: Var, made: Sequence[Stmt]) -> bool:
        """Whether the adjoint of a list comes out of a rule as a list, not as the array that NumPy takes it for."""
        if total == adjoint:
            return self.facts.of(target).kind in CONTAINERS
        value = next((s.value for s in made if isinstance(s, Let) and s.target == total), None)
        if not isinstance(value, Call) or not isinstance(value.fn, Ref):
            return False
        part = value.fn.obj is operator.getitem and value.args[0] == adjoint and self.facts.of(target).kind in CONTAINERS
        return part or (value.fn.module == "tangentx.runtime" and value.fn.attr in ALIKE)

    def spread(self, args: tuple[Atom, ...], value: Atom, place: Place) -> None:
        """The adjoints of the arguments that a variadic parameter took."""
        targets = tuple(self.fresh(adjoint_name(a)) if isinstance(a, Var) and a in self.active else None for a in args)
        self.out.append(Unpack(targets, value, place))
        for arg, bar in zip(args, targets, strict=True):
            if bar is not None and (self.facts.of(arg).kind in ("list", "tuple") or arg in self.resized):
                bar = self.let(adjoint_name(arg), helper("cast_like", bar, self.now(arg, place)), place)  # type: ignore[arg-type]
            if bar is not None:
                self.contribute(arg, bar, place)

    def scaled(self, adjoint: Atom, partial: Atom, base: str, place: Place) -> Atom:
        if isinstance(partial, Const) and partial.value == 1:
            return adjoint
        bare, mask = self.bare(adjoint)
        product = self.let(base, op("neg", bare) if partial == Const(-1) else op("mul", bare, partial), place)
        product = self.masked(product, mask, place)
        if partial != Const(-1):
            self.new.add(product)
            self.owned.add(product)
        if self.facts.of(partial).kind == "array":
            self.arrays.add(product)
        return product

    def chosen(self, value: Atom, arm: Var, result: Var) -> Atom:
        """The adjoint of an arm of ``np.where``, which stays 0 where the other arm was taken, whatever partials it is multiplied by.

        y = np.where(c, np.sqrt(x), 0.0)          ==>          x_bar = np.where(c, y_bar * 0.5 / sqrt_x, 0.0)         not 0.0 * inf
        """
        made, call = self.made.get(value), self.defs.get(result)
        inner = self.made.get(made.args[0]) if isinstance(made, Call) and made.args else None  # unbroadcast(np.where(c, y_bar, 0.0), arm)
        if not isinstance(inner, Call) or not isinstance(call, Call) or getattr(call.fn, "obj", None) is not np.where:
            return value
        assert isinstance(made, Call)
        condition = inner.args[0]
        same = self.facts.same_shape(arm, self.wide.get(result, result))
        if call.args[0] in self.memory.shared or not (same or arm in self.passing):
            return value
        if not same:
            self.wide[arm] = self.wide.get(result, result)
        self.masks[made.args[0]] = (condition, inner.args[2] == Const(0.0))
        return made.args[0]

    def times(self, bound: Bound, adjoint: Atom, result: Var, partial: Atom, var: Var, place: Place) -> Atom:
        """The adjoint times a partial; that of a reduction with its axes back in place, and brought to the shape of ``var``."""
        if bound.rule.word == "elementwise":
            return self.scaled(adjoint, partial, adjoint_name(var), place)
        wide = spread(bound, adjoint, adjoint_name(result), partial, lambda base, value: self.let(base, value, place))
        value = self.scaled(wide, partial, adjoint_name(var), place)
        first, like = bound.atoms[bound.template.params[1].base], self.now(var, place)
        return (
            value if like == first or self.facts.same_shape(like, first) else self.let(adjoint_name(var), helper("unbroadcast", value, like), place)
        )

    def item(self, part: Var, source: Atom, index: Atom, adjoint: Atom, place: Place) -> None:
        """``part = source[index]``: the adjoint of the source grows at that place."""
        if source not in self.active:  # only the index comes out of something active: a key has no adjoint
            return
        assert isinstance(source, Var)
        built = self.defs.get(source) if source not in self.hooked else None
        if isinstance(built, Build) and built.kind in ("tuple", "list") and isinstance(index, Const) and source not in self.memory.buffers:
            if -len(built.items) <= index.value < len(built.items):  # else the read has raised
                self.contribute(built.items[index.value], adjoint, place)
            return
        if isinstance(built, Build) and built.kind == "dict" and index in built.items[::2]:
            self.contribute(built.items[2 * built.items[::2].index(index) + 1], adjoint, place)
            return
        at = self.now(index, place)  # lists and arrays of places may have changed since
        if source in self.containers and source in self.grown and self.adjoint.get(source) in self.owned:
            self.store(source, at, adjoint, "add_at", place)  # the lists in there may have grown: what stands there is as long as they were then
            return
        if source in self.containers:
            bar = self.let(adjoint_name(source), helper("put_at", self.now(source, place, shape=True), at, adjoint), place)
            self.contribute(source, bar, place)
            return
        if source not in self.adjoint and self.facts.of(source).kind != "array":
            self.adjoint[source] = bar = self.let(adjoint_name(source), helper("put_at", self.now(source, place, shape=True), at, adjoint), place)
            self.owned.add(bar)
            return
        kind = self.facts.of(source).kind
        container = source in self.objects or kind in CONTAINERS or (source in self.structures and self.facts.of(index).kind == "int")
        container = container or (part in self.structures and self.structured(adjoint))
        container = container or ((part in self.nested or part in self.containers) and kind != "array")
        container = container or kind == "any" and isinstance(index, Const)
        self.store(source, at, adjoint, "+" if self.plain(index) and not container else "add_at", place)

    def plain(self, index: Atom) -> bool:
        """Whether an index is made of ints, slices, Ellipsis and None: no element is hit twice."""
        value = self.defs.get(index) if isinstance(index, Var) else None
        if isinstance(value, Build):
            return value.kind == "tuple" and all(map(self.plain, value.items))
        if is_part(value):
            return True
        return isinstance(index, Const) or self.facts.of(index).kind in ("int", "bool")
