"""Objects: methods, properties and operators of known classes become calls of the functions behind them.

    y = model.predict(x)             y = Model.predict(model, x)          a method: self first
    n = model.norm                   n = Model.norm.fget(model)           a property
    z = model(x)                     z = Model.__call__(model, x)
    s = a + b                        s = Vector.__add__(a, b)             an operator of the user's class
    t = p.step(x)                    if is_own(p, "step"): ...            where something assigns p.step: see ``_either``
    super().step(x)                  Base.step(self, x)

What is only known by an annotation is checked at run time: a subclass may do something else.
"""

from __future__ import annotations

import functools
import inspect
import math
import types
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from tangentx.analysis.classes import ClassOf, Known, field_names, find_classes, is_method, is_own_class, replaced_here, replaced_in
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Attribute, Block, Call, Const, Effect, Expr, Function, If, Join, Let, Method, Place, Ref, Stmt, Store, Var
from tangentx.ir.refs import class_ref, member_itself, member_ref, name_in_class, own_attribute
from tangentx.ir.walk import blocks, map_blocks, statements
from tangentx.rules.declare import is_declared
from tangentx.rules.inserted import COLLECTS, is_insert
from tangentx.rules.mutators import BUILT_IN, CHANGES_ITS_OBJECT, CHANGES_ITS_SELF, changes
from tangentx.runtime.described import getter
from tangentx.transform.binary import MIRRORED, Binary, asked_for_classes, class_check
from tangentx.transform.build import helper
from tangentx.transform.lists import sorts

__all__ = ["bound_methods", "class_check", "refuse_replaced", "refuse_unknown", "settle_objects", "unknown_effects"]

UNARY = ("neg", "pos", "abs", "invert")
ASKED: dict[Any, str] = {
    abs: "__abs__", round: "__round__", divmod: "__divmod__", float: "__float__", iter: "__iter__", len: "__len__",
    math.floor: "__floor__", math.ceil: "__ceil__", math.trunc: "__trunc__",
}  # fmt: skip
COMPARED = ("lt", "le", "gt", "ge", "eq", "ne", "getitem")


Wanted = Callable[["Let | Effect", Call], bool]


def settle_objects(function: Function, class_of: ClassOf, wanted: Wanted, fresh: Fresh, taken: set[tuple[type, Any]] | None = None) -> Function:
    """Replaces what is resolved by a class that is known (see the module's docstring), where the call found is ``wanted``.

    ``taken`` gets the classes and the functions that were found in them.

    Raises:
        UnsupportedSyntax: a cached property of an object that is written, or a ``super()`` that leads to nothing in Python.
    """
    classes = find_classes(function, class_of)
    made: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
    written = any(isinstance(s, Store) and s.op == "setattr" and not s.place.sweep for s in statements(function.body))

    binary = Binary(lambda a: _asked_of(a, classes), made, {p.var: p for p in function.params}, fresh, asked_for_classes(function))

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> list[Stmt]:
        if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call):
            if _is_binary(stmt.value) and (new := binary.settled(stmt, stmt.value, lambda call: wanted(stmt, call))) is not None:
                return list(new)
            found = _resolved(stmt.value, classes, made, stmt.place)
            if found is not None and not wanted(stmt, found[0]):
                return [stmt]
            if found is not None:
                call, owner = found
                if written:
                    _refuse_cached(call, stmt.place)
                known = _known(owner, classes)
                checks: list[Stmt] = []
                if known is None and (above := _above(stmt.value, made)) is not None:
                    name, home = Const(stmt.value.fn.name), Const(getattr(call.fn, "text", "").partition(".")[0])  # type: ignore[union-attr]
                    checks = [Effect(helper("check_inherited", above.args[1], above.args[0], name, home), stmt.place)]
                if known is not None and not known.sure:
                    checks = [class_check(owner, known, stmt.place)]
                checks += binary.compared(stmt.value, owner, stmt.place)
                if known is not None and taken is not None and isinstance(call.fn, Ref):
                    taken.add((known.cls, call.fn.obj))
                return [*checks, replace(stmt, value=call)]
            if (method := _replaceable(stmt.value, classes)) is not None and wanted(stmt, method[0]):
                return list(_either(stmt, *method, fresh))
        return [map_blocks(stmt, block)]

    new = replace(function, body=block(function.body))
    return new if replaced_here(function, classes) else _once(new)


