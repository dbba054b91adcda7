"""Forward: the tangent of each statement stands right behind its primal.

    y = sin(x)                 y = sin(x)
    z = y * x         ==>      y_dot = x_dot * cos(x)
    return z                   z = y * x
                               z_dot = y_dot * x + x_dot * y
                               return z, z_dot

An inactive operand has no tangent: a symbolic zero, never an array of zeros; joins and carries whose other side is active
start from ``zeros_like``.
"""

from __future__ import annotations

import operator
from dataclasses import replace

import numpy as np

from tangentx.analysis.activity import escaping_tapes
from tangentx.analysis.aliases import Memory
from tangentx.analysis.containers import OPS
from tangentx.analysis.entered import find_entered
from tangentx.analysis.fact import Facts
from tangentx.analysis.reals import Reals
from tangentx.errors import NotDifferentiable
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    Append,
    Atom,
    Block,
    Build,
    Call,
    Carry,
    Const,
    Each,
    For,
    Function,
    If,
    Join,
    Let,
    Local,
    NewTape,
    Place,
    Pop,
    Raise,
    ReadTape,
    Ref,
    Source,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import own_atoms, statements, stmt_targets
from tangentx.rules.inserted import is_insert
from tangentx.rules.table import Bound, Rulebook
from tangentx.transform.adjoints import objects_of
from tangentx.transform.breaks import handed_on, may_break
from tangentx.transform.build import bind, fill_in, helper, no_rule, op
from tangentx.transform.called import active_arguments, pushforward_of
from tangentx.transform.fields import field_tangent
from tangentx.transform.inserted import refuse_replaced
from tangentx.transform.lent import lent
from tangentx.transform.reductions import summed
from tangentx.transform.returned import find_halves
from tangentx.transform.sequences import refuse_joined
from tangentx.transform.tangents import HandsOn, Jvp, Tangents, dot_name, structure_read
from tangentx.transform.tried import tangents_behind
from tangentx.transform.views import views_of

__all__ = ["forward"]


def forward(
    function: Function,
    active: frozenset[Var],
    seeds: dict[Var, Atom],
    facts: Facts,
    memory: Memory,
    rulebook: Rulebook,
    fresh: Fresh,
    jvp: Jvp,
    reals: Reals,
    hands_on: HandsOn,
) -> tuple[Block, Atom]:
    """The body with tangents, and the tangent of the result.

    ``active`` are the varied names.  ``seeds`` are the tangents of the parameters.  ``jvp(callee, active positions)`` names the
    forward derivative of a callee: it takes the arguments and the tangents of the active ones and returns (value, tangent).
    ``reals`` says which names hold real numbers, ``hands_on(callee)`` whether a callee may return an argument.

    Raises:
        NotDifferentiable: a call has no derivative.
    """
    sweep = _Sweep(active | escaping_tapes(function.body, active), dict(seeds), facts, memory, rulebook, fresh, jvp, hands_on)
    sweep.reals = reals
    every = tuple(statements(function.body))
    sweep.objects = objects_of(every, rulebook) | memory.classes.keys()
    sweep.defs = {s.target: s.value for s in every if isinstance(s, Let)}
    sweep.deep = any(isinstance(s, Store) and s.through is not None and facts.of(s.base).kind != "array" for s in every)
    sweep.entered = find_entered(function, active, facts)
    sweep.halves = find_halves(every)
    sweep.lent = lent(function, memory, facts, rulebook)
    sweep.find_bare(every)
    sweep.find_narrow(every)
    body = sweep.block(function.body)
    sweep.out = []
    place = (function.returns or function.place).derived("Tangent of")
    sweep.unbare([function.result], place)
    tangent = sweep.tangent(function.result, place)
    return (*body, *sweep.out), tangent


