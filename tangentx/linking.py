"""Linking: the calls of a function become calls of functions of the same program.

y = model.helper(x)          y = local helper(x)          helper is read; its derivatives are made when they are needed
g = tx.grad(h); g(x)         local dhdx(x)                a derivative inside of a function
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Any, NamedTuple

import numpy as np

from tangentx import frontend
from tangentx.analysis.classes import Behind, Items, Known, class_returned, find_classes, find_items, is_method, replaced_in, stored_by
from tangentx.analysis.fact import Facts
from tangentx.analysis.facts import find_facts
from tangentx.errors import NotDifferentiable, TangentxError, UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.homes import path_from_module
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, Effect, Function, Inner, Let, Local, Method, Param, Place, Ref, Stmt, Unpack, Var
from tangentx.ir.refs import class_ref
from tangentx.ir.walk import map_blocks, rename, statements
from tangentx.optimise.dead import has_effects
from tangentx.options import MODES, Options
from tangentx.rules.declare import stand_in
from tangentx.rules.effects import reached
from tangentx.rules.table import Rulebook, refusal
from tangentx.transform import modes
from tangentx.transform.build import bound_to, no_rule, refuse_text
from tangentx.transform.called import by_class, reader_check
from tangentx.transform.fields import field_of, takes_fields
from tangentx.transform.memory import returns_argument
from tangentx.transform.objects import refuse_unknown, settle_objects
from tangentx.transform.operands import with_parts
from tangentx.transform.outside import Outside, asks_for_objects, cells_of_callees, lenders, lent_outside, read_outside
from tangentx.transform.protocols import settle_iteration

__all__ = ["Linking", "calls_by_result"]


class Perhaps(NamedTuple):
    """An argument for a parameter that is annotated as a number, which it may not be."""

    atom: Atom


ANYTHING = object()  # in place of the class of such an argument


def _param(param: Param, cls: Any) -> Param:
    """The parameter for an argument of this class."""
    if cls is ANYTHING:
        return replace(param, annotation="")
    if isinstance(cls, Items):
        held = None if cls.item is None else cls.item.cls
        return replace(param, items=(dict, held) if cls.keyed else held)
    return param if cls is None else replace(param, cls=cls, checked=True)


class Linking:
    """The part of the workshop that finds callees."""

    options: Options
    rules: Rulebook
    functions: dict[str, Function]
    objects: dict[str, Any]  # the user's function behind each of them
    classes: dict[str, tuple[Any, ...]]  # the classes of the arguments that it was read for
    shapes: dict[str, frontend.Shape | None]  # the shape of the calls that it was read for, if it hands on stars
    returned: dict[Any, Known | Items | None]  # by name, or by what is behind a call
    kinds: dict[str, str]  # of what functions of the program return
    items_returned: dict[str, tuple[str, ...]]  # of its items, where it is a display
    paths: dict[str, str]  # how each is reached from the function that is differentiated
    cells: dict[str, str]  # the closure variables of callees: their names here, and how they are reached
    given_up: frontend.GivenUp
    read: Callable[..., Function]
    entry: Callable[..., Function]
    free_name: Callable[[str], str]
    drain: Callable[[], None]
    refuse_switched: Callable[[Any, Place], None]
    call_of: Callable[[Let], Call]

    def callee(self, obj: Any, place: Place, classes: tuple[Any, ...] = (), path: str = "", shape: frontend.Shape | None = None) -> str:
        """The name under which a called function of the user's is known here, for arguments of these classes (None: not known),
        and for a call of this shape.  ``path`` leads from the function that is differentiated to this one, name by name, for the cells of closures.
        """
        self.refuse_switched(obj, place)
        for name, known in self.objects.items():
            if known is obj and (self.classes.get(name, ()), self.shapes.get(name)) == (classes, shape):
                return name
        base = name = obj.__name__ if obj.__name__.isidentifier() else "f"
        k = 0
        while name in self.functions:
            k += 1
            name = f"{base}_{k}"
        self.objects[name], self.classes[name], self.shapes[name] = obj, classes, shape
        function = self.read(obj, shape)
        self.paths[name] = path or obj.__name__
        function = self.opened(function, path, place)
        params = tuple(_param(p, c) for p, c in zip_longest(function.params, classes) if p is not None)  # its seed is fixed
        self.functions[name] = replace(function, params=params, name=name, doc=function.doc.partition("\n\n")[0])
        return name

    def opened(self, function: Function, path: str, place: Place) -> Function:
        """A closure that is called: its variables under names of their own, bound to its cells when the derivative is loaded."""
        if function.free and not path:
            reason = f"{function.name} is a closure that reads {function.free[0].base!r}, and cannot be reached by its name"
            raise UnsupportedSyntax(reason, place, "Pass that value as an argument.")
        names: dict[Var, Atom] = {}
        for var in function.free:
            base, k = var.base, 0
            while self.cells.get(base, "") not in ("", f"{path}.{var.base}"):
                k += 1
                base = f"{var.base}_{k}"
            self.cells[base] = f"{path}.{var.base}"
            names[var] = Var(base, var.version)
        free = tuple(v for v in names.values() if isinstance(v, Var))
        cells = tuple((names.get(v, v), c) for v, c in function.cells)
        return replace(rename(function, {v: n for v, n in names.items() if v != n}), free=free, cells=cells)  # type: ignore[arg-type]

    def link(
        self, function: Function, active: frozenset[Var], fresh: Fresh, facts: Facts, varied: frozenset[Var] = frozenset(), late: bool = False
    ) -> Function:
        """Active calls of Python functions without a rule become calls of functions of this program.

        ``varied`` is what functions that are only known while running must not write; ``late``: all else is linked.
        """

        def block(b: tuple[Stmt, ...]) -> tuple[Stmt, ...]:
            return tuple(new for s in b for new in resolve(s))

        def resolve(stmt: Stmt) -> list[Stmt]:
            if isinstance(stmt, Let) and isinstance(stmt.value, Call) and getattr(stmt.value.fn, "obj", None) is float:
                refuse_text(made.get(stmt.value.args[0]) if stmt.value.args else None, stmt.place)
            if (
                isinstance(stmt, Let)
                and isinstance(stmt.value, Call)
                and not isinstance(stmt.value.fn, Local)
                and (stmt.target in active or _is_inner(stmt.value))
            ):
                call = self.call_of(stmt)
                if late and (later := self.running(stmt, call, active, classes, made.get(call.fn), fresh)):
                    return later
                if _is_inner(call) or (not self.is_known(call) and any(a in active for a in (*call.args, *dict(call.kwargs).values()))):
                    try:
                        starred, call = self.linked(call, made.get(call.fn), fresh, stmt.place, known, facts, path, active)
                        return [*starred, replace(stmt, value=call)]
                    except NotDifferentiable as error:  # perhaps its class is known once the other calls are linked
                        if not isinstance(call.fn, Method):
                            raise
                        errors.append(error)
            if late and isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call):
                check = reader_check(stmt.value, touched, facts, made.get(stmt.value.fn), checked)
                return [stmt] if check is None else [Effect(check, stmt.place), stmt]
            return [map_blocks(stmt, block)]

        function = settle_iteration(function, find_classes(function, self.class_of), active, fresh)
        checked = {s.value for s in statements(function.body) if isinstance(s, Effect)}
        function = settle_objects(function, self.class_of, lambda stmt, call: isinstance(stmt, Let) and stmt.target in active, fresh)
        refuse_unknown(function, self.class_of)
        touched = with_parts(function, active | varied) if late else active
        made: dict[Any, Any] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
        classes, errors, path = find_classes(function, self.class_of), list[NotDifferentiable](), self.paths.get(function.name, "")
        known: dict[Var, Known | Items] = {**find_items(function, self.class_of), **classes}
        linked = replace(function, body=block(function.body))
        if linked == function and not late:
            return self.link(function, active, fresh, facts, varied, late=True)
        if errors and linked == function:
            raise errors[0]
        return linked

    def running(self, stmt: Let, call: Call, active: frozenset[Var], classes: dict[Var, Known], made: Any, fresh: Fresh) -> list[Stmt]:
        """The statements of a call of what is only known while running, where they are others: see transform/called."""
        owner = call.fn if isinstance(call.fn, Var) else call.args[0] if isinstance(call.fn, Method) and call.args else None
        if not isinstance(owner, Var) or _verb(made):
            return []
        if isinstance(call.fn, Method) and owner in classes:  # no method of its class: a function in an attribute
            function = fresh(call.fn.name)
            return [
                Let(function, Call(Attribute(call.fn.name), (owner,)), stmt.place),
                replace(stmt, value=replace(call, fn=function, args=call.args[1:])),
            ]
        of_arrays = isinstance(call.fn, Method) and hasattr(np.ndarray, call.fn.name) and not call.fn.own
        if of_arrays or (isinstance(call.fn, Var) and owner not in active):
            return []
        self.refuse_in_a_file(call, stmt.place)
        before, by = by_class(call, fresh, stmt.place)
        return [*before, replace(stmt, value=by)]

    def refuse_in_a_file(self, call: Call, place: Place) -> None:
        """A function that is only known while running, in a file that shall stand alone.

        Raises:
            UnsupportedSyntax: it shall.
        """
        if self.options.standalone:
            what = call.fn.base if isinstance(call.fn, Var) else f"the method .{call.fn.name}()"  # type: ignore[union-attr]
            reason = f"{what} is only known while running, and this file has the derivatives of what is known now"
            raise UnsupportedSyntax(reason, place, "Call a named function.")

    def is_known(self, call: Call) -> bool:
        """Whether the sweeps know what to do with the call."""
        fields = field_of(call, self.rules) or (isinstance(call.fn, Ref) and takes_fields(call.fn.obj))
        above = isinstance(call.fn, Ref) and call.fn.obj is super  # its methods are found with it
        return bool(fields) or above or self.rules.known(call.fn)

    def containers_returned(self, function: Function) -> dict[Var, str]:
        """The results of calls of the user's functions that are lists, tuples or dicts."""
        called = {v: call.fn.name for v, call in calls_by_result(function).items() if isinstance(call.fn, Local)}
        kinds = {v: self.kind_returned(name) for v, name in called.items()}
        for stmt in (s for s in statements(function.body) if isinstance(s, Unpack) and s.source in called):  # z, z_dot = layer_jvp(x, x_dot)
            kinds.update({t: kind for t, kind in zip(stmt.targets, self.items_returned[called[stmt.source]]) if t is not None})  # type: ignore[index]
        return {v: kind for v, kind in kinds.items() if kind in ("list", "tuple", "dict")}

    def kind_returned(self, name: str) -> str:
        """What kind of value a function of the program returns, as it was read; those of its items are noted."""
        if name not in self.kinds:
            self.kinds[name], self.items_returned[name] = "any", ()  # while it is asked for: a function that calls itself
            function = self.functions[name]
            if isinstance(function.result, Var):
                facts = find_facts(function, self.rules, settled=False, known=self.containers_returned(function))
                self.kinds[name] = facts.of(function.result).kind
                made = next((s.value for s in function.body if isinstance(s, Let) and s.target == function.result), None)
                self.items_returned[name] = tuple(facts.of(a).kind for a in made.items) if isinstance(made, Build) else ()
        return self.kinds[name]

    def hands_on(self, name: str) -> bool:
        """Whether a function of the program may return one of its arguments, or what looks into one."""
        function = self.functions[name]
        try:
            return returns_argument(function, find_facts(function, self.rules, settled=False), Fresh.of(function))
        except TangentxError:
            return True

    def asked(self, name: str) -> tuple[bool, tuple[Atom, ...]]:
        """Whether a function of the program asks for the ``id`` of objects; the global variables that it may compare with what it is given."""
        asks = asks_for_objects(self.functions[name], self.functions)
        return id in asks, tuple(a for a in read_outside(self.functions[name], self.functions) if isinstance(a, Ref) and a.live) if asks else ()

    def outside(self, function: Function, fresh: Fresh) -> Outside:
        """The global variables that a function reads, and a write to its arguments may change; what may hand out others."""
        cells = tuple((self.cell_here(var, fresh), cls) for var, cls in cells_of_callees(function, self.functions))
        seen = replace(function, cells=(*function.cells, *cells))
        read = read_outside(seen, self.functions)
        asking = lenders(function, self.functions, lambda callee: self.behind(Behind(callee, None, False)))
        asks = bool(asks_for_objects(function, self.functions))
        return Outside(read, asking, lent_outside(seen, self.functions, read), tuple(var for var, _ in cells), asks)

    def cell_here(self, var: Var, fresh: Fresh) -> Var:
        """The variable of a closure that is called, under a name that nothing else has in its caller."""
        base, k = var.base, 0
        while base in fresh or self.cells.get(base, self.cells[var.base]) != self.cells[var.base]:
            k += 1
            base = f"{var.base}_{k}"
        self.cells[base] = self.cells[var.base]
        return fresh(base)

    def class_of(self, name: str | Behind) -> Known | Items | None:
        """The class of what a function of the program returns, or one that is not in the program yet."""
        if name not in self.returned:
            self.returned[name] = None  # while it is asked for: a function that calls itself
            function = self.functions[name] if isinstance(name, str) else self.behind(name)
            known = None if function is None else class_returned(function, self.class_of)
            maker = self.objects.get(name) if isinstance(name, str) else name.function
            unsure = isinstance(known, Known) and known.sure and _may_replace(maker, known)
            self.returned[name] = replace(known, sure=False) if unsure else known  # type: ignore[type-var]
        return self.returned[name]

    def behind(self, wanted: Behind) -> Function | None:
        """A function of the user's, with the class of its first parameter; None if it cannot be read."""
        try:
            function = self.read(wanted.function)
        except TangentxError:
            return None
        if wanted.cls is None or not function.params:
            return function
        first, *rest = function.params
        if wanted.is_class:
            return rename(function, {first.var: class_ref(wanted.cls)})
        return replace(function, params=(replace(first, cls=wanted.cls, checked=True), *rest))

    def linked(
        self, call: Call, made: Any, fresh: Fresh, place: Place, classes: Mapping[Var, Known | Items], facts: Facts, path: str, active: frozenset[Var]
    ) -> tuple[list[Let], Call]:
        """The call with its callee's name, behind what its starred parameters get.

        ``made`` is what a called variable was assigned: ``tx.grad(g)``, perhaps.
        """
        obj = call.fn.obj if isinstance(call.fn, Ref) else None
        obj = stand_in(obj) or obj
        if type(obj).__name__ == "_ArrayFunctionDispatcher":  # a function of NumPy's, perhaps written in Python
            obj = getattr(obj, "__wrapped__", obj)
        verb = _verb(made)
        if refusal(call.fn):
            raise no_rule(call, place)
        if isinstance(obj, Inner):
            name = self.inside(obj)
        elif verb is not None:
            name = self.inner_derivative(verb, made, place)
        elif isinstance(obj, types.FunctionType):
            self.given_up.called(obj, place, call.fn.text)  # type: ignore[union-attr]
            text = call.fn.text  # type: ignore[union-attr]
            named = text.endswith(".__wrapped__") or (text.isidentifier() and text != "__wrapped__")
            reached = f"{path}.{text}".lstrip(".") if named else path_from_module(call.fn.module, call.fn.attr, obj)  # type: ignore[union-attr]
            shape = frontend.shape(obj, len(call.args), dict(call.kwargs))
            name = self.callee(obj, place, self.known_classes(obj, call, classes, facts, shape, active), reached, shape)
        elif isinstance(call.fn, Var):
            self.refuse_in_a_file(call, place)
            return [], call
        else:
            raise no_rule(call, place)
        return bound_to(self.functions[name], call, fresh, place, has_effects(self.functions[name]))

    def inside(self, inner: Inner) -> str:
        """The name of a local function that calls itself, or of the derivative of one."""
        if inner.mode != "call":
            return self.keep(self.entry(inner.function, inner.mode, inner.wrt, inner.single))
        name = next((n for n, known in self.objects.items() if known is inner), "")
        if not name:
            name = self.free_name(inner.function.name)
            self.objects[name], self.functions[name] = inner, replace(inner.function, name=name)
            self.functions[name] = self.link(self.functions[name], frozenset(), Fresh.of(inner.function), Facts())
        return name

    def known_classes(
        self, obj: Any, call: Call, classes: Mapping[Var, Known | Items], facts: Facts, shape: frontend.Shape | None, active: frozenset[Var]
    ) -> tuple[Any, ...]:
        """The classes of the arguments, by parameter, where any is of a class of the user's, or may be no number, or no whole one, though
        it is annotated so.
        """
        signature = inspect.signature(obj, follow_wrapped=False)
        given = [(a, classes[a]) for a in (*call.args, *(a for _, a in call.kwargs)) if isinstance(a, Var) and a in classes]
        known: dict[Any, Any] = {a: k if isinstance(k, Items) else k.cls for a, k in given if isinstance(k, Items) or k.open <= replaced_in(k.cls)}
        said = {name: str(getattr(p.annotation, "__name__", p.annotation)).strip("'\" ") for name, p in signature.parameters.items()}
        numbers = {name: said[name] for name in said if said[name] in ("float", *modes.CONSTANT)}
        if not known and not numbers:
            return ()

        def lies(name: str, given: Any) -> bool:
            return given in active if numbers.get(name) in modes.CONSTANT else name in numbers and not facts.of(given).scalar

        bound = signature.bind(*call.args, **dict(call.kwargs))
        bound.arguments = {n: Perhaps(a) if lies(n, a) else a for n, a in bound.arguments.items()}
        found = [ANYTHING if isinstance(a, Perhaps) else known.get(a) if isinstance(a, Var) else None for a in frontend.spread_classes(bound, shape)]
        return tuple(found) if any(c is not None for c in found) else ()

    def inner_derivative(self, verb: Any, made: Call, place: Place) -> str:
        """``tx.grad(g)`` inside of a differentiated function: the derivative of g, under its name here."""
        try:
            given = inspect.signature(verb).bind(*made.args, **dict(made.kwargs))
        except TypeError as error:
            raise NotDifferentiable(f"{verb.__name__}: {error}", place) from None
        given.apply_defaults()
        target, wrt = given.arguments["f"], given.arguments["wrt"]
        assert isinstance(target, Ref)
        raw = self.read(target.obj)
        names = [p.var.base for p in raw.params]
        item = wrt.value if isinstance(wrt, Const) else wrt
        if not isinstance(item, int | str) or (item not in names and not (isinstance(item, int) and 0 <= item < len(names))):
            raise UnsupportedSyntax(f"wrt of {verb.__name__} inside a function is a position or a name", place, "Write it as a literal.")
        return self.keep(self.entry(raw, verb.__name__, (names[item] if isinstance(item, int) else item,), True))

    def keep(self, inner: Function) -> str:
        """A derivative that is called inside of another function, under a name of its own, its seed fixed."""
        self.drain()  # what it calls is asked for what it returns
        inner = modes.fixed_seed(inner)
        name = self.free_name(inner.name)
        self.functions[name] = replace(inner, name=name)
        return name


def _verb(made: Any) -> Any:
    """``tx.grad``, where that has made a function that is called."""
    verb: Any = made.fn.obj if isinstance(made, Call) and isinstance(made.fn, Ref) else None
    if verb is not None and not (made.args and isinstance(getattr(made.args[0], "obj", None), types.FunctionType)):
        return None  # of a function that is only known while running
    return verb if getattr(verb, "__module__", "") == "tangentx.api" and verb.__name__ in MODES else None


def _may_replace(maker: Any, known: Known) -> bool:
    """Whether the function that makes an object may replace a method in it, or one that it names: then that is asked while running."""
    names = {name for code in reached(maker) for name in stored_by(code)}
    return any(is_method(known.cls, name) for name in names - known.open)


def _is_inner(call: Call) -> bool:
    return isinstance(call.fn, Ref) and isinstance(call.fn.obj, Inner)


def calls_by_result(function: Function) -> dict[Var, Call]:
    """The calls of a function, by the names of their results."""
    return {s.target: s.value for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Call)}
