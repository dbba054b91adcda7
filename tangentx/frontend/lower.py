"""Lowers desugared gast to the IR: A-normal form and structured SSA in one walk.

    def f(x, n):                 Function f(x, n)
        y = x                        y = x
        for i in range(n):           for i in range(0, n, 1) [y.1 = y <- y.2]: #1
            y = y * x        ==>         y.2 = y.1 * x
        if y > 1:                    y_gt_1 = y.1 > 1
            y = np.sin(y)            if y_gt_1: #2
        return y                         y.3 = np.sin(y.1)
                                     join y.4 = y.3 | y.1
                                     return y.4

A loop carries the names that its body assigns and that are read in the body before that, or behind the loop; an If joins the
names that an arm assigns and that are read behind it.  A path on which a name has no value gives UNDEF.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gast

from tangentx.errors import UnsupportedSyntax
from tangentx.frontend.choices import DECIDED, Joins
from tangentx.frontend.defaults import checks_handed
from tangentx.frontend.desugar import desugar
from tangentx.frontend.expressions import BINARY, Env, op
from tangentx.frontend.guarded import delete, guarded
from tangentx.frontend.inner import Known, Lost, closures, held
from tangentx.frontend.inserted import collected, is_inserted, lower_inserted, put
from tangentx.frontend.liveness import assigned, bound, reaching_the_end, target_names
from tangentx.frontend.matching import NoPattern
from tangentx.frontend.params import arguments, parameters
from tangentx.frontend.simpler import IMPORTED
from tangentx.frontend.source import Source
from tangentx.frontend.spread import known_truth
from tangentx.frontend.stars import named
from tangentx.frontend.targets import Targets, read_target
from tangentx.frontend.undefined import without_undefined
from tangentx.frontend.unrolled import known_items
from tangentx.frontend.unrolled import put as put_item
from tangentx.ir.nodes import (
    UNDEF,
    Assert,
    Atom,
    Attribute,
    Block,
    Break,
    Build,
    Call,
    Carry,
    Const,
    Effect,
    For,
    Function,
    If,
    Join,
    Method,
    Param,
    Raise,
    Ref,
    Var,
    While,
)
from tangentx.ir.nodes import Source as LoopSource
from tangentx.ir.walk import statements
from tangentx.rules.effects import call_text, effect_is_lost, may_write_items
from tangentx.rules.mutators import UPDATES

__all__ = ["Lowering", "lower"]

Undefined = Const(UNDEF)
Arm = tuple[Block, Env]  # its statements, and where the names stand at its end
WRITTEN = "Call it by the name that it was defined with, or return the value."


def lower(source: Source) -> Function:
    """The IR of a checked function.

    Raises:
        UnsupportedSyntax: a name that means nothing, or a construct that the IR has no word for.
    """
    lowering = Lowering(source, [])
    try:
        node = without_undefined(source.node, lambda name: lowering.is_local(name) or lowering.resolver.means(name))
        return Lowering(source, desugar(node, lowering.static_object)).function()
    except NoPattern as found:
        reason, node, hint = found.args
        raise UnsupportedSyntax(reason, source.place(node, node), hint) from None


class Lowering(Targets):
    """Lowers the statements of one function."""

    def __init__(self, source: Source, body: list[Any]) -> None:
        names = [a.id for a in arguments(source.node.args)]
        code = source.function.__code__
        super().__init__(source, dict.fromkeys([*names, *code.co_varnames, *code.co_cellvars, *bound(body)]))
        self.body = body
        self.enter(body, set())
        self.inserting = False  # inside of an insert_grad_of
        self.optional: set[Var] = set()  # the parameters that are None by default
        self.outside: dict[Var, None] = {}  # the parameters, and closure variables, as they came

    def function(self) -> Function:
        """The whole function."""
        source = self.source
        params = self.params()
        doc = inspect.cleandoc(source.function.__doc__ or "") if isinstance(source.node, gast.FunctionDef) else ""
        self.block(self.body[:-1])
        self.stmt = last = self.body[-1]
        given = last.value
        if (
            source.name in ("__iter__", "__reversed__")
            and isinstance(given, gast.Call)
            and self.static_object(given.func) is iter
            and len(given.args) == 1
        ):
            given = given.args[0]  # whoever goes through it asks for an iterator itself
        value = Const(None) if given is None else self.value(given)
        result = self.emit(value, last.value or last, "result" if isinstance(value, Build) else "")
        annotation = source.segment(getattr(source.node, "returns", None))
        place = source.place(source.node)
        free = tuple(self.resolver.free.values())
        cells = tuple((var, type(source.cells[name].cell_contents)) for name, var in self.resolver.free.items())
        return Function(
            source.name, params, (*checks_handed(self, place), *self.out), result, place, free, doc, annotation, source.place(last), cells
        )

    def params(self) -> tuple[Param, ...]:
        """The parameters with their defaults; each is a local name from now on."""
        found, stars = parameters(self.source), dict[str, Build]()
        if self.source.shape is None:
            found = [replace(p, var=self.fresh(p.var.base)) for p in found]
        else:
            found, stars = named(found, self.source.shape, self.fresh)
        words = self.source.shape.words if self.source.shape else ()
        self.env.update((p.var.base, p.var) for p in found if p.var.base not in words)
        self.outside.update((p.var, None) for p in found)
        self.optional.update(p.var for p in found if p.default == Const(None))
        for name, build in stars.items():
            self.env[name] = self.let(self.fresh(name), build, self.stmt)
        return tuple(found)

    def lowering(self, body: list[Any]) -> Lowering:
        """A lowering of its own for a local function that becomes a function of the program."""
        return Lowering(self.source, body)

    def block(self, stmts: list[Any]) -> None:
        """Lowers statements into the current block."""
        for stmt in stmts:
            self.stmt = stmt
            handler = getattr(self, f"_{type(stmt).__name__.lower()}_stmt", None)
            if handler is None:
                raise self.refuse(f"{type(stmt).__name__} is not supported here", stmt)
            handler(stmt)

    # ----------------------------------------------------------------------------------------------- simple statements

    def _pass_stmt(self, stmt: Any) -> None:
        pass

    _nonlocal_stmt = _global_stmt = _typealias_stmt = _pass_stmt

    def _delete_stmt(self, stmt: Any) -> None:
        delete(self, stmt)

    def _guarded_stmt(self, stmt: Any) -> None:
        guarded(self, stmt)

    def _break_stmt(self, stmt: Any) -> None:
        self.out.append(Break(self.place(stmt)))

    def _expr_stmt(self, stmt: Any) -> None:
        if isinstance(stmt.value, gast.Constant):
            return  # a docstring, an ellipsis
        if self.inserting and (kept := collected(self, stmt.value)) is not None:
            self.out.append(Effect(kept, self.place(stmt)))
            return
        value = self.value(stmt.value)
        if isinstance(value, Call) and isinstance(value.fn, Ref | Method) and effect_is_lost(value):
            raise self.refuse(f"{call_text(value)} writes into something that is not its own", stmt, "Let it return the new value, and assign that.")
        if isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module == "operator" and value.fn.attr in UPDATES:
            self.emit(value, stmt)  # y += x: a new name for what y is
        elif isinstance(value, Call | Build):  # a name has no effect
            self.out.append(Effect(value, self.place(stmt)))

    def _assert_stmt(self, stmt: Any) -> None:
        test = self.atom(stmt.test)
        self.out.append(Assert(test, None if stmt.msg is None else self.atom(stmt.msg), self.place(stmt)))

    def _raise_stmt(self, stmt: Any) -> None:
        exception = None if stmt.exc is None else self.atom(stmt.exc)
        self.out.append(Raise(exception, None if stmt.cause is None else self.atom(stmt.cause), self.place(stmt)))

    def _annassign_stmt(self, stmt: Any) -> None:
        if stmt.value is not None:
            self.assign(stmt.target, stmt.value)

    def _assign_stmt(self, stmt: Any) -> None:
        if isinstance(stmt.value, gast.Name) and stmt.value.id.startswith(IMPORTED):
            self.env[stmt.targets[0].id] = self.resolver.name(stmt.value)
            return
        if len(stmt.targets) == 1:
            self.assign(stmt.targets[0], stmt.value)
            return
        value = self.value(stmt.value)
        for target in stmt.targets:
            if not isinstance(value, Known) and not isinstance(target, gast.Name):
                value = self.emit(value, stmt.value)  # worked out once, before the first target is
            self.bind(target, value, stmt.value)
            if not isinstance(value, Known) and isinstance(target, gast.Name):
                value = self.atom(read_target(target))

    def _augassign_stmt(self, stmt: Any) -> None:
        name, text = BINARY[type(stmt.op).__name__]
        if isinstance(stmt.target, gast.Name):
            old = self.atom(read_target(stmt.target))
            self.bind(stmt.target, op(f"i{name.strip('_')}", f"{text}=", old, self.atom(stmt.value)), stmt)
        elif isinstance(stmt.target, gast.Attribute):
            base = self.field_owner(stmt.target)
            old = self.emit(Call(Attribute(stmt.target.attr), (base,)), stmt.target)
            self.write_field(stmt.target, base, self.emit(op(f"i{name.strip('_')}", f"{text}=", old, self.atom(stmt.value)), stmt))
        elif not (isinstance(stmt.target, gast.Subscript) and self.inserting and put(self, stmt.target, self.atom(stmt.value), name)):
            base, index = self.buffer(stmt.target)
            before, named = len(self.out), dict(self.env)
            value = self.atom(stmt.value)
            if any(map(may_write_items, statements(self.out[before:]))) or any(self.env.get(n) != v for n, v in named.items()):
                reason = "what is added to an item may write that item, which is read before that"
                raise self.refuse(reason, stmt, "Work the value out in a line of its own.")
            self.store(stmt.target, base, index, value, text)

    # ------------------------------------------------------------------------------------------------------ branches

    def _if_stmt(self, stmt: Any) -> None:
        if is_inserted(stmt):
            lower_inserted(self, stmt)
            return
        truth = known_truth(self, stmt.test)
        if truth is not None and not _jumps(arm := stmt.body if truth else stmt.orelse):
            self.block(arm)
            return
        place, label = self.place(stmt), self.label()
        test = self.atom(stmt.test)
        before = dict(self.env)
        then, orelse = self._arm(stmt.body, before), self._arm(stmt.orelse, before)
        joins = self.joins(stmt, before, then, orelse, lambda: self.decided(test, isinstance(stmt.test, DECIDED), stmt))
        self.out.append(If(test, then[0], orelse[0], joins, place, label))

    _completed_stmt = _if_stmt

    def joins(self, stmt: Any, before: Env, then: Arm, orelse: Arm, test: Callable[[], Atom]) -> tuple[Join, ...]:
        """The joins behind a branch, from where the names stand at the ends of its arms; the names stand there from now on."""
        names = {n: None for arm in (stmt.body, stmt.orelse) if not _raises(arm) for n in assigned(arm)}
        needed = {name for _, env in (then, orelse) for name in held(env, *env.values())}
        unseen = {n: None for _, env in (then, orelse) for n in env if n not in names and env[n] != before.get(n) and (n in before or n in needed)}
        wanted = self.live.after[id(stmt)] | unseen.keys()
        self.env, joins = before, Joins(self, test, (then[0], orelse[0]))
        for name in (*names, *unseen):
            a, b = then[1].get(name, Undefined), orelse[1].get(name, Undefined)
            self.env.pop(name, None)
            if a == b and isinstance(a, Ref | Known):
                self.env[name] = a
            elif name not in wanted and isinstance(lost := a if isinstance(a, Lost) else b, Lost):
                self.env[name] = lost  # whoever calls what reads it is told why
            elif (name in wanted or name in needed) and not a == b == Undefined:
                self.env[name] = joins.joined(name, self._held(a, stmt), self._held(b, stmt))
        return tuple(joins.found)

    def _held(self, found: Atom | Known | Lost, stmt: Any) -> Atom | Known:
        if isinstance(found, Lost):
            raise self.refuse_lost(found, stmt)
        return found

    def _value_of(self, name: str, found: Atom | Known | Lost, stmt: Any) -> Atom:
        value = self._held(found, stmt)
        if isinstance(value, Known):
            raise self.refuse(f"the local function {name.partition('@')[0]} depends on the path", stmt, "Define it outside of the branch or loop.")
        return value

    def _arm(self, body: list[Any], before: Env) -> Arm:
        """An arm's block and where the names stand at its end (nowhere, if it raises)."""
        self.env = dict(before)
        block, _ = self.nested(lambda: self.block(body))
        return block, {} if _raises(body) else self.env

    # --------------------------------------------------------------------------------------------------------- loops

    def _carried(self, stmt: Any, names: dict[str, None]) -> dict[str, tuple[Var, Atom]]:
        """The names that the loop carries, each with its carry target and initial value; they stand in ``env`` from now on."""
        exposed, known = self.live.exposed[id(stmt)], [v for v in self.env.values() if isinstance(v, Known)]
        live = exposed | self.live.after[id(stmt)]
        wanted = live | held(self.env, *known)
        self.carrying.append(wanted)
        carried, kept = {}, reaching_the_end(stmt.body) or {}
        for name in (*names, *self._written(known, names)):
            init = self.env.pop(name, Undefined)
            if name in wanted and (name in live or not isinstance(init, Lost | Known)):
                init = self._value_of(name, init, stmt)
                carried[name] = (self.fresh(name), init)
                if init != Undefined or name in exposed or name in kept:
                    self.env[name] = carried[name][0]
        return carried

    def _written(self, known: list[Known], names: dict[str, None]) -> dict[str, None]:
        """The names that the local functions at hand write as nonlocal, and the body of the loop does not."""
        found = dict.fromkeys(name for value in known for closure in closures(value) for name in closure.writes)
        return {name: None for name in found if name not in names and isinstance(self.env.get(name), Var | Const | Ref)}

    def _close(self, carried: dict[str, tuple[Var, Atom]], before: Env, names: dict[str, None]) -> tuple[Carry, ...]:
        """The carries, once the body is lowered; behind the loop each name is its carry target."""
        self.carrying.pop()
        carries = list[Carry]()
        for name, (target, init) in carried.items():
            back = self._value_of(name, self.env.get(name, Undefined), self.stmt)
            if name not in names and back == target:  # it might have been written, and was not
                self.let(target, init, self.stmt)
            else:
                carries.append(Carry(target, init, back))
        if unseen := next((n for n, v in before.items() if n not in names and n not in carried and self.env.get(n) != v), None):
            raise self.refuse(f"{unseen.partition('@')[0]!r} is written in this loop, by a local function under another name", self.stmt, WRITTEN)
        self.env = {name: atom for name, atom in before.items() if name not in names}
        self.env.update({name: target for name, (target, _) in carried.items()})
        return tuple(carries)

    def _while_stmt(self, stmt: Any) -> None:
        place, label, before, names = self.place(stmt), self.label(), dict(self.env), assigned(stmt.body)
        carried = self._carried(stmt, names)
        start = dict(self.env)
        header, test = self.nested(lambda: self.atom(stmt.test))
        if unseen := next((n for n, v in start.items() if self.env.get(n) != v and n not in names), None):
            raise self.refuse(f"{unseen.partition('@')[0]!r} is written in the test of this loop, by a local function", stmt.test, WRITTEN)
        body, _ = self.nested(lambda: self.block(stmt.body))
        self.out.append(While(self._close(carried, before, names), header, test, body, place, label))

    def _for_stmt(self, stmt: Any) -> None:
        if (items := known_items(self, stmt)) is not None:
            self._unrolled(stmt, items)
            return
        place, label = self.place(stmt), self.label()
        iterations = self.iterations(stmt.target, stmt.iter)
        before, names = dict(self.env), {**dict.fromkeys(target_names(stmt.target)), **assigned(stmt.body)}
        carried = self._carried(stmt, names)
        sources: list[LoopSource] = []

        def run() -> None:
            patterns = []
            for target, make in iterations:
                var = self.fresh(target.id if isinstance(target, gast.Name) else "item")
                sources.append(make(var))
                if isinstance(target, gast.Name):
                    self.env[target.id] = var
                elif isinstance(target, gast.Tuple | gast.List):
                    patterns.append((target, var))
                else:
                    raise self.refuse("a loop variable must be a name", target, "Write the item in the body of the loop.")
            for target, var in patterns:
                self.unpack(target, var)
            self.block(stmt.body)

        body, _ = self.nested(run)
        self.out.append(For(tuple(sources), self._close(carried, before, names), body, place, label))

    def _unrolled(self, stmt: Any, items: list[Any]) -> None:
        """A loop over local functions, or arrays that it writes: its body for each of them."""
        if jump := next((n for s in stmt.body for n in gast.walk(s) if isinstance(n, gast.Break)), None):
            raise self.refuse("a loop over local functions is written out: it cannot be left early", jump, "Write the calls out.")
        for found in items:
            self.stmt = stmt
            put_item(self, stmt.target, found, stmt.iter)
            self.block(stmt.body)


def _jumps(block: list[Any]) -> bool:
    """Whether what stands behind a block is not reached from its end, or not always."""
    return any(isinstance(n, gast.Raise | gast.Break) for s in block for n in gast.walk(s))


def _raises(block: list[Any]) -> bool:
    return bool(block) and isinstance(block[-1], gast.Raise)
