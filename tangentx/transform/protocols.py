"""Protocols: what Python calls behind an assignment or a loop, said as calls, for objects of known classes.

t.celsius = v          Temperature.celsius.fset(t, v)          a property: its setter may do anything
t.celsius = v          Clipped.__set__(the descriptor, t, v)   a descriptor of the user's likewise
g[i] = v               Grid.__setitem__(g, i, v)      del g[i] likewise; g[i] += v reads the item before that
for v in path: ...     for v in path.__iter__(): ...           likewise ``a, b = path``, ``list(path)``, ``sum(path)``
for v in reversed(path): ...   for v in path.__reversed__(): ...
"""

from __future__ import annotations

import collections
import inspect
import itertools
import math
import operator
import statistics
import types
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tangentx.analysis.classes import Known
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    Assert,
    Atom,
    Block,
    Build,
    Call,
    Const,
    Each,
    Effect,
    Expr,
    For,
    Function,
    If,
    Let,
    Method,
    Place,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.refs import member_itself, member_ref
from tangentx.ir.walk import map_blocks, statements
from tangentx.rules.effects import writes
from tangentx.runtime.described import setter
from tangentx.transform.build import helper, op
from tangentx.transform.objects import class_check

__all__ = ["consumed", "refuse_asked", "settle_iteration", "settle_setters"]

# what Python calls for a question
ASKED = {
    "len": ("__len__",),
    "bool": ("__bool__", "__len__"),
    "not_": ("__bool__", "__len__"),
    "contains": ("__contains__",),
    "ne": ("__ne__", "__eq__"),
    "str": ("__str__", "__repr__"),
    "repr": ("__repr__",),
    "format": ("__format__", "__str__", "__repr__"),
    "print": ("__str__", "__repr__"),
    "hash": ("__hash__",),
}
CONSUMERS = (list, tuple, sum, min, max, sorted, any, all, math.fsum, math.prod, statistics.mean, statistics.fmean, enumerate, collections.deque)


UPDATES = {
    "+": "iadd", "-": "isub", "*": "imul", "/": "itruediv", "**": "ipow", "//": "ifloordiv", "%": "imod", "@": "imatmul", "&": "iand", "|": "ior",
    "^": "ixor", "<<": "ilshift", ">>": "irshift",
}  # fmt: skip


def settle_setters(function: Function, classes: Mapping[Var, Known], follows: Callable[[Call, Place], bool], fresh: Fresh) -> Function:
    """The function with each assignment to a property or item as a call of its setter; to a descriptor as well, if ``follows`` sees into that.

    Raises:
        UnsupportedSyntax: the class decides itself what an assignment does, or one to an item of what is a list or dict, too.
    """

    checked = {s.value for s in statements(function.body) if isinstance(s, Effect)}

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> Block:
        if isinstance(stmt, Store) and (calls := _item_written(stmt, classes.get(stmt.base), fresh)) is not None:
            return calls
        if not isinstance(stmt, Store) or stmt.op != "setattr" or stmt.place.sweep:
            return (map_blocks(stmt, block),)
        if stmt.base not in classes:
            check = helper("check_field", stmt.base, stmt.index)
            return (stmt,) if check in checked else (Effect(check, stmt.place), stmt)
        known, name = classes[stmt.base], str(getattr(stmt.index, "value", ""))
        cls, found = known.cls, inspect.getattr_static(known.cls, name, None)
        if isinstance(inspect.getattr_static(cls, "__setattr__", None), types.FunctionType) and "__dataclass_fields__" not in vars(cls):
            reason = f"the class {cls.__name__} decides itself what an assignment to .{name} does"
            raise UnsupportedSyntax(reason, stmt.place, "Leave out its __setattr__, or return the new value.")
        if (call := _setter(cls, name, found, stmt)) is None or not (isinstance(found, property) or follows(call, stmt.place)):
            return (stmt,)  # a value that does not vary may be kept in a way that is not followed: see transform/described
        sure = [] if known.sure else [class_check(stmt.base, known, stmt.place)]
        return (*sure, Effect(call, stmt.place), Let(stmt.target, stmt.base, stmt.place))

    return replace(function, body=block(function.body))


