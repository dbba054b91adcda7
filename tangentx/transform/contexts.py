"""Contexts: what a ``with`` does when it is entered and left becomes part of the function, where that writes to something.

    with Scale(l):                         Scale.__enter__(scale)
        y = x * x           ==>            try: y = x * x
                                           except BaseException: Scale.__exit__(scale, ...); raise
                                           Scale.__exit__(scale, None, None, None)

    @contextmanager
    def bump(xs, v):                       old = xs[0]
        old = xs[0]; xs[0] = v             xs[0] = v
        yield old           ==>            t = old
        xs[0] = old                        y = x * x                the body of ``with bump(xs, x) as t: y = x * x``
                                           xs[0] = old

Which of them are opened so is the business of ``Writers``; the others are entered while running, as they are written.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Mapping
from contextlib import _GeneratorContextManager, contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    UNDEF,
    Atom,
    Attribute,
    Block,
    Build,
    Call,
    Const,
    Each,
    Effect,
    Expr,
    For,
    Function,
    Guard,
    If,
    Join,
    Let,
    Method,
    Raise,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
)
from tangentx.ir.refs import class_ref
from tangentx.ir.walk import defined, map_blocks, rename, statements
from tangentx.rules.mutators import ACTS_OUTSIDE, CHANGES_ITS_OBJECT
from tangentx.transform.build import builtin, helper
from tangentx.transform.splice import copy_of

__all__ = [
    "Opened", "entered", "generator_of", "given_by_contexts", "is_here", "pause", "settle_contexts", "trimmed", "without_idle_joins",
    "writes_into_given",
]  # fmt: skip

HERE = "yielded"  # the helper that stands where a generator yields
EXCEPTION = Ref(BaseException, "BaseException", "builtins", "BaseException")
QUIET = frozenset({"copy", "get", "items", "keys", "values", "sum", "index", "count"})
HOMES = ("operator", "math", "numpy", "builtins", "tangentx", "time")
LOUD = ACTS_OUTSIDE | {"setattr", "delattr"}
DECORATED = contextmanager(lambda: iter(())).__code__


class Opened(NamedTuple):
    """What a context is: a generator's function with its arguments, or an object of a class (``sure``: of that very class)."""

    function: Function | None = None
    arguments: tuple[Atom, ...] = ()
    cls: type | None = None
    sure: bool = True


def generator_of(value: Expr | None, made: Mapping[Atom, Expr]) -> tuple[types.FunctionType, Call] | None:
    """The generator behind what ``contextmanager`` has made, and how it is called."""
    if isinstance(value, Call) and value.fn == Method("_recreate_cm") and isinstance(value.args[0], Ref):
        return _decorating(value.args[0])
    if not isinstance(value, Call) or not isinstance(value.fn, Ref):
        return None
    if value.fn.obj is _GeneratorContextManager and len(value.args) == 3 and isinstance(value.args[0], Ref):
        ref, args, words = value.args[0], made.get(value.args[1]), made.get(value.args[2])
        if not isinstance(args, Build) or not isinstance(words, Build) or not isinstance(ref, Ref):
            return None
        pairs = zip(words.items[::2], words.items[1::2], strict=True)
        call = Call(ref, args.items, tuple((str(getattr(k, "value", k)), v) for k, v in pairs))
        return (ref.obj, call) if inspect.isgeneratorfunction(ref.obj) else None
    inner = getattr(value.fn.obj, "__wrapped__", None)
    made_so = isinstance(value.fn.obj, types.FunctionType) and value.fn.obj.__code__ is DECORATED
    return (inner, value) if made_so and isinstance(inner, types.FunctionType) and inspect.isgeneratorfunction(inner) else None


def _decorating(ref: Ref) -> tuple[types.FunctionType, Call] | None:
    """The same of what ``@bump(xs, 2.0)`` has put around a function: it is made anew for each call."""
    made = ref.obj
    generator: Any = made.func if isinstance(made, _GeneratorContextManager) else None
    if not isinstance(generator, types.FunctionType) or not inspect.isgeneratorfunction(generator):
        return None

    def part(obj: Any, path: str) -> Ref:
        return replace(ref, obj=obj, text=f"{ref.text}.{path}", attr=f"{ref.attr}.{path}", live=True)

    args = tuple(part(a, f"args[{k}]") for k, a in enumerate(made.args))
    return generator, Call(part(generator, "func"), args, tuple((k, part(v, f"kwds[{k!r}]")) for k, v in made.kwds.items()))