class _Sweep(Tangents):
    """Goes through the statements of a primal, first one first."""

    # ------------------------------------------------------------------------------------------------------- structure

    def block(self, block: Block) -> Block:
        kept, self.out = self.out, []
        for stmt in block:
            self.statement(stmt)
        done, self.out = tuple(self.out), kept
        return done

    def statement(self, stmt: Stmt) -> None:
        place = stmt.place.derived("Tangent of")
        bare = self.unbare(structure_read(stmt), place)
        self.derived(stmt, place)
        self.dots.update(bare)

    def derived(self, stmt: Stmt, place: Place) -> None:
        if isinstance(stmt, If) and is_insert(stmt):
            refuse_replaced(stmt, self.active)
        elif isinstance(stmt, If):
            self.branch(stmt, place)
        elif isinstance(stmt, For | While):
            self.loop(stmt, place)
        elif isinstance(stmt, Let) and stmt.target in self.active:
            self.value(stmt, place)
            if stmt.target in self.dots and (stmt.target in self.memory.buffers or self.borrowed(stmt)):
                self.own(stmt.target, place)
        elif isinstance(stmt, Append):
            extra = tuple(self.tangent(a, place) for a in stmt.values) if stmt.tape in self.active else ()
            self.out.append(replace(stmt, values=(*stmt.values, *extra)))
        elif isinstance(stmt, NewTape):
            self.out.append(stmt)
            self.dots[stmt.target] = stmt.target
        elif isinstance(stmt, Pop):
            self.out.append(replace(stmt, targets=self.fields(stmt.targets, stmt.tape)))
        elif isinstance(stmt, Store) and stmt.target in self.active:
            if not self.has(stmt.base):
                self.dots[stmt.base] = self.zeros(stmt.base, place)
            self.out.append(stmt)
            self.write(stmt, place)
        else:
            self.out.append(stmt)
            if isinstance(stmt, Unpack):
                self.unpack(stmt, place)

    def branch(self, stmt: If, place: Place) -> None:
        before = dict(self.dots)
        arms, values = [], []
        for block, picks in ((stmt.then, [j.then for j in stmt.joins]), (stmt.orelse, [j.orelse for j in stmt.joins])):
            self.dots = dict(before)
            inner = self.block(block)
            kept, self.out = self.out, list(inner)
            values.append([self.merged(v, place) if j.target in self.active else v for j, v in zip(stmt.joins, picks, strict=True)])
            tail = inner[-1:] if inner and (isinstance(inner[-1], Raise) or may_break(inner[-1])) else ()
            if tail and not {a for s in self.out[len(inner) :] for a in own_atoms(s)} & set(stmt_targets(tail[0])):
                self.out.remove(tail[0])
                self.out.append(tail[0])
            arms.append(tuple(self.out))
            self.out = kept
        self.dots = before
        joins = list(stmt.joins)
        for join, then, orelse in zip(stmt.joins, *values, strict=True):
            if join.target in self.active:
                target = self.fresh(dot_name(join.target))
                joins.append(Join(target, then, orelse))
                self.dots[join.target] = target
        self.out += tangents_behind(replace(stmt, then=arms[0], orelse=arms[1], joins=tuple(joins)), self.fresh)

    def loop(self, stmt: For | While, place: Place) -> None:
        active = [c for c in stmt.carries if c.target in self.active]
        inits = {c.target: self.merged(c.init, place) for c in active}
        for c in active:
            self.dots[c.target] = self.fresh(dot_name(c.target))
        carried = {c.target: self.dots[c.target] for c in active}
        sources: tuple[Source, ...] = ()
        if isinstance(stmt, For):
            sources = self.sources(stmt.sources)
        header = self.block(stmt.header) if isinstance(stmt, While) else ()
        self.active |= handed_on(stmt.body, {c.back for c in active})
        body = self.block(stmt.body)
        kept, self.out = self.out, list(body)
        last = self.out.pop() if body and may_break(body[-1]) else None  # what is handed on stands before a break
        backs = {c.target: self.merged(c.back, place) for c in active}
        if last is not None:
            self.out.append(last)
        new_body, self.out = tuple(self.out), kept
        dots = tuple(Carry(carried[c.target], inits[c.target], backs[c.target]) for c in active)  # type: ignore[arg-type]
        new = replace(stmt, carries=(*stmt.carries, *dots), body=new_body)
        self.out.append(replace(new, sources=sources) if isinstance(new, For) else replace(new, header=header))

    def sources(self, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        new: list[Source] = []
        extra: list[Source] = []
        for s in sources:
            if isinstance(s, Each) and s.target in self.active and self.has(s.sequence):
                self.dots[s.target] = dot = self.fresh(dot_name(s.target))
                extra.append(Each(dot, self.dots[s.sequence], s.backwards))  # type: ignore[index]
            elif isinstance(s, ReadTape):
                s = replace(s, targets=self.fields(s.targets, s.tape))
            new.append(s)
        return (*new, *extra)

    # ------------------------------------------------------------------------------------------------------ statements

    def unpack(self, stmt: Unpack, place: Place) -> None:
        if not self.has(stmt.source):
            return
        dots = tuple(self.fresh(dot_name(t)) if t is not None and t in self.active else None for t in stmt.targets)
        if any(dots):
            self.out.append(Unpack(dots, self.dots[stmt.source], place))  # type: ignore[index]
        for t, dot in zip(stmt.targets, dots, strict=True):
            if t is not None and dot is not None:
                self.dots[t] = dot

    def write(self, stmt: Store, place: Place) -> None:
        base, target = self.dots[stmt.base], self.fresh(dot_name(stmt.target))
        assert isinstance(base, Var)
        self.dots[stmt.target] = target
        if stmt.op in ("", "+", "-", "add_at", "setattr", "add_field", *OPS):
            value = self.tangent(stmt.value, place) if stmt.op != "clear" else stmt.value
            if stmt.op in ("+", "-", "add_at", "add_field") and value == Const(0.0):
                self.dots[stmt.target] = base
                return
            through = stmt.through and views_of(base, stmt.through, self.memory, self.defs, lambda n, call: self.let(n, call, place), place)
            operation = stmt.op
            if operation in ("+", "-") and through is None and self.may_share_items(stmt):  # a tangent that stands there may be another one's
                item = self.let("item_dot", op("getitem", base, stmt.index), place)
                value, operation = self.let("item_dot", op("add" if operation == "+" else "sub", item, value), place), ""
            self.out.append(Store(target, base, stmt.index, value, operation, place, through, stmt.there))
            return
        raise NotDifferentiable(f"{stmt.op}= on an item is expanded before the forward sweep", stmt.place)

    def value(self, stmt: Let, place: Place) -> None:
        value = stmt.value
        if isinstance(value, Call) and isinstance(value.fn, Local | Var):
            self.callee(stmt, value, place)
            return
        self.out.append(stmt)
        if isinstance(value, Build):
            self.dots[stmt.target] = self.let(dot_name(stmt.target), self.display(value, place), place)
        elif isinstance(value, Call):
            self.call(stmt, value, place)
        elif self.has(value):
            self.dots[stmt.target] = self.dots[value]  # type: ignore[index]

    def display(self, value: Build, place: Place) -> Build:
        if value.kind == "dict":
            pairs = zip(value.items[::2], value.items[1::2], strict=True)
            return Build("dict", tuple(a for k, v in pairs for a in (k, self.tangent(v, place))))
        return Build(value.kind, tuple(self.tangent(a, place) for a in value.items))

    # ------------------------------------------------------------------------------------------------------------ calls

    def callee(self, stmt: Let, call: Call, place: Place) -> None:
        positions, inputs = active_arguments(call, self.dots)
        dots = tuple(self.dots[a] for a in inputs)
        if isinstance(call.fn, Local):
            name = self.jvp(call.fn.name, positions)  # type: ignore[arg-type]
            first = Call(Local(name, call.fn.effects), (*call.args, *dots))
        elif not inputs:
            self.out.append(stmt)
            return
        else:
            made, push = pushforward_of(call, positions, self.fresh, stmt.place)
            self.out.extend(made)
            taken = self.let(f"{push.base}_dots", Build("tuple", dots), stmt.place)
            name, first = push.base, Call(push, (taken, *call.args), call.kwargs)
        both = self.let(f"{name}_pair", first, stmt.place)
        self.returned(stmt, both)

    def call(self, stmt: Let, call: Call, place: Place) -> None:
        args = [a for a in (*call.args, *(a for _, a in call.kwargs)) if self.has(a)]
        if not args:
            return
        if isinstance(call.fn, Ref) and call.fn.obj is operator.getitem:
            if not self.has(call.args[0]):  # only the index comes out of something active: a key has no tangent
                return
            self.dots[stmt.target] = self.let(dot_name(stmt.target), replace(call, args=(self.dots[call.args[0]], call.args[1])), place)  # type: ignore[index]
            return
        if made := field_tangent(self, stmt, call, place):
            self.dots[stmt.target] = self.let(dot_name(stmt.target), made, place)
            return
        rule = self.rulebook.rule(call.fn, "elementwise", "reduction", "linear", "multilinear", "tangent")
        if rule is None:
            raise no_rule(call, stmt.place, forward=True, known=self.rulebook.known(call.fn))
        refuse_joined(call, self.facts, self.has, stmt.place)
        bound = bind(self.rulebook, rule, call, stmt.place)
        active = [n for n, a in bound.atoms.items() if self.has(a) and bound.carries(n)]
        starred = any(self.has(a) for a in bound.starred)
        if not active and not starred:
            return
        if rule.word == "elementwise":
            dot = self.elementwise(stmt, bound, active, place)
        elif rule.word == "reduction":
            partials = self.simpler(*fill_in(bound, stmt.target, {}, dict.fromkeys(active, "partial"), self.fresh, place))
            dots = {name: self.numeric(bound.atoms[name], partials[name], bound, place) for name in active}
            dot = summed(bound, dots, partials, dot_name(stmt.target), lambda base, value: self.let(base, value, place))
        elif rule.word == "tangent":
            self.supported(bound, active, False, stmt.place)
            dot = self.filled(stmt, bound, active, place)
        else:
            self.supported(bound, active, starred, stmt.place)
            dot = self.applied(stmt, call, rule.word, bound, active, place)
        self.dots[stmt.target] = self.realised(dot, stmt.target, call, place)

    def supported(self, bound: Bound, active: list[str], starred: bool, place: Place) -> None:
        known = {*bound.template.outputs, *bound.template.seeds}
        if bound.rule.word == "tangent" and (other := self.rulebook.rule_of(bound.rule.primitive, "adjoint")):
            known.update(self.rulebook.template(other).outputs)  # one that says there that nothing flows
        for name in (*active, *([bound.template.variadic] if starred and bound.template.variadic else [])):
            if name not in known:
                fn = getattr(bound.rule.primitive, "__name__", bound.rule.primitive)
                raise NotDifferentiable(f"{fn} has no derivative with respect to {name!r}", place, "Pass a constant there.")

    def elementwise(self, stmt: Let, bound: Bound, active: list[str], place: Place) -> Atom:
        total: Atom | None = None
        shaped = False
        partials = self.simpler(*fill_in(bound, stmt.target, {}, dict.fromkeys(active, "partial"), self.fresh, place))
        if bound.starred and any(self.has(a) for a in bound.starred):
            raise NotDifferentiable(f"{bound.rule.primitive} has no forward derivative for its arguments", stmt.place)
        for name in active:
            var, partial = bound.atoms[name], partials[name]
            dot = self.numeric(var, partial, bound, place)
            if isinstance(partial, Const) and partial.value in (1, -1):
                term: Atom = dot if partial.value == 1 else self.let(dot_name(stmt.target), op("neg", dot), place)
                shaped = shaped or self.facts.same_shape(var, stmt.target)
            else:
                term = self.let(dot_name(stmt.target), op("mul", dot, partial), place)
                shaped = shaped or not isinstance(partial, Const) or self.facts.same_shape(var, stmt.target)
            total = term if total is None else self.let(dot_name(stmt.target), op("add", total, term), place)
        assert total is not None
        still = set(_numeric(bound, self.facts)) - {bound.atoms[n] for n in active}  # the shape may be one of theirs
        if not shaped and still and not self.facts.of(stmt.target).scalar:
            total = self.let(dot_name(stmt.target), helper("broadcast_like", total, stmt.target), place)
        if any(name == "dtype" for name, _ in getattr(stmt.value, "kwargs", ())):
            total = self.let(dot_name(stmt.target), helper("cast_like", total, stmt.target), place)
        return total

    def numeric(self, var: Atom, partial: Atom, bound: Bound, place: Place) -> Atom:
        """The tangent of an argument, as the array that NumPy takes a list for where ``+`` or ``*`` would join or repeat the list."""
        dot, made = self.dots[var], self.defs.get(var)  # type: ignore[index,arg-type]
        ufunc = isinstance(bound.rule.primitive, np.ufunc) and (isinstance(partial, Const) or partial in bound.atoms.values())
        computed = isinstance(made, Call) and self.rulebook.rule(made.fn, "elementwise", "reduction", "linear", "multilinear") is not None
        if isinstance(var, Var) and ufunc and not computed and self.facts.of(var).kind in ("any", "list", "tuple"):
            return self.let(dot_name(var), Call(Ref(np.positive, "np.positive", "numpy", "positive"), (dot,)), place)
        return dot

    def filled(self, stmt: Let, bound: Bound, active: list[str], place: Place) -> Atom:
        result = bound.template.params[0].base
        seeds = {n: self.dots[bound.atoms[n]] for n in active}  # type: ignore[index]
        variadic = bound.template.variadic
        seeds.update({n: self.tangent(bound.atoms[n], place) for n in bound.template.seeds if n not in seeds and n != variadic})
        if variadic in bound.template.seeds:
            dots = Build("tuple", tuple(self.tangent(a, place) for a in bound.starred))
            seeds[variadic] = self.let(f"{variadic}_dot", dots, place)
        self.reals.fields.update({dot: self.reals.field(bound.atoms[n]) for n, dot in seeds.items() if n in bound.atoms and isinstance(dot, Var)})
        return self.simpler(*fill_in(bound, stmt.target, seeds, {result: dot_name(stmt.target)}, self.fresh, place))[result]

    def applied(self, stmt: Let, call: Call, word: str, bound: Bound, active: list[str], place: Place) -> Atom:
        """The primitive itself on tangents: once if it is linear, once for each argument if it is multilinear."""
        if word == "linear":
            said = {n for n, value in bound.template.outputs.items() if value != Const(0.0)}
            args = tuple(self.tangent(a, place) if n in said else a for n, a in zip(bound.positional(len(call.args)), call.args, strict=True))
            kwargs = tuple((n, self.tangent(a, place) if n in said else a) for n, a in call.kwargs)
            return self.let(dot_name(stmt.target), replace(call, args=args, kwargs=kwargs), place)
        total: Atom | None = None
        for k, atom in enumerate(call.args):
            if not self.has(atom):
                continue
            args = (*call.args[:k], self.dots[atom], *call.args[k + 1 :])  # type: ignore[index]
            term = self.let(dot_name(stmt.target), replace(call, args=args), place)
            total = term if total is None else self.let(dot_name(stmt.target), op("add", total, term), place)
        for k, (name, atom) in enumerate(call.kwargs):
            if self.has(atom):
                kwargs = (*call.kwargs[:k], (name, self.dots[atom]), *call.kwargs[k + 1 :])  # type: ignore[index]
                term = self.let(dot_name(stmt.target), replace(call, kwargs=kwargs), place)
                total = term if total is None else self.let(dot_name(stmt.target), op("add", total, term), place)
        assert total is not None
        return total


def _numeric(bound: Bound, facts: Facts) -> list[Atom]:
    return [a for a in bound.atoms.values() if not (isinstance(a, Const) or facts.of(a).scalar)]