def _setter(cls: type, name: str, found: Any, stmt: Store) -> Call | None:
    """The call that an assignment to an attribute is, where ``found`` stands in the class, if that is a function written in Python."""
    if isinstance(found, property) and isinstance(found.fset, types.FunctionType):
        return Call(member_ref(cls, name, found.fset, ".fset"), (stmt.base, stmt.value))
    if (put := setter(found)) is not None:
        return Call(member_ref(type(found), "__set__", put), (member_itself(cls, name, found), stmt.base, stmt.value))
    return None


def refuse_asked(function: Function, classes: Mapping[Var, Known]) -> None:
    """Refuses a question that changes the object which is asked: ``if budget:``, where ``__bool__`` counts.

    Raises:
        UnsupportedSyntax: it does, and nothing would show it.
    """
    tuples: dict[Atom, Build] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Build)}
    for stmt in statements(function.body):
        asked: list[tuple[Atom, tuple[str, ...]]] = []
        if isinstance(stmt, If | While | Assert):
            asked.append((stmt.test, ASKED["bool"]))
        call = stmt.value if isinstance(stmt, Let | Effect) else None
        if isinstance(call, Call) and isinstance(call.fn, Ref) and call.fn.module in ("builtins", "operator"):
            asked += [(a, ASKED.get(call.fn.attr, ())) for a in (call.args if call.fn.attr == "print" else call.args[:1])]
        asked += [(a, ASKED["format"]) for a in _formatted(call, tuples)]
        for owner, names in asked:
            cls = classes[owner].cls if isinstance(owner, Var) and owner in classes else None
            found = next((f for name in names if isinstance(f := inspect.getattr_static(cls, name, None), types.FunctionType)), None)
            if cls is not None and found is not None and writes(inspect.unwrap(found)):
                reason = f"the class {cls.__name__} writes into something in its {found.__name__}, which is not followed"
                raise UnsupportedSyntax(reason, stmt.place, "Give it a method for that, and call it by its name.")


def _formatted(value: Expr | None, tuples: Mapping[Atom, Build]) -> tuple[Atom, ...]:
    """What is put into a text: ``f"{w}"``, ``"{}".format(w)``, ``"%s" % w``."""
    if isinstance(value, Build):
        return value.items if value.kind in ("fstring", "format") else ()
    if not isinstance(value, Call) or not value.args or not isinstance(value.args[0], Const) or not isinstance(value.args[0].value, str):
        return ()
    given = (*value.args[1:], *(a for _, a in value.kwargs))
    return (*given, *(a for g in given if g in tuples for a in tuples[g].items))


def _item_written(stmt: Store, known: Known | None, fresh: Fresh) -> Block | None:
    """``o[i] = v``, ``o[i] += v`` and ``del o[i]`` as calls, where the class says what that does.

    Raises:
        UnsupportedSyntax: it is a list or dict, too, which the method writes as one.
    """
    if known is None or stmt.op in ("setattr", "add_field") or stmt.place.sweep:
        return None
    name = "__delitem__" if stmt.op == "del" else "__setitem__"
    if not isinstance(found := inspect.getattr_static(known.cls, name, None), types.FunctionType):
        return None
    if base := next((c.__name__ for c in known.cls.__mro__ if name in vars(c) and not isinstance(vars(c)[name], types.FunctionType)), ""):
        reason = f"the class {known.cls.__name__} is a {base} with its own {name}"
        raise UnsupportedSyntax(reason, stmt.place, f"Use a plain {base}, or keep one in an attribute.")
    out: list[Stmt] = [] if known.sure else [class_check(stmt.base, known, stmt.place)]
    value = stmt.value
    if stmt.op in UPDATES:
        item, value = fresh("item"), fresh("item")
        update = UPDATES[stmt.op]
        out.append(Let(item, op("getitem", stmt.base, stmt.index), stmt.place))
        out.append(Let(value, Call(Ref(getattr(operator, update), f"{stmt.op}=", "operator", update), (item, stmt.value)), stmt.place))
    args = (stmt.base, stmt.index) if stmt.op == "del" else (stmt.base, stmt.index, value)
    return *out, Effect(Call(member_ref(known.cls, name, found), args), stmt.place), Let(stmt.target, stmt.base, stmt.place)