def _is_binary(call: Call) -> bool:
    return isinstance(call.fn, Ref) and call.fn.module == "operator"


def _replaceable(call: Call, classes: Mapping[Var, Known]) -> tuple[Call, Known] | None:
    """The call of a method that an attribute of the object may stand before, as its class says it."""
    owner = call.args[0] if isinstance(call.fn, Method) else None
    known = classes.get(owner) if isinstance(owner, Var) else None
    if known is None or not isinstance(call.fn, Method) or call.fn.name not in known.open:
        return None
    found = _member(known.cls, call.fn.name, call, True)
    return None if found is None else (found, known)


def _either(stmt: Let | Effect, by_class: Call, known: Known, fresh: Fresh) -> Block:
    """``y = p.step(x)``: ``if is_own(p, "step"): step = p.step; y = step(x)``, else ``y = Particle.step(p, x)``."""
    call = stmt.value
    assert isinstance(call, Call) and isinstance(call.fn, Method) and isinstance(owner := call.args[0], Var)
    name, place = call.fn.name, stmt.place
    test, own = fresh(f"own_{name}"), fresh(name)
    by_attribute = replace(call, fn=own, args=call.args[1:])
    checks: Block = () if known.sure else (class_check(owner, known, place),)
    ask = Let(test, helper("is_own", owner, Const(name)), place)
    read = Let(own, Call(own_attribute(name), (owner,)), place)
    if isinstance(stmt, Effect):
        return (ask, If(test, (read, replace(stmt, value=by_attribute)), (*checks, replace(stmt, value=by_class)), (), place))
    one, two = fresh(stmt.target.base), fresh(stmt.target.base)
    arms = (read, Let(one, by_attribute, place)), (*checks, Let(two, by_class, place))
    return (ask, If(test, *arms, (Join(stmt.target, one, two),), place))


def refuse_replaced(function: Function, classes: Mapping[Var, Known], taken: Container[tuple[type, Any]]) -> None:
    """Refuses a function that replaces a method in an object, where this was seen after the method had been ``taken`` from the class.

    Raises:
        UnsupportedSyntax: there is one.
    """
    for (cls, name), stmt in replaced_here(function, classes).items():
        found = inspect.getattr_static(cls, name)
        if (cls, getter(found) or getattr(found, "__func__", found)) in taken:
            reason = f"{cls.__name__}.{name} is replaced in an object by another function than the one that calls it"
            raise UnsupportedSyntax(reason, stmt.place, "Keep the function that is called in an attribute of another name.")


def refuse_unknown(function: Function, class_of: ClassOf) -> None:
    """Refuses a method that is called for its effect on an object of unknown class; what is put into the backward pass may collect.

    Raises:
        UnsupportedSyntax: there is one.
    """
    classes = find_classes(function, class_of)
    made: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}

    def look(block: Block, inserted: bool) -> None:
        for stmt in block:
            if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and _resolved(stmt.value, classes, made, stmt.place) is None:
                if (above := _above(stmt.value, made)) is not None and len(above.args) == 2:
                    raise _not_found(stmt.value.fn.name, stmt.place)  # type: ignore[union-attr]
                collects = isinstance(stmt, Effect) and getattr(stmt.value.fn, "name", "") in COLLECTS
                error = None if collects and (inserted or stmt.place.sweep) else _unknown(stmt, stmt.value)
                if error is not None:
                    raise error
            for inner in blocks(stmt):
                look(inner, inserted or is_insert(stmt))

    look(function.body, False)


def _refuse_cached(call: Call, place: Place) -> None:
    """A cached property is what it was at its first read: of an object that is written, nobody knows when that was."""
    if isinstance(call.fn, Ref) and call.fn.attr.endswith(".func") and not call.fn.attr.endswith("__.func"):
        reason = f"{call.fn.text.removesuffix('.func')} is a cached property, and an object is written here"
        raise UnsupportedSyntax(reason, place, "Make it a property, or work it out before.")


def unknown_effects(function: Function) -> bool:
    """Whether methods are called for their effect on objects of unknown class."""
    calls = (s for s in statements(function.body) if isinstance(s, Let | Effect) and isinstance(s.value, Call))
    return any(_unknown(s, s.value, idle=False) is not None for s in calls)  # type: ignore[arg-type]


