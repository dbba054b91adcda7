"""The workshop: one derivation, from the functions read to the functions made.

entry(f, "grad", ("x",), True)      read f, prepare it, reverse it; the callees that it needs are pending
drain()                             make them, and what they need in turn: recursion ends, because names come first
program(entry)                      the entry and what it reaches, callees first
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tangentx import frontend
from tangentx.analysis.activity import find_active, find_varied
from tangentx.analysis.aliases import find_memory
from tangentx.analysis.classes import find_classes, find_lists
from tangentx.analysis.fact import Facts
from tangentx.analysis.facts import find_facts
from tangentx.analysis.guards import refuse_carried_out, refuse_entered, refuse_half_done
from tangentx.analysis.late import late_writes, refuse_late
from tangentx.analysis.left import refuse_left_written
from tangentx.analysis.numbers import find_numbers
from tangentx.analysis.reals import NOTHING, REAL, Reals, find_reals
from tangentx.backend.load import origin
from tangentx.errors import TangentxError, UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Build, Call, Const, Effect, Function, Let, Local, Param, Program, Ref, Stmt, Var
from tangentx.ir.show import show
from tangentx.ir.verify import verify
from tangentx.ir.walk import expr_atoms, statements
from tangentx.linking import Linking, calls_by_result
from tangentx.optimise import optimise
from tangentx.optimise.dead import remove_dead
from tangentx.optimise.narrow import narrow
from tangentx.optimise.sink import sink
from tangentx.options import Options
from tangentx.rules.inserted import without_inserts
from tangentx.rules.table import Rulebook
from tangentx.stages import dump, rulebook
from tangentx.transform import modes
from tangentx.transform.annotated import settle_annotations
from tangentx.transform.asked import without_known_methods
from tangentx.transform.augment import augment
from tangentx.transform.breaks import idle_breaks
from tangentx.transform.casts import without_casts
from tangentx.transform.choices import settle_choices
from tangentx.transform.collections import refuse_sets, settle_collections
from tangentx.transform.decided import settle_decided
from tangentx.transform.described import refuse_worked_out
from tangentx.transform.dispatch import settle_dispatch
from tangentx.transform.dtypes import settle_dtypes
from tangentx.transform.flat import with_copies_checked
from tangentx.transform.forward import forward
from tangentx.transform.inline import inline
from tangentx.transform.inplace import settle_inplace
from tangentx.transform.joins import settle_joins
from tangentx.transform.kept import exist_where_copied
from tangentx.transform.keys import with_keys_checked
from tangentx.transform.lists import settle_lists
from tangentx.transform.looped import settle_looped
from tangentx.transform.lost import refuse_lost, refuse_out
from tangentx.transform.memory import settle_memory
from tangentx.transform.modes import Prepared
from tangentx.transform.namesakes import Sight
from tangentx.transform.namespaces import settle_namespaces
from tangentx.transform.present import with_keys_known
from tangentx.transform.realparts import takes_real_parts, without_real_parts
from tangentx.transform.record import record
from tangentx.transform.relabel import relabel
from tangentx.transform.reverse import reverse
from tangentx.transform.sequences import settle_sequences
from tangentx.transform.signs import settle_signs
from tangentx.transform.split import split
from tangentx.writers import Writers

__all__ = ["Workshop", "differentiate"]

DEEP = 40  # calls of functions of one line in one another
CALLEES = ("fwd", "bwd", "push")  # what callees.py asks for: a call whose function was not known when its caller was differentiated


def differentiate(
    fn: Callable[..., Any], mode: str, wrt: tuple[str, ...], options: Options, log: list[tuple[str, Function]] | None = None
) -> Program:
    """The derivative of a function as a program of the IR."""
    given_up, sight = frontend.GivenUp(), Sight()
    while True:
        shop = Workshop(options, log, given_up=given_up, sight=sight)
        try:
            raw = shop.root(fn)
            shop.cells.update({v.base: v.base for v in raw.free if v.base not in shop.cells})
            shop.reserved = modes.derived_name(mode, raw.name, wrt, options.single)
            if mode in CALLEES and origin(fn) is None:
                shop.writers.refuse_writer(raw)
            entry = shop.entry(raw, mode, wrt, options.single)
            shop.drain()
            if not sight.is_late():
                return shop.program(entry)
            sight = sight.again()  # objects with operators of their own are seen in callees
            if log is not None:
                log.clear()
        except TangentxError as error:
            if not given_up.accept(error):
                raise given_up.explained(error) from None
            if log is not None:
                log.clear()


@dataclass
class Workshop(Linking):
    """One derivation: the functions read, the functions made, and those still to be made."""

    options: Options
    log: list[tuple[str, Function]] | None = None
    rules: Rulebook = field(default_factory=rulebook)
    given_up: frontend.GivenUp = field(default_factory=frontend.GivenUp)
    functions: dict[str, Function] = field(default_factory=dict)  # every function that a Local can name
    objects: dict[str, Any] = field(default_factory=dict)
    made: dict[tuple[str, str, tuple[int, ...]], tuple[str, ...]] = field(default_factory=dict)
    pending: list[Callable[[], None]] = field(default_factory=list)
    classes: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    shapes: dict[str, frontend.Shape | None] = field(default_factory=dict)
    returned: dict[Any, Any] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # of what functions of the program return
    items_returned: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of its items, where it is a display
    reserved: str = ""  # the name of the entry
    sight: Sight = field(default_factory=Sight)  # what the classes that are about say themselves

    def __post_init__(self) -> None:
        self.writers = Writers(self.read, self.rules, self.objects, self.shapes, self.class_of, self.given_up.called, self.given_up.writes)
        self.refuse_switched, self.call_of = self.writers.contexts.refuse_switched, self.writers.call_of

    # ---------------------------------------------------------------------------------------------------------- reading

    def read(self, fn: Any, shape: frontend.Shape | None = None) -> Function:
        """A function of the user's, or one that tangentx made, as IR, for a call of this shape."""
        came = origin(fn)
        if came is None:
            function = frontend.read_function(fn, self.given_up, shape)
            return self.stage("ssa", settle_collections(function))
        options = Options(single=came.single, optimise=came.optimise)
        program = differentiate(came.function, came.mode, came.wrt, options)
        for other in program.functions:
            self.functions[other.name] = other
        self.cells.update(program.cells)
        entry = program[program.entry]
        del self.functions[entry.name]
        if came.mode in ("grad", "value_and_grad"):
            entry = modes.fixed_seed(entry)
        return entry

    def root(self, fn: Any) -> Function:
        """The function to differentiate; one that calls itself becomes a call of itself, so that it has its halves once."""
        self.writers.reaches(fn)
        raw = self.read(fn)
        calls = (s.value.fn for s in statements(raw.body) if isinstance(s, Let) and isinstance(s.value, Call))
        if raw.free or not any(isinstance(c, Ref) and c.obj is fn for c in calls):
            return raw
        place = raw.returns or raw.place
        result = Var("result", 1)
        call = Call(Local(self.callee(fn, place)), tuple(p.var for p in raw.params))
        return replace(raw, body=(Let(result, call, place),), result=result)

    def stage(self, name: str, function: Function) -> Function:
        """Keeps what a stage gave, for ``show`` and TANGENTX_DUMP, and checks it where TANGENTX_VERIFY is set (``structure``: no buffers)."""
        if os.environ.get("TANGENTX_DUMP"):
            dump(f"{function.name}-{name}", show(function))
        if self.log is not None:
            self.log.append((name, function))
        if how := os.environ.get("TANGENTX_VERIFY"):
            verify(function, raw=name in ("reverse", "alive"), buffers=name != "ssa" and how != "structure")
        return function

    # ------------------------------------------------------------------------------------------------------- preparing

    def prepare(self, function: Function, wrt: tuple[Var, ...]) -> Prepared:
        """Calls of the user's functions found, one-expression callees inlined, in-place operators settled, all analysed."""
        for _ in range(DEEP):
            fresh = Fresh.of(function)
            function = relabel(settle_dispatch(function, fresh))
            refuse_half_done(function, wrt)
            function = settle_namespaces(function, wrt, self.rules, fresh, self.class_of)
            function = settle_annotations(self.writers.settled(function, fresh))
            refuse_left_written(function, wrt)
            function = self.writers.contexts.recorded(function, fresh)
            known = self.containers_returned(function)
            function = relabel(settle_lists(function, find_facts(function, self.rules, settled=False, known=known), fresh))
            before = find_facts(function, self.rules, settled=False, known=known)
            for told in (settle_looped, lambda f, facts: with_copies_checked(f, facts, self.rules, self.writers.updates)):
                if (checked := told(function, before)) != function:
                    before = find_facts(function := checked, self.rules, settled=False, known=known)
            function = without_known_methods(function, before)
            plain = function = settle_choices(settle_decided(function, before), before, fresh)
            settled = settle_memory(function, before, fresh, self.writers.updates, function.name in self.functions, self.outside)
            facts = find_facts(function := settle_inplace(settled, fresh), self.rules, known=known)
            late = late_writes(function, self.writers.taken, self.writers.may_write)
            varied = find_varied(function, wrt, facts, self.rules, late)
            if (shown := self.writers.contexts.shown(function, varied, fresh)) != function:
                facts = find_facts(function := shown, self.rules, known=known)
                varied = find_varied(function, wrt, facts, self.rules, late)
            function = settle_signs(function, varied, facts, self.reals(function, facts))
            function = settle_dtypes(function, varied, facts, self.rules)
            refuse_entered(function, varied)
            active = find_active(function, wrt, facts, self.rules, late)
            refuse_late(function, active, late)
            refuse_lost(function, varied, active, facts, self.rules, self.writers.unseen)
            refuse_sets(function, active)
            settled = settle_sequences(settle_joins(function, active, facts, self.rules, fresh), active, facts, self.rules, fresh)
            linked = inline(self.link(settled, active, fresh, facts, varied), self.functions, fresh)
            if linked == function:
                break
            function = self.linked_before(plain, settled, active, fresh, before) or linked
        else:
            reason = f"{function.name} calls functions of one line that call one another without an end that is seen"
            raise UnsupportedSyntax(reason, function.place, "Let the recursion end in an if statement.")
        refuse_out(self.stage("prepared", function))
        function = with_keys_checked(with_keys_known(function), active, facts)
        classes = find_classes(function, self.class_of)
        refuse_worked_out(function, classes, active)
        refuse_carried_out(function, varied, classes)
        function = self.sight.checked(function, active, varied, facts, classes, lambda: find_lists(function, self.class_of))
        memory = find_memory(function, facts, classes, before)
        return Prepared(function, wrt, facts, memory, active, fresh, self.reals(function, facts), self.functions)

    def linked_before(self, plain: Function, settled: Function, active: frozenset[Var], fresh: Fresh, facts: Facts) -> Function | None:
        """The same calls linked in the function as it was before its memory was settled: what is known of them now then counts for that."""
        now = calls_by_result(settled)
        pairs = (pair for v, call in calls_by_result(plain).items() if v in now for pair in zip(expr_atoms(call), expr_atoms(now[v])))
        more = {a for a, known in pairs if known in active}
        try:
            linked = inline(self.link(plain, active | {a for a in more if isinstance(a, Var)}, fresh, facts), self.functions, fresh)
        except TangentxError:
            return None
        return linked if linked != plain else None

    def reals(self, function: Function, facts: Facts, known: Mapping[Var, str] = NOTHING) -> Reals:
        """Which names of a function hold real numbers."""
        return find_reals(function, facts, self.rules, self.functions, known)

    # --------------------------------------------------------------------------------------------------------- deriving

    def entry(self, raw: Function, mode: str, wrt: tuple[str, ...], single: bool) -> Function:
        """The function that the user gets."""
        raw = modes.asked_for(raw, wrt)
        self.writers.contexts.swept |= mode not in ("jvp", "push")
        if mode == "hvp":
            inner = self.entry(raw, "grad", wrt, single)
            self.drain()
            return self.forward_entry(modes.fixed_seed(inner), "hvp", wrt, single, name=modes.derived_name("hvp", raw.name, wrt, single))
        if mode in ("jvp", "push"):
            return self.forward_entry(raw, mode, wrt, single)
        if mode in ("fwd", "bwd"):
            self.writers.contexts.anywhere = True
            name = modes.derived_name(mode, raw.name, wrt, single)
            forward, backward = self.halves(raw, modes.vars_of(raw, wrt), (name, name))
            return self.finish(replace(forward, params=raw.params) if mode == "fwd" else backward)
        prepared = modes.with_real_inputs(self.prepare(raw, modes.vars_of(raw, wrt)), mode, self.reals)
        modes.refuse_complex(prepared, mode)
        seed = prepared.fresh(modes.seed_name("init_grad", modes.names_of(raw)))
        if mode != "vjp" or prepared.reals.real(prepared.function.result):
            prepared.reals.fields[seed] = REAL
        scalars = [prepared.function.result] if mode != "vjp" and isinstance(prepared.function.result, Var) else []  # check_scalar says so
        primal, sweep, bars = self.reversed(prepared, seed, scalars)
        function = modes.reverse_function(prepared, mode, single, seed, primal, sweep, bars)
        recorded = self.recorded(function, prepared, scalars)
        recorded = without_real_parts(recorded, self.reals(recorded, prepared.facts, prepared.reals.fields))
        return self.finish(without_casts(recorded, prepared.facts, takes_real_parts(prepared.function, prepared.facts, prepared.reals)))

    def reversed(self, prepared: Prepared, seed: Atom, scalars: Iterable[Var] = ()) -> tuple[list[Stmt], list[Stmt], list[Atom]]:
        """The primal statements, the reverse statements, the adjoints of ``wrt``."""
        aug = augment(prepared.function, prepared.active, self.pair, prepared.fresh, prepared.facts, prepared.memory, self.hands_on, self.asked)
        aug.numbers = find_numbers(prepared.function, self.rules, self.functions)
        aug.reals = prepared.reals
        calls = calls_by_result(prepared.function)
        prepared.reals.fields.update({saved: prepared.reals.saved(calls[v]) for v, (saved, *_) in aug.split.items() if v in calls})
        facts = find_facts(aug.function, self.rules, scalars=scalars, known=self.containers_returned(prepared.function))
        sweep, adjoint = reverse(aug, prepared.active, seed, facts, prepared.memory, self.rules, prepared.fresh)
        bars = [adjoint(v) for v in prepared.wrt]
        return list(without_inserts(aug.function.body)), list(sweep), bars

    def recorded(self, function: Function, prepared: Prepared, scalars: Iterable[Var] = ()) -> Function:
        """Dead code out, tapes in."""
        facts = find_facts(function, self.rules, scalars=scalars)
        alive = self.stage("alive", exist_where_copied(remove_dead(narrow(self.stage("reverse", function), facts))))
        watched = prepared.active | prepared.memory.buffers
        idle = idle_breaks(prepared.function.body, watched)
        return self.stage("record", record(alive, watched, idle, facts, Fresh.of(alive)))

    def finish(self, function: Function) -> Function:
        """The passes that make the text better."""
        return self.stage("optimised", sink(optimise(function))) if self.options.optimise else remove_dead(function)

    def forward_entry(self, raw: Function, mode: str, wrt: tuple[str, ...], single: bool, name: str = "") -> Function:
        prepared = self.prepare(raw, modes.vars_of(raw, wrt))
        taken = modes.names_of(raw)
        dots = [prepared.fresh(modes.seed_name(f"{n}_dot", taken)) for n in wrt]
        seeds: dict[Var, Atom] = dict(zip(prepared.wrt, dots, strict=True))
        body, tangent = self.forwarded(prepared, seeds)
        function = modes.forward_function(prepared, mode, single, dots, list(body), tangent)
        return self.finish(self.stage("forward", replace(function, name=name or function.name)))

    def forwarded(self, prepared: Prepared, seeds: dict[Var, Atom]) -> tuple[Block, Atom]:
        """The statements with their tangents, the tangent of the result."""
        p = prepared
        return forward(p.function, p.active, seeds, p.facts, p.memory, self.rules, p.fresh, self.jvp, p.reals, self.hands_on)

    # ---------------------------------------------------------------------------------------------------------- callees

    def pair(self, callee: str, positions: tuple[int, ...]) -> tuple[str, str]:
        """The names of the two halves of a callee; they are made later, so recursion ends."""
        key = ("pair", callee, positions)
        if key not in self.made:
            self.made[key] = names = (self.free_name(f"{callee}_fwd"), self.free_name(f"{callee}_bwd"))
            self.pending.append(lambda: self.make_pair(callee, positions, (names[0], names[1])))
        return self.made[key][0], self.made[key][1]

    def make_pair(self, callee: str, positions: tuple[int, ...], names: tuple[str, str]) -> None:
        raw = self.functions[callee]
        for half in self.halves(raw, tuple(raw.params[k].var for k in positions), names):
            self.functions[half.name] = self.finish(half)

    def halves(self, raw: Function, wrt: tuple[Var, ...], names: tuple[str, str]) -> tuple[Function, Function]:
        """A function with what its reverse needs, and that reverse."""
        prepared = self.prepare(raw, wrt)
        result = raw.result.base if isinstance(raw.result, Var) else "result"
        seed = prepared.fresh(f"{result}_bar")
        primal, sweep, bars = self.reversed(prepared, seed)
        value = modes.value_to_return(prepared, primal, called=True)
        place = (raw.returns or raw.place).derived("Grad of")
        cut = Effect(Const("cut"), place)
        gradient = bars[0] if len(bars) == 1 else prepared.fresh("gradient")
        if len(bars) != 1:
            sweep.append(Let(gradient, Build("tuple", tuple(bars)), place))  # type: ignore[arg-type]
        keep = Effect(value, place)
        params = (*raw.params, Param(seed))
        joint = replace(prepared.function, params=params, body=(*primal, keep, cut, *sweep), result=gradient)
        joint = self.recorded(joint, prepared)
        at = next(k for k, s in enumerate(joint.body) if s == cut)
        kept = joint.body[at - 1]
        assert isinstance(kept, Effect)
        body = (*joint.body[: at - 1], *joint.body[at + 1 :])
        joint = replace(joint, params=raw.params, body=body)
        return split(joint, at - 1, seed, kept.value, names, Fresh.of(joint))  # type: ignore[arg-type]

    def jvp(self, callee: str, positions: tuple[int, ...]) -> str:
        """The name of a callee's forward derivative."""
        key = ("jvp", callee, positions)
        if key not in self.made:
            self.made[key] = names = (self.free_name(f"{callee}_jvp"),)
            self.pending.append(lambda: self.make_jvp(callee, positions, names[0]))
        return self.made[key][0]

    def make_jvp(self, callee: str, positions: tuple[int, ...], name: str) -> None:
        raw = self.functions[callee]
        prepared = self.prepare(raw, tuple(raw.params[k].var for k in positions))
        taken = modes.names_of(raw)
        dots = [prepared.fresh(modes.seed_name(f"{v.base}_dot", taken)) for v in prepared.wrt]
        seeds: dict[Var, Atom] = dict(zip(prepared.wrt, dots, strict=True))
        body, tangent = self.forwarded(prepared, seeds)
        both = prepared.fresh("value_and_tangent")
        last = Let(both, Build("tuple", (prepared.function.result, tangent)), raw.returns or raw.place)
        params = tuple(replace(p, kind="positional", default=None) for p in raw.params) + tuple(Param(d) for d in dots)
        self.functions[name] = self.finish(
            self.stage("forward", replace(prepared.function, name=name, params=params, body=(*body, last), result=both))
        )

    def free_name(self, base: str) -> str:
        name, k = base, 0
        taken = {self.reserved, *self.functions, *(n for names in self.made.values() for n in names)}
        while name in taken:
            k += 1
            name = f"{base}_{k}"
        return name

    def drain(self) -> None:
        """Makes the callees that are still to be made, and theirs."""
        while self.pending:
            self.pending.pop(0)()

    def program(self, entry: Function) -> Program:
        """The entry and the functions that it reaches, callees first."""
        order: dict[str, Function] = {}
        self.functions[entry.name] = entry
        open_: set[str] = set()

        def visit(name: str) -> None:
            if name in open_:
                return
            open_.add(name)
            for stmt in statements(self.functions[name].body):
                if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Local):
                    visit(stmt.value.fn.name)
            order[name] = self.functions[name]

        visit(entry.name)
        return Program(tuple(order.values()), entry.name, cells=self.cells)