def entered(stmt: If) -> tuple[Var | None, Block]:
    """The name that stands behind ``as``, and the rest of the body."""
    first = stmt.then[0] if stmt.then else None
    if isinstance(first, Let) and first.value == Build("entered"):
        return first.target, stmt.then[1:]
    return None, stmt.then


def given_by_contexts(function: Function) -> dict[Var, tuple[Atom, ...]]:
    """For each name behind an ``as`` the context that gives it."""
    every = [s for s in statements(function.body) if isinstance(s, If) and s.guard is not None and s.guard.kind == "with"]
    return {name: s.guard.atoms for s in every if (name := entered(s)[0]) is not None and s.guard is not None}


def writes_into_given(stmt: If) -> bool:
    """Whether the body of a with writes into what stands behind its ``as``, or into a part of that: the context may be that itself."""
    name, body = entered(stmt)
    shown: set[Atom] = {name} if name is not None else set()
    for inner in statements(body):
        if isinstance(inner, Store) and inner.base in shown:
            return True
        if isinstance(inner, Let) and not shown.isdisjoint(inner.value.args[:1] if isinstance(inner.value, Call) else (inner.value,)):
            shown.add(inner.target)
        elif isinstance(inner, For):
            shown.update(s.target for s in inner.sources if isinstance(s, Each) and s.sequence in shown)
    return False


def settle_contexts(function: Function, find: Callable[[If], Opened | None], fresh: Fresh) -> Function:
    """The function with every ``with`` that ``find`` knows opened."""

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> Block:
        if isinstance(stmt, If) and stmt.guard is not None and stmt.guard.kind == "with" and (found := find(stmt)) is not None:
            return _of_generator(stmt, found, fresh) if found.function is not None else _of_class(stmt, found, fresh)
        return (map_blocks(stmt, block),)

    return replace(function, body=block(function.body))


def trimmed(function: Function) -> Function:
    """The function without what its handlers do to its own values, where they raise again: nobody is left to see that."""

    def block(b: Block, seen: bool) -> Block:
        return tuple(new for s in b for new in trim(s, seen))

    def trim(stmt: Stmt, seen: bool) -> Block:
        if not isinstance(stmt, If) or stmt.guard is None or stmt.guard.kind != "try":
            return (map_blocks(stmt, lambda b: block(b, seen)),)
        again = bool(stmt.orelse) and stmt.orelse[-1] == Raise(None, None, stmt.orelse[-1].place)
        then = block(stmt.then, seen or not (stmt.orelse and isinstance(stmt.orelse[-1], Raise)))
        idle = again and not seen and all(map(_is_idle, statements(stmt.orelse[:-1])))
        if idle and stmt.test == Const(True):
            return (*then, *(Let(j.target, j.then, stmt.place) for j in stmt.joins))
        return (replace(stmt, then=then, orelse=block(stmt.orelse, seen)),)

    return replace(function, body=block(function.body, False))


def without_idle_joins(function: Function) -> Function:
    """The function without names that a try or with only gives anew to what stood before it: its other arm raises."""
    same: dict[Var, Atom] = {}

    def block(b: Block) -> Block:
        return tuple(settle(s) for s in b)

    def settle(stmt: Stmt) -> Stmt:
        if isinstance(stmt, If) and stmt.guard is not None and stmt.orelse and isinstance(stmt.orelse[-1], Raise):
            inside = defined(stmt.then)
            idle = [j for j in stmt.joins if j.then not in inside and isinstance(j.then, Var)]
            same.update({j.target: j.then for j in idle})
            stmt = replace(stmt, joins=tuple(j for j in stmt.joins if j not in idle))
        return map_blocks(stmt, block)

    function = replace(function, body=block(function.body))
    return rename(function, same) if same else function