def _unknown(stmt: Let | Effect, call: Call, idle: bool = True) -> UnsupportedSyntax | None:
    """What there is to say of a method that is called for its effect on an object of unknown class, and given a value.

    One that is given constants alone is ``idle``: whether it writes is seen while running, where its object is at hand.
    """
    if not isinstance(call.fn, Method):
        return None
    if changes(call.fn.name, len(call.args) - 1, bool(call.kwargs)):
        return None  # perhaps of a list or dict: see mutations
    if isinstance(stmt, Effect) and sorts(call):
        return None  # perhaps of a list: see lists
    if call.fn.name in CHANGES_ITS_OBJECT:
        reason = f"the method {call.fn.name!r} changes its object in place"
        return UnsupportedSyntax(reason, stmt.place, "Build a new value, or write into an array by index.")
    if not isinstance(stmt, Effect) or not isinstance(call.args[0], Var):
        return None
    if idle and all(isinstance(a, Const) for a in (*call.args[1:], *(a for _, a in call.kwargs))):
        return None
    name = call.args[0].base
    reason = f"the method .{call.fn.name}() writes into something that is not its own"
    return UnsupportedSyntax(reason, stmt.place, f"Annotate {name} with its class, or return the new value.")


def _known(owner: Atom, classes: Mapping[Var, Known]) -> Known | None:
    if isinstance(owner, Ref):
        cls: type = type(owner.obj)
        return Known(cls, open=replaced_in(cls).union(name for name in getattr(owner.obj, "__dict__", ()) if is_method(cls, name)))
    return classes.get(owner) if isinstance(owner, Var) else None


def _once(function: Function) -> Function:
    """The first check of a name at the top level holds for all that follows."""
    seen: set[Any] = set()
    body: list[Stmt] = []

    def drop(b: Block) -> Block:
        return tuple(map_blocks(s, drop) for s in b if not (_is_check(s) and s.value in seen))  # type: ignore[union-attr]

    for stmt in function.body:
        if isinstance(stmt, Effect) and _is_check(stmt):
            if stmt.value in seen:
                continue
            seen.add(stmt.value)
        body.append(map_blocks(stmt, drop))
    return replace(function, body=tuple(body))


def _is_check(stmt: Stmt) -> bool:
    return isinstance(stmt, Effect) and isinstance(stmt.value, Call) and getattr(stmt.value.fn, "text", "") == "check_class"


def _resolved(call: Call, classes: Mapping[Var, Known], made: Mapping[Atom, Expr], place: Place) -> tuple[Call, Atom] | None:
    """The call of the function behind it, and the object whose class has decided that."""
    fn = call.fn
    if isinstance(fn, Method | Attribute):
        owner = call.args[0]
        if (above := _above(call, made)) is not None:
            return _inherited(call, above, classes, place)
        known = _known(owner, classes)
        if known is None or isinstance(owner, Ref) and not _own(owner):
            return None
        if fn.name in known.open:
            return _part_called(owner, call, fn.name) if isinstance(owner, Ref) and isinstance(fn, Method) else None
        found = _member(known.cls, fn.name, call, isinstance(fn, Method))
        return None if found is None else (found, owner)
    if isinstance(fn, Var) and (bound := _bound(made.get(fn), classes)) is not None:
        found = _member(bound[1], bound[0].fn.name, replace(call, args=(*bound[0].args, *call.args)), True)  # type: ignore[union-attr]
        return None if found is None else (found, bound[0].args[0])
    if isinstance(fn, Var) and (known := classes.get(fn)) is not None:
        found = _member(known.cls, "__call__", replace(call, args=(fn, *call.args)), True)
        return None if found is None else (found, fn)
    if isinstance(fn, Var) and isinstance(cls := made.get(fn), Ref) and isinstance(cls.obj, type):
        return replace(call, fn=cls), Const(None)
    if isinstance(fn, Ref) and isinstance(fn.obj, types.MethodType) and isinstance(fn.obj.__self__, type) and is_own_class(fn.obj.__self__):
        found = _member(fn.obj.__self__, name_in_class(fn.obj.__self__, fn.obj.__func__), replace(call, args=(fn, *call.args)), True)
        return None if found is None else (found, Const(None))
    if isinstance(fn, Ref) and _own(fn) and not isinstance(fn.obj, type | types.FunctionType):
        found = _member(type(fn.obj), "__call__", replace(call, args=(fn, *call.args)), True)
        return None if found is None else (found, fn)
    if isinstance(fn, Ref) and isinstance(fn.obj, types.MethodType) and is_own_class(type(fn.obj.__self__)) and not is_declared(fn.obj):
        owner, kept = _part(fn, fn.obj.__self__, "__self__"), _part(fn, fn.obj.__func__, "__func__")
        call, name = replace(call, args=(owner, *call.args)), name_in_class(type(owner.obj), kept.obj)
        found = _member(type(owner.obj), name, call, True) if name else replace(call, fn=kept)  # it was kept before its class got another one
        return None if found is None else (found, owner)
    if isinstance(fn, Ref) and isinstance(fn.obj, functools.partial):
        return _opened(call, fn, fn.obj), Const(None)
    if isinstance(fn, Ref) and (isinstance(fn.obj, types.BuiltinFunctionType) or fn.obj is float) and fn.obj in ASKED and call.args:
        known = _known(call.args[0], classes)
        found = None if known is None else _member(known.cls, ASKED[fn.obj], call, True)
        if found is None and fn.obj is divmod and (right := _known(call.args[-1], classes)) is not None:
            found = _member(right.cls, "__rdivmod__", replace(call, args=call.args[::-1]), True)
            return None if found is None else (found, call.args[-1])
        return None if found is None else (found, call.args[0])
    return _operator(call, classes) if isinstance(fn, Ref) and fn.module == "operator" else None