def settle_iteration(function: Function, classes: Mapping[Var, Known], active: Container[Var], fresh: Fresh) -> Function:
    """The function with a call of ``__iter__`` wherever an active object of such a class is gone through.

    Raises:
        UnsupportedSyntax: Python would ask it for one item after another.
    """
    return replace(function, body=_Iteration(classes, active, fresh).block(function.body))


@dataclass
class _Iteration:
    classes: Mapping[Var, Known]
    active: Container[Var]
    fresh: Fresh

    def block(self, b: Block) -> Block:
        return tuple(new for stmt in b for new in self.settled(stmt))

    def items(self, atom: Atom, place: Place, backwards: bool = False) -> tuple[list[Stmt], Atom]:
        """What Python goes through where it is given this, and the statements that ask for it."""
        cls = self.classes[atom].cls if isinstance(atom, Var) and atom in self.classes and atom in self.active else None
        if cls is None or issubclass(cls, list | tuple | dict):
            return [], atom
        name = "__reversed__" if backwards else "__iter__"
        if not isinstance(inspect.getattr_static(cls, name, None), types.FunctionType):
            reason = f"an object of the class {cls.__name__} is gone through by its __getitem__"
            raise UnsupportedSyntax(
                reason, place, f"Loop over range(len(...)), or give the class {'a' if backwards else 'an'} {name} that returns iter(a list)."
            )
        if not backwards and isinstance(inspect.getattr_static(cls, "__next__", None), types.FunctionType):
            reason = f"an object of the class {cls.__name__} is gone through by its __next__"
            raise UnsupportedSyntax(reason, place, "Give the class an __iter__ that returns iter(a list).")
        assert isinstance(atom, Var)
        found = self.fresh(f"{atom.base}_items")
        return [Let(found, Call(Method(name), (atom,)), place)], found

    def settled(self, stmt: Stmt) -> Block:
        before: list[Stmt] = []
        if isinstance(stmt, For):
            sources = []
            for source in stmt.sources:
                if isinstance(source, Each):
                    made, sequence = self.items(source.sequence, stmt.place, source.backwards)
                    before, source = [*before, *made], replace(source, sequence=sequence, backwards=source.backwards and not made)
                sources.append(source)
            stmt = replace(stmt, sources=tuple(sources))
        elif isinstance(stmt, Unpack):
            before, source_atom = self.items(stmt.source, stmt.place)
            stmt = replace(stmt, source=source_atom)
        elif isinstance(stmt, Let) and isinstance(stmt.value, Call):
            return self.called(stmt, stmt.value)
        return (*before, map_blocks(stmt, self.block))

    def called(self, stmt: Let, call: Call) -> Block:
        """A call of what goes through its arguments."""
        if getattr(call.fn, "obj", None) is reversed:
            before, sequence = self.items(call.args[0], stmt.place, True)
            return (*before, replace(stmt, value=sequence if before else call))
        before, args = [], list(call.args)
        for k in (*consumed(call), *([0] if self.is_unasked(call) else [])):
            made, args[k] = self.items(args[k], stmt.place)
            before += made
        return (*before, replace(stmt, value=replace(call, args=tuple(args)))) if before else (stmt,)

    def is_unasked(self, call: Call) -> bool:
        """Whether this is an item of what has none by index: ``functools.reduce`` is written so."""
        known = self.classes.get(call.args[0]) if getattr(call.fn, "obj", None) is operator.getitem and isinstance(call.args[0], Var) else None
        return known is not None and hasattr(known.cls, "__iter__") and not hasattr(known.cls, "__getitem__")


def consumed(call: Call) -> range:
    """The positions of what a function of Python's goes through."""
    fn = call.fn.obj if isinstance(call.fn, Ref) else None
    if fn is zip or fn is itertools.chain:
        return range(len(call.args))
    if fn is map or fn is filter:
        return range(1, len(call.args))
    consumes = any(fn is c for c in CONSUMERS) and (len(call.args) == 1 or fn not in (min, max))
    return range(min(len(call.args), consumes))
