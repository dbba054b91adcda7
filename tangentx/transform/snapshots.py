"""Snapshots: a global variable that some context writes to is read where the user's code reads it, and never again.

    with gain(3.0):                      with gain(3.0):
        y = x * Flag.k * x     ==>           k = as_it_is(Flag.k)
                                             y = x * k * x

Behind the context it is another one; the reverse sweep would read that.
"""

from __future__ import annotations

import operator
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import _GeneratorContextManager
from dataclasses import replace
from typing import Any

import numpy as np

from tangentx.analysis.classes import is_own_class
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    Atom,
    Block,
    Break,
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
    Place,
    Raise,
    Ref,
    Stmt,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import expr_atoms, map_atoms, map_blocks, own_atoms, statements
from tangentx.transform.build import helper
from tangentx.transform.looked import looks_into

__all__ = ["with_snapshots", "with_tables"]

TAKEN = "as_it_is"
WAY_OUT = "Read it by its own name, or make a copy."
READERS = ("numpy", "scipy", "cupy", "operator", "math")
CONTAINERS = (list, dict, set, np.ndarray)


def with_snapshots(function: Function, written: Callable[[Ref], bool], fresh: Fresh) -> Function:
    """The function with a snapshot before every statement that reads what is ``written`` elsewhere.

    Raises:
        UnsupportedSyntax: a list or an array of that kind gets another name: a snapshot would not be the same.
    """

    def taken(atoms: list[Atom], place: Place) -> tuple[dict[Atom, Var], list[Stmt]]:
        if kept := [a for a in atoms if isinstance(a, Ref) and a.live and _is_value(a) and written(a) and isinstance(a.obj, CONTAINERS)]:
            raise UnsupportedSyntax(f"{kept[0].text} gets another name here, and a context writes to it", place, WAY_OUT)
        return snapshots(atoms, place)

    def snapshots(atoms: list[Atom], place: Place) -> tuple[dict[Atom, Var], list[Stmt]]:
        refs = dict.fromkeys(a for a in atoms if isinstance(a, Ref) and a.live and _is_value(a) and written(a))
        names: dict[Atom, Var] = {ref: fresh(ref.attr.rpartition(".")[2]) for ref in refs}
        return names, [Let(name, helper(TAKEN, ref), place) for ref, name in names.items()]

    def block(b: Block, edges: list[Atom], place: Place) -> tuple[Block, dict[Atom, Var]]:
        """A block, and the names of what leaves it."""
        done = [new for stmt in b for new in settle(stmt)]
        names, lets = taken(edges, place)
        at = len(done) - 1 if done and (isinstance(done[-1], Break | Raise) or (lets and _breaks(done[-1]))) else len(done)
        return (*done[:at], *lets, *done[at:]), names

    def settle(stmt: Stmt) -> list[Stmt]:
        if isinstance(stmt, Let) and (stmt.target in entering or getattr(getattr(stmt.value, "fn", None), "attr", "") == TAKEN):
            return [stmt]
        if isinstance(stmt, Let) and looks_into(stmt.value) and _views(stmt.value):
            return [stmt]  # what it shows is read where it is computed with: see transform/looked
        worked_out = isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call)
        names, before = (snapshots if worked_out or isinstance(stmt, For | Unpack) else taken)(list(own_atoms(stmt)), stmt.place)
        if isinstance(stmt, If):
            then, one = block(stmt.then, [j.then for j in stmt.joins], stmt.place)
            orelse, other = block(stmt.orelse, [j.orelse for j in stmt.joins], stmt.place)
            joins = tuple(replace(j, then=one.get(j.then, j.then), orelse=other.get(j.orelse, j.orelse)) for j in stmt.joins)
            test = names.get(stmt.test, stmt.test) if stmt.guard is None else stmt.test
            return [*before, replace(stmt, test=test, then=then, orelse=orelse, joins=joins)]
        if isinstance(stmt, For | While):
            body, back = block(stmt.body, [c.back for c in stmt.carries], stmt.place)
            carries = tuple(replace(c, init=names.get(c.init, c.init), back=back.get(c.back, c.back)) for c in stmt.carries)
            if isinstance(stmt, While):
                header, last = block(stmt.header, [stmt.test], stmt.place)
                return [*before, replace(stmt, carries=carries, header=header, test=last.get(stmt.test, stmt.test), body=body)]
            sources = tuple(replace(s, sequence=names.get(s.sequence, s.sequence)) if isinstance(s, Each) else s for s in stmt.sources)
            return [*before, replace(stmt, carries=carries, sources=sources, body=body)]
        return [*before, map_atoms(stmt, lambda a: names.get(a, a)) if names else map_blocks(stmt, lambda b: b)]

    entering = _entering(function)
    body, names = block(function.body, [function.result], function.returns or function.place)
    return replace(function, body=body, result=names.get(function.result, function.result))