def _above(call: Call, made: Mapping[Atom, Expr]) -> Call | None:
    """The ``super()`` of which a call asks a method or an attribute."""
    above = made.get(call.args[0]) if isinstance(call.fn, Method | Attribute) else None
    return above if isinstance(above, Call) and isinstance(above.fn, Ref) and above.fn.obj is super else None


def _bound(value: Expr | None, classes: Mapping[Var, Known]) -> tuple[Call, type] | None:
    """``model.predict``, not called, of an object of known class; and that class."""
    if not isinstance(value, Call) or not isinstance(value.fn, Attribute):
        return None
    known = _known(value.args[0], classes)
    method = (
        known is not None
        and value.fn.name not in known.open
        and isinstance(inspect.getattr_static(known.cls, value.fn.name, None), types.FunctionType)
    )
    return (value, known.cls) if method and known is not None else None


def bound_methods(function: Function, classes: Mapping[Var, Known]) -> frozenset[Var]:
    """The names of methods that are handed on, of objects of known classes."""
    lets = (s for s in statements(function.body) if isinstance(s, Let))
    return frozenset(s.target for s in lets if _bound(s.value, classes) is not None)


def _opened(call: Call, fn: Ref, partial: functools.partial[Any]) -> Call:
    """``two(x)`` of ``two = partial(f, b=2.0)`` in a module: ``f(x, b=two.keywords["b"])``."""
    given = dict(call.kwargs)
    first = tuple(_part(fn, a, f"args[{k}]") for k, a in enumerate(partial.args))
    keywords = {k: _part(fn, v, f"keywords[{k!r}]") for k, v in partial.keywords.items() if k not in given}
    return Call(_part(fn, partial.func, "func"), (*first, *call.args), (*keywords.items(), *call.kwargs))


def _part(ref: Ref, obj: Any, path: str) -> Ref:
    """What a name of a module holds at a path, looked up when it is read."""
    return replace(ref, obj=obj, text=f"{ref.text}.{path}", attr=f"{ref.attr}.{path}", live=True)


def _part_called(owner: Ref, call: Call, name: str) -> tuple[Call, Atom] | None:
    """The call of the function that an object of a module has in place of a method."""
    own = getattr(owner.obj, "__dict__", {})
    return (replace(call, fn=_part(owner, own[name], name), args=call.args[1:]), owner) if name in own else None


def _own(ref: Ref) -> bool:
    """Whether a name of the outside stands for an object of the user's."""
    return is_own_class(type(ref.obj))


