"""Methods that change a list or dict, said as the writes that they are: each makes a new version of the same object.

ys.append(v)                 ys.1 = store ys append v
v = ys.pop(i)      ==>       v = ys[i]; ys.1 = store ys[i] pop v
ys.extend(zs)                for z in zs: ys.1 = store ys append z
ys.reverse()                 ys.1 = store ys[:] = ys[::-1]
d.update(other, k=v)         for key in other: d.1 = store d[key] = other[key];  d.2 = store d.1['k'] = v
v = d.setdefault(k, e)       if k not in d: d.1 = store d[k] = e
                             v = d[k]                                  the item itself, be it new or not

Methods of objects whose class is known have become calls of functions by now.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tangentx.analysis.aliases import INPLACE
from tangentx.analysis.classes import Known, field_names
from tangentx.errors import AliasError, UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    Atom,
    Attribute,
    Block,
    Call,
    Carry,
    Const,
    Each,
    Effect,
    Expr,
    For,
    Function,
    If,
    Join,
    Let,
    Method,
    Place,
    Ref,
    Stmt,
    Store,
    Var,
)
from tangentx.ir.walk import map_blocks, merges, statements
from tangentx.rules.inserted import is_insert
from tangentx.rules.mutators import BUILT_IN, CHANGES_ITS_OBJECT, CHANGES_ITS_SELF, changes
from tangentx.runtime.contents import own_of_items
from tangentx.transform.build import builtin, helper, op

__all__ = ["settle_mutations"]

END, NOTHING = Const(-1), Const(None)
OPERATORS = frozenset(f"__{o.__name__}__" for o in INPLACE)


def settle_mutations(function: Function, classes: Mapping[Var, Known], fresh: Fresh) -> Function:
    """Replaces the calls of such methods.

    Raises:
        AliasError: a container of an outer scope is changed.
        UnsupportedSyntax: the value of a method that has none is used.
    """

    params = {p.var: p.annotation for p in function.params}

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in expand(stmt))

    merged = merges(statements(function.body))
    above = {s.target for s in statements(function.body) if isinstance(s, Let) and getattr(getattr(s.value, "fn", None), "obj", None) is super}
    either = {t: classes[v].cls for t, values in merged for v in values if v in classes and t not in classes}  # type: ignore[index]

    def expand(stmt: Stmt) -> Block:
        _refuse_bound(stmt, classes)
        _refuse_below(stmt, classes)
        call = stmt.value if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) else None
        if is_insert(stmt) or (call is not None and not above.isdisjoint(call.args[:1])):  # of super() it is found out first whose method it is
            return (stmt,)
        if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and _of_a_class(stmt.value):
            return _Rewrite(fresh, stmt.place).done(stmt, _as_method(stmt, stmt.value, classes))
        if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and _changes(stmt, stmt.value, classes):
            _refuse_doubtful(stmt, stmt.value, either)
            return (*_said(stmt, stmt.value, params), *_Rewrite(fresh, stmt.place).done(stmt, stmt.value))
        return (map_blocks(stmt, block),)

    return replace(function, body=block(function.body))


def _of_a_class(call: Call) -> bool:
    """Whether it is ``list.append(self, v)``, which ``super().append(v)`` has become: see ``objects``."""
    return isinstance(call.fn, Ref) and isinstance(call.fn.obj, BUILT_IN) and (call.fn.obj.__name__ in CHANGES_ITS_SELF)


def _as_method(stmt: Let | Effect, call: Call, classes: Mapping[Var, Known]) -> Call:
    """The same as the method of a list or dict that it is, whatever the class of the object calls by that name."""
    found, owner = call.fn.obj, call.args[0]  # type: ignore[union-attr]
    name = found.__name__
    wanted = isinstance(stmt, Let) and name not in ("pop", "setdefault")
    known = changes(name, len(call.args) - 1, bool(call.kwargs)) and found.__objclass__ in (list, dict) and not wanted
    if not known or not isinstance(owner, Var):
        reason = f"super().{name}, which is {found.__objclass__.__name__}.{name}, changes its object in place"
        raise UnsupportedSyntax(reason, stmt.place, f"Use a plain {found.__objclass__.__name__}, or keep one in an attribute.")
    if owner in classes:
        _refuse_own(classes[owner].cls, found, stmt)
    return replace(call, fn=Method(name))


def _refuse_doubtful(stmt: Stmt, call: Call, either: Mapping[Any, type]) -> None:
    """``s.append(v)`` where s is a list or an object, by a branch."""
    name, cls = call.fn.name if isinstance(call.fn, Method) else "", either.get(call.args[0])
    if cls is not None and isinstance(getattr(cls, name, None), types.FunctionType):
        reason = f"whether {name!r} is that of a list or dict, or of {cls.__name__}, is not known"
        raise UnsupportedSyntax(reason, stmt.place, "Give the object a name of its own.")


def _refuse_bound(stmt: Stmt, classes: Mapping[Var, Known]) -> None:
    """``push = out.append``: what is called by that name writes, and nobody would see it."""
    call = stmt.value if isinstance(stmt, Let) else None
    if isinstance(call, Call) and isinstance(call.fn, Method) and call.fn.name in OPERATORS and call.args[0] not in classes:
        raise UnsupportedSyntax(f"the method .{call.fn.name}() may change its object in place", stmt.place, "Write it as the operator that it is.")
    if not isinstance(call, Call) or not isinstance(call.fn, Attribute) or call.args[0] in classes:
        return
    if call.fn.name in (*CHANGES_ITS_OBJECT, "__getitem__", "__delitem__"):
        raise UnsupportedSyntax(f"the method .{call.fn.name} is handed on as a function", stmt.place, "Write a function that calls it.")


def _refuse_below(stmt: Stmt, classes: Mapping[Var, Known]) -> None:
    """``b.append(v)`` of an object that is annotated with a class without such a method: it is of another one, which nobody looks into."""
    call = stmt.value if isinstance(stmt, Effect) else None
    known = classes.get(call.args[0]) if isinstance(call, Call) and isinstance(call.fn, Method) and isinstance(call.args[0], Var) else None
    if known is None or known.sure or stmt.place.sweep or not isinstance(call, Call) or not isinstance(call.fn, Method):
        return
    name, cls = call.fn.name, known.cls
    said = name in field_names(cls) or inspect.getattr_static(cls, name, None) is not None
    if not said and changes(name, len(call.args) - 1, bool(call.kwargs)):
        raise UnsupportedSyntax(f"{cls.__name__} has no method {name!r}", stmt.place, "Annotate it with the class of the object.")


def _changes(stmt: Let | Effect, call: Call, classes: Mapping[Var, Known]) -> bool:
    if not isinstance(call.fn, Method) or not changes(call.fn.name, len(call.args) - 1, bool(call.kwargs)):
        return False
    owner = call.args[0]
    if (
        isinstance(stmt, Effect)
        and stmt.place.sweep
        or isinstance(owner, Var)
        and owner in classes
        and not _inherits(stmt, call.fn.name, classes[owner])
    ):
        return False
    if not isinstance(owner, Var):
        raise AliasError("a write into a variable of an outer scope", stmt.place, "Make a copy in the function and return it.")
    if isinstance(stmt, Let) and call.fn.name not in ("pop", "setdefault"):
        reason = f"the method {call.fn.name!r} changes its object in place"
        raise UnsupportedSyntax(reason, stmt.place, "Call it as a statement of its own.")
    return True


def _inherits(stmt: Stmt, name: str, known: Known) -> bool:
    """Whether the class of an object has the method of lists or dicts, from which it comes."""
    found = inspect.getattr_static(known.cls, name, None)
    if not isinstance(found, types.MethodDescriptorType):
        return False
    if found.__objclass__ not in (list, dict):
        reason = f"the method {name!r} of a {known.cls.__name__} is that of a {found.__objclass__.__name__}, and changes its object in place"
        raise UnsupportedSyntax(reason, stmt.place, "Use a list or a dict, or build a new value.")
    _refuse_own(known.cls, found, stmt)
    return True


def _refuse_own(cls: type, found: Any, stmt: Stmt) -> None:
    """A list or dict that is another thing by what its class says is not written by the methods of lists and dicts."""
    said = {n: inspect.getattr_static(cls, n, None) for n in ("__init__", "__new__")}
    made = next((n for n, f in said.items() if isinstance(f, types.FunctionType) and f.__module__ != "collections"), "")
    if own := made or own_of_items(cls):
        reason = f"the class {cls.__name__} is a {found.__objclass__.__name__} with its own {own}, and is written by {found.__name__!r}"
        raise UnsupportedSyntax(reason, stmt.place, f"Use a plain {found.__objclass__.__name__}, or keep one in an attribute.")


def _said(stmt: Let | Effect, call: Call, params: Mapping[Var, str]) -> Block:
    """What has such a method is a list or dict, as which it is written: checked where it was not made here, see ``asked``; of a parameter of
    which nothing is known the class is, where the writes do not say so themselves.
    """
    assert isinstance(call.fn, Method)
    owner, cls = call.args[0], {"reverse": list, "update": dict}.get(call.fn.name)
    unknown = isinstance(owner, Var) and params.get(owner) == ""
    if unknown and call.fn == Method("pop") and len(call.args) == 2 and type(getattr(call.args[1], "value", None)) is int:
        cls = list  # as which it is taken by the number
    if cls is not None and owner in params:
        return (Effect(helper("check_class", owner, Ref(cls, cls.__name__, "builtins", cls.__name__)), stmt.place),)
    return (Effect(helper("check_plain", owner, Const(call.fn.name)), stmt.place),)


class _Rewrite:
    """What one call becomes."""

    def __init__(self, fresh: Fresh, place: Place) -> None:
        self.fresh, self.place = fresh, place
        self.out: list[Stmt] = []
        self.used = False  # whether the value of the method is

    def done(self, stmt: Let | Effect, call: Call) -> Block:
        assert isinstance(call.fn, Method)
        self.used = isinstance(stmt, Let)
        wish = stmt.target.base if isinstance(stmt, Let) else ""
        value = getattr(self, f"_{call.fn.name}")(wish, *call.args, **dict(call.kwargs))
        last = self.out[-1] if self.out else None
        if isinstance(stmt, Let):
            names = {value: stmt.target}
            if isinstance(last, Store) and last.op == "pop" and isinstance(value, Var):  # the item has that name at once
                read = self.out[-2]
                assert isinstance(read, Let)
                self.out[-2:] = [replace(read, target=stmt.target), replace(last, value=names[value])]
            else:
                self.out.append(Let(stmt.target, value, stmt.place))
        return tuple(self.out)

    def let(self, base: str, value: Expr) -> Var:
        target = self.fresh(base)
        self.out.append(Let(target, value, self.place))
        return target

    def store(self, base: Var, index: Atom, value: Atom, operation: str) -> Var:
        target = self.fresh(base.base)
        self.out.append(Store(target, base, index, value, operation, self.place))
        return target

    def nested(self, run: Callable[[], Atom]) -> tuple[Block, Atom]:
        outer, self.out = self.out, []
        value = run()
        done, self.out = tuple(self.out), outer
        return done, value

    def choice(self, test: Atom, then: Callable[[], Atom], orelse: Callable[[], Atom], wish: str) -> Var:
        """An If whose only join is a value."""
        arms = self.nested(then), self.nested(orelse)
        target = self.fresh(wish)
        self.out.append(If(test, arms[0][0], arms[1][0], (Join(target, arms[0][1], arms[1][1]),), self.place))
        return target

    def each(self, base: Var, items: Atom, write: Callable[[Var, Var], Var], wish: str) -> Atom:
        """A loop that writes item after item."""
        if items == base:
            raise AliasError("a list is extended by itself", self.place, f"Append items of range(len({base.base})) one by one.")
        item, target = self.fresh(wish), self.fresh(base.base)
        body, back = self.nested(lambda: write(target, item))
        self.out.append(For((Each(item, items),), (Carry(target, base, back),), body, self.place))
        return NOTHING

    # ------------------------------------------------------------------------------------------------------ methods

    def _append(self, wish: str, base: Var, value: Atom) -> Atom:
        self.store(base, END, value, "append")
        return NOTHING

    def _insert(self, wish: str, base: Var, index: Atom, value: Atom) -> Atom:
        if not (isinstance(index, Const) and type(index.value) is int and index.value == 0):  # counted as a slice counts
            here = self.let("here", builtin("slice", index, NOTHING, NOTHING))
            size = self.let("size", builtin("len", base))
            index = self.let("at", op("getitem", self.let("bounds", Call(Method("indices"), (here, size))), Const(0)))
        self.store(base, index, value, "insert")
        return NOTHING

    def _extend(self, wish: str, base: Var, items: Atom) -> Atom:
        return self.each(base, items, lambda now, item: self.store(now, END, item, "append"), "item")

    def _update(self, wish: str, base: Var, *others: Atom, **words: Atom) -> Atom:
        def write(now: Var, key: Var) -> Var:
            return self.store(now, key, self.let("item", op("getitem", others[0], key)), "")

        if others:
            self.each(base, others[0], write, "key")
            base = self.out[-1].carries[0].target  # type: ignore[union-attr]
        for word, value in words.items():
            base = self.store(base, Const(word), value, "")
        return NOTHING

    def _clear(self, wish: str, base: Var) -> Atom:
        self.store(base, NOTHING, NOTHING, "clear")
        return NOTHING

    def _reverse(self, wish: str, base: Var) -> Atom:
        every = self.let("every", builtin("slice", NOTHING, NOTHING, NOTHING))
        backwards = self.let("backwards", builtin("slice", NOTHING, NOTHING, Const(-1)))
        self.store(base, every, self.let("items", op("getitem", base, backwards)), "")
        return NOTHING

    def _remove(self, wish: str, base: Var, value: Atom) -> Atom:
        return self.take(base, self.let("at", Call(Method("index"), (base, value))), "del", "item")

    def take(self, base: Var, index: Atom, operation: str, wish: str) -> Atom:
        item = self.let(wish, op("getitem", base, index))
        self.store(base, index, item, operation)
        return item

    def _pop(self, wish: str, base: Var, index: Atom = END, default: Atom | None = None) -> Atom:
        if default is None:
            return self.take(base, index, "pop", wish or "item")
        there = self.let("there", op("contains", base, index))
        return self.choice(there, lambda: self.take(base, index, "pop", wish or "item"), lambda: default, wish or "popped")

    def _setdefault(self, wish: str, base: Var, key: Atom, default: Atom = NOTHING) -> Atom:
        missing = self.let("missing", op("not_", self.let("there", op("contains", base, key))))
        put, _ = self.nested(lambda: self.store(base, key, default, ""))
        self.out.append(If(missing, put, (), (), self.place))
        return self.let(wish or "found", op("getitem", base, key)) if self.used else NOTHING