def with_tables(function: Function, fresh: Fresh) -> Function:
    """The function with global lists of numbers that a library reads whole read once: what a caller has around may write to them.

    return np.dot(v, L)          ==>          L_1 = as_it_is(L); return np.dot(v, L_1)
    """

    def settle(stmt: Stmt) -> Iterator[Stmt]:
        call = stmt.value if isinstance(stmt, Let) and isinstance(stmt.value, Call) and not looks_into(stmt.value) else None
        if call is not None and isinstance(call.fn, Ref) and call.fn.module.partition(".")[0] in READERS:
            found = [a for a in dict.fromkeys(expr_atoms(call)) if a in cells or _is_table(shown.get(a, a))]
            names: dict[Atom, Var] = {a: fresh(a.base if isinstance(a, Var) else getattr(a, "attr", "").rpartition(".")[2]) for a in found}
            yield from (Let(name, helper(TAKEN, a), stmt.place) for a, name in names.items())
            stmt = map_atoms(stmt, lambda a: names.get(a, a)) if names else stmt
        yield map_blocks(stmt, block)

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    cells = {var for var, cls in function.cells if issubclass(cls, list | deque)}
    shown: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Ref)}
    return replace(function, body=block(function.body))


def _is_table(value: Expr) -> bool:
    """Whether it is a global list of numbers, or of such lists."""

    def holds_numbers(obj: Any) -> bool:
        return isinstance(obj, list | deque) and all(isinstance(v, int | float | complex | np.generic) or holds_numbers(v) for v in obj)

    return isinstance(value, Ref) and value.live and holds_numbers(value.obj)


def _entering(function: Function) -> set[Atom]:
    """Contexts and what these are made of: what they write into has to be that itself."""
    every = list(statements(function.body))
    made: dict[Atom, Expr] = {s.target: s.value for s in every if isinstance(s, Let) and isinstance(s.value, Build | Call)}
    found: set[Atom] = set()
    stack = [s.guard.atoms[0] for s in every if isinstance(s, If) and s.guard is not None and s.guard.kind == "with"]
    while stack:
        if (value := made.get(atom := stack.pop())) is not None:
            found.add(atom)
            stack += expr_atoms(value) if getattr(getattr(value, "fn", None), "obj", None) is _GeneratorContextManager else ()
    return found


def _breaks(stmt: Stmt) -> bool:
    return isinstance(stmt, If) and any(isinstance(s, Break) for s in statements((stmt,)))


def _views(value: Expr) -> bool:
    """Whether what is looked into holds more than numbers that are read one by one."""
    read = value.args if isinstance(value, Call) else ()
    asked = isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is operator.getitem
    item = asked and len(read) == 2 and isinstance(read[1], Const) and isinstance(read[1].value, int | str)
    return any(isinstance(a, Ref) and a.live and isinstance(a.obj, CONTAINERS) and not (item and _plain(a.obj)) for a in read)


def _plain(container: Any) -> bool:
    """Whether the items of a container are numbers."""
    if isinstance(container, np.ndarray):
        return container.ndim == 1 and container.dtype != object
    return not any(isinstance(v, CONTAINERS) for v in (container.values() if isinstance(container, dict) else container))


def _is_value(ref: Ref) -> bool:
    """Whether it is no function, class or object whose methods are called: their attributes are read where they stand."""
    return not callable(ref.obj) and not is_own_class(type(ref.obj))