def _member(cls: type, name: str, call: Call, called: bool) -> Call | None:
    """The call of what a class calls ``name``; ``call.args[0]`` is the object."""
    found = inspect.getattr_static(cls, name, None)

    def ref(function: types.FunctionType, behind: str = "") -> Ref:
        return member_ref(cls, name, function, behind)

    if called and name in field_names(cls):
        return None  # a function in a field is no method, though its default stands in the class
    if called and isinstance(found, types.FunctionType):
        return replace(call, fn=ref(found))
    if called and isinstance(found, staticmethod) and isinstance(found.__func__, types.FunctionType):
        return replace(call, fn=ref(found.__func__), args=call.args[1:])
    if called and isinstance(found, classmethod) and isinstance(found.__func__, types.FunctionType):
        return replace(call, fn=ref(found.__func__, ".__func__"), args=(class_ref(cls), *call.args[1:]))
    if not called and (get := getter(found)) is not None:
        return replace(call, fn=member_ref(type(found), "__get__", get), args=(member_itself(cls, name, found), call.args[0], class_ref(cls)))
    if not called and isinstance(found, property) and isinstance(found.fget, types.FunctionType):
        return replace(call, fn=ref(found.fget, ".fget"))
    if not called and isinstance(found, functools.cached_property) and isinstance(found.func, types.FunctionType):
        return replace(call, fn=ref(found.func, ".func"))
    if not called and not callable(found) and hasattr(np.ndarray, name) and not getattr(call.fn, "own", False):
        return replace(call, fn=own_attribute(name))
    return None


def _inherited(call: Call, above: Call, classes: Mapping[Var, Known], place: Place) -> tuple[Call, Atom] | None:
    """``super().name(...)``: the next class behind the one that the text stands in."""
    if len(above.args) != 2 or not isinstance(above.args[0], Ref):
        return None
    own, self = above.args
    known = _known(self, classes)
    order = (known.cls if known is not None else own.obj).__mro__  # type: ignore[union-attr]
    assert isinstance(call.fn, Method | Attribute)
    for cls in order[order.index(own.obj) + 1 :]:  # type: ignore[union-attr]
        if call.fn.name in vars(cls):
            if cls is object and call.fn.name == "__init__":
                return Call(Ref(type(None), "type(None)", "builtins", "type(None)")), Const(None)
            found = _member(cls, call.fn.name, replace(call, args=(self, *call.args[1:])), isinstance(call.fn, Method))
            if found is not None:
                return found, self
            if isinstance(of_c := vars(cls)[call.fn.name], BUILT_IN) and call.fn.name in CHANGES_ITS_SELF:
                return replace(call, fn=member_ref(cls, call.fn.name, of_c), args=(self, *call.args[1:])), self
    if (known is None or not known.sure) and call.fn.name not in CHANGES_ITS_SELF:
        return None  # perhaps of a class that only an object's own class knows of
    raise _not_found(call.fn.name, place)


def _not_found(name: str, place: Place) -> UnsupportedSyntax:
    return UnsupportedSyntax(f"super().{name} is not a function written in Python", place, "Call the function by the name of its class.")


def _operator(call: Call, classes: Mapping[Var, Known]) -> tuple[Call, Atom] | None:
    """An operator of one operand, a comparison, an index: the first operand is asked, but the second one if it is of a subclass that compares."""
    assert isinstance(call.fn, Ref)
    if call.fn.attr not in UNARY and call.fn.attr not in COMPARED:
        return None
    known = _asked_of(call.args[0], classes)
    if call.fn.attr in MIRRORED and known is not None and (other := _asked_of(call.args[1], classes)) is not None and other.sure:
        swapped = replace(call, args=(call.args[1], call.args[0]))
        below = other.cls is not known.cls and issubclass(other.cls, known.cls)
        if below and (mirrored := _member(other.cls, f"__{MIRRORED[call.fn.attr]}__", swapped, True)) is not None:
            return mirrored, call.args[1]
    found = None if known is None else _member(known.cls, f"__{call.fn.attr}__", call, True)
    return None if found is None else (found, call.args[0])


def _asked_of(owner: Atom, classes: Mapping[Var, Known]) -> Known | None:
    """The class of an operand, where it is one of the user's."""
    return None if isinstance(owner, Ref) and not _own(owner) else _known(owner, classes)