def _is_idle(stmt: Stmt) -> bool:
    """Whether a statement changes nothing but values of the function, if anything."""
    value = stmt.value if isinstance(stmt, Let | Effect) else None
    if not isinstance(value, Call) or isinstance(value.fn, Attribute):
        return isinstance(stmt, Let | Effect | Store | If | For | Unpack)
    if isinstance(value.fn, Method):
        return value.fn.name in CHANGES_ITS_OBJECT or value.fn.name in QUIET
    if not isinstance(value.fn, Ref) or value.fn.module.startswith("numpy.random"):  # which goes on with its numbers
        return False
    return value.fn.module.partition(".")[0] in HOMES and value.fn.attr not in LOUD


def _of_class(stmt: If, found: Opened, fresh: Fresh) -> Block:
    """A call of ``__enter__``, the body, and a call of ``__exit__``, whether the body raises or not."""
    assert stmt.guard is not None and found.cls is not None
    context, place = stmt.guard.atoms[0], stmt.place
    name, body = entered(stmt)
    enter = Call(Method("__enter__", True), (context,))
    first: list[Stmt] = [] if found.sure else [Effect(helper("check_class", context, class_ref(found.cls)), place)]
    first.append(Effect(enter, place) if name is None else Let(name, enter, place))
    error, kind, nothing = fresh("error"), fresh("kind"), Const(None)
    failed: Block = (
        Let(error, Build("caught"), place),
        Let(kind, builtin("type", error), place),
        Effect(Call(Method("__exit__", True), (context, kind, error, nothing)), place),
        Raise(None, None, place),
    )
    inside = replace(stmt, then=body, orelse=failed, guard=Guard("try", (EXCEPTION,)))
    return (*first, inside, Effect(Call(Method("__exit__", True), (context, nothing, nothing, nothing)), place))


def is_here(stmt: Stmt) -> bool:
    """Whether a generator yields there."""
    fn = stmt.value.fn if isinstance(stmt, Effect) and isinstance(stmt.value, Call) else None
    return isinstance(fn, Ref) and (fn.module, fn.attr) == ("tangentx.runtime", HERE)


def pause(body: Block) -> list[int] | None:
    """Where a generator yields: the places in its blocks that lead there, outermost first; None if that is in a branch, a loop, or
    a try that goes on after an exception.
    """
    for k, stmt in enumerate(body):
        if is_here(stmt):
            return [k]
        raises = isinstance(stmt, If) and stmt.guard is not None and bool(stmt.orelse) and isinstance(stmt.orelse[-1], Raise)
        if isinstance(stmt, If) and raises and (inner := pause(stmt.then)) is not None:
            return [k, *inner]
    return None


def _of_generator(stmt: If, found: Opened, fresh: Fresh) -> Block:
    """The generator's body with that of the ``with`` where it yields."""
    assert found.function is not None
    body, _ = copy_of(found.function, found.arguments, fresh)
    path = pause(body)
    assert path is not None
    names: dict[Atom, Atom] = {j.then: j.then for j in stmt.joins if isinstance(j.then, Var) and j.then in defined(stmt.then)}
    block = _filled(body, path, stmt, names, fresh)
    handed = (Let(j.target, names.get(j.then, j.then), stmt.place) for j in stmt.joins)
    return (*block, *handed)


def _filled(block: Block, path: list[int], stmt: If, names: dict[Atom, Atom], fresh: Fresh) -> Block:
    """``names`` are what the body of the with makes for what follows: under names of their own behind each try around it."""
    at, rest = path[0], path[1:]
    here = block[at]
    if not rest:
        assert isinstance(here, Effect) and isinstance(here.value, Call)
        name, body = entered(stmt)
        value = here.value.args[0] if here.value.args else Const(None)
        given = () if name is None else (Let(name, value, stmt.place),)
        return (*block[:at], *given, *body, *block[at + 1 :])
    assert isinstance(here, If)
    then = _filled(here.then, rest, stmt, names, fresh)
    joins = []
    for var, inner in names.items():
        assert isinstance(inner, Var)
        names[var] = left = fresh(inner.base)
        joins.append(Join(left, inner, Const(UNDEF)))
    around = replace(here, then=then, joins=(*here.joins, *joins))
    return (*block[:at], around, *block[at + 1 :])
