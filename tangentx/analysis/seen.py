"""What can be seen from the arguments of a call: what they are made of, what was put into that, and what looks into it.

o["bufs"].append(buf); bs = o["bufs"]; link(m, buf)         read(o) sees buf and bs; read(m) sees buf
"""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from tangentx.analysis.aliases import is_inplace, is_update
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, Each, Effect, Expr, For, Function, Let, Method, Ref, Stmt, Store, Unpack, Var
from tangentx.ir.walk import expr_atoms, merges
from tangentx.rules.effects import lets_out
from tangentx.rules.mutators import CHANGES_ITS_OBJECT

__all__ = ["Names", "Writes"]

Writes = Callable[[Stmt, Call], bool]  # whether a call of a function of the user's may write
NEW = (len, float, int, bool, str, range, abs, round)
CONTAINERS = (*CHANGES_ITS_OBJECT, "add")
OF_VALUES = frozenset(name for kind in (np.ndarray, list, tuple, dict, str, set) for name in dir(kind))


class Names:
    """What is known of the names of a function."""

    def __init__(self, function: Function, every: Iterable[Stmt], writes: Writes) -> None:
        self.every, self.writes = tuple(every), writes
        self.defs: dict[Atom, Expr] = {s.target: s.value for s in self.every if isinstance(s, Let)}
        self.stores: dict[Atom, Atom] = {s.target: s.base for s in self.every if isinstance(s, Store)}
        self.merged: dict[Atom, tuple[Atom, ...]] = dict(merges(self.every))

    def is_name(self, atom: Atom) -> bool:
        """Another name for something, or what ``+=`` makes of it."""
        made = self.defs.get(atom)
        return isinstance(made, Var) or (made is not None and is_update(made))

    def given(self, call: Call) -> set[Atom]:
        """All that the arguments of a call are made of, what was put into that, and what looks into it."""
        return self.from_(set(expr_atoms(call)), call)

    def sees(self, call: Call) -> Callable[[Stmt], bool]:
        """Whether a statement writes to something that a call sees: a method of a known class sees the attributes that it reads."""
        fields = _fields(call)
        me = self.objects(call.args[0], call) if fields is not None else set[Atom]()
        if not me or fields is None:
            found = self.given(call)
        else:
            read = {s.target for s in self.every if isinstance(s, Let) and _attribute_of(s.value, me) in fields}
            put = {s.value for s in self.every if isinstance(s, Store) and s.base in me and isinstance(s.index, Const) and s.index.value in fields}
            asked = {s.target for s in self.every if isinstance(s, Let) and isinstance(s.value, Call) and not me.isdisjoint(expr_atoms(s.value))}
            asked -= {s.target for s in self.every if isinstance(s, Let) and (s.value == call or isinstance(getattr(s.value, "fn", None), Attribute))}
            found = self.from_({*call.args[1:], *(a for _, a in call.kwargs), *read, *put, *asked}, call, me, asked)

        def writes(stmt: Stmt) -> bool:
            if isinstance(stmt, Store):
                other = stmt.op == "setattr" and isinstance(stmt.index, Const) and stmt.index.value not in (fields or ())
                return stmt.base in found or (stmt.base in me and not other)
            return isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and self.changes(stmt, found)

        return writes

    def objects(self, atom: Atom, call: Call) -> set[Atom]:
        """The names of an object that is known by names only; none if something else may hold it, or give it."""
        found, new = set[Atom](), {atom}
        while new:
            found |= new
            more = self.joined(found)
            for stmt in self.every:
                if isinstance(stmt, Store) and (stmt.base in found or stmt.target in found):
                    more |= {stmt.base, stmt.target}
                elif isinstance(stmt, Let) and isinstance(stmt.value, Var) and (stmt.target in found or stmt.value in found):
                    more |= {stmt.target, stmt.value}
            new = more - found
        return set() if any(self.gives_away(s, found, call) for s in self.every) else {a for a in found if isinstance(a, Var)}

    def gives_away(self, stmt: Stmt, found: set[Atom], call: Call) -> bool:
        """Whether an object has more than its names behind a statement, or comes from somewhere."""
        if isinstance(stmt, Let) and stmt.target in found:
            return not isinstance(stmt.value, Var) and getattr(getattr(stmt.value, "fn", None), "attr", "") != "object.__new__"
        if isinstance(stmt, Store):
            return stmt.value in found
        if isinstance(stmt, Unpack):
            return not found.isdisjoint(stmt.targets)
        if isinstance(stmt, For):
            return any(isinstance(s, Each) and s.target in found for s in stmt.sources)
        if not isinstance(stmt, Let | Effect) or found.isdisjoint(expr_atoms(stmt.value)) or isinstance(stmt.value, Var):
            return False
        value = stmt.value
        if not isinstance(value, Call) or (isinstance(stmt, Effect) and getattr(value.fn, "module", "") != "tangentx.runtime"):
            return True
        return isinstance(stmt, Let) and value != call and not isinstance(value.fn, Attribute) and not self.only_reads(stmt, value)

    def only_reads(self, stmt: Stmt, call: Call) -> bool:
        """Whether a call is one of a function that writes nothing: what it returns may be a part of what it is given."""
        return isinstance(call.fn, Ref) and not self.writes(stmt, call)

    def from_(self, new: set[Atom], call: Call, known: Collection[Atom] = (), parts: Collection[Atom] = ()) -> set[Atom]:
        """All that these names are made of, what was put into that, and what looks into it; not what is ``known`` to be apart.

        Of what the ``parts`` are taken from, nothing else is seen.
        """
        found, held, lent = set[Atom](), set[Atom](), set[Atom](parts)
        new = {a for a in new if not isinstance(a, Const)}
        while True:
            found |= new
            kept = set(held)
            more = self.joined(found)
            held |= self.joined(held)
            for stmt in self.every:
                if isinstance(stmt, Let) and stmt.value is call:
                    continue
                for target in _given_back(stmt, held):
                    lent.update({target} - found)
                    more.add(target)
                held.update(a for a in _holders(stmt, found, held) if a not in found and a not in known)
                more.update(a for a in self.beside(stmt, found, lent) if a is not None)
            new = {a for a in more if isinstance(a, Var) and a not in found and a not in known}
            if not new and kept == held:
                return {a for a in found if isinstance(a, Var)}

    def joined(self, found: set[Atom]) -> set[Atom]:
        """What comes out of branches and loops in place of these, and what goes in."""
        return {b for t, values in self.merged.items() for b in (t, *values) if t in found or not found.isdisjoint(values)}

    def beside(self, stmt: Stmt, found: set[Atom], lent: set[Atom]) -> Iterator[Atom | None]:
        """What a statement adds to what is seen; of what is ``lent`` by something that holds it, only the part is seen."""
        if isinstance(stmt, Store):
            if stmt.base in found or stmt.target in found:
                yield from (stmt.base, stmt.target, stmt.value)
        elif isinstance(stmt, Unpack):
            if stmt.source in found or not found.isdisjoint(stmt.targets):
                yield from (stmt.source, *stmt.targets)
        elif isinstance(stmt, For):
            for source in stmt.sources:
                if isinstance(source, Each) and (source.target in found or source.sequence in found):
                    yield from (source.sequence, source.target)
        elif isinstance(stmt, Let | Effect):
            if isinstance(stmt, Let) and stmt.target in found and stmt.target not in lent and not _is_number(stmt.value):
                yield from expr_atoms(stmt.value)
            if isinstance(stmt, Let) and self.looks_into(stmt.value, found):
                yield stmt.target
            if isinstance(stmt.value, Call) and self.changes(stmt, found):
                yield from expr_atoms(stmt.value)

    def looks_into(self, value: Expr, found: set[Atom]) -> bool:
        """Whether an expression gives one of these, or a part of one."""
        if isinstance(value, Var):
            return value in found
        if not isinstance(value, Call) or found.isdisjoint(expr_atoms(value)) or _is_number(value):
            return False
        of_numbers = isinstance(value.fn, Ref) and value.fn.module in ("operator", "_operator") and value.fn.attr not in ("getitem", "pos")
        return is_update(value) or not of_numbers

    def changes(self, stmt: Let | Effect, found: set[Atom]) -> bool:
        """Whether a call may write to one of these, or put something into it."""
        call = stmt.value
        assert isinstance(call, Call)
        if found.isdisjoint(expr_atoms(call)) or isinstance(call.fn, Attribute):
            return False
        if isinstance(call.fn, Method):
            if call.fn.name in OF_VALUES and not call.fn.own:
                return call.fn.name in CONTAINERS and call.args[0] in found
            return True
        if is_inplace(stmt):
            return call.args[0] in found
        return isinstance(call.fn, Var) or (isinstance(call.fn, Ref) and not _is_number(call) and self.writes(stmt, call))


def _holders(stmt: Stmt, found: set[Atom], held: set[Atom]) -> Iterator[Atom]:
    """What holds one of these from here on: a display, or something that it is put into; and what ``held`` one before."""
    found = found | held
    if isinstance(stmt, Let) and isinstance(stmt.value, Build) and not found.isdisjoint(stmt.value.items):
        yield stmt.target
    elif isinstance(stmt, Store) and (stmt.value in found or stmt.base in held or stmt.target in held):
        yield from (stmt.base, stmt.target)
    elif isinstance(stmt, Let | Effect) and isinstance(call := stmt.value, Call) and isinstance(call.fn, Method) and call.fn.name in CONTAINERS:
        yield from call.args[:1] if not found.isdisjoint(expr_atoms(replace(call, args=call.args[1:]))) else ()


def _given_back(stmt: Stmt, held: set[Atom]) -> Iterator[Var]:
    """What is read from something that holds one of them."""
    if isinstance(stmt, For):
        yield from (s.target for s in stmt.sources if isinstance(s, Each) and s.sequence in held)
    elif isinstance(stmt, Unpack):
        yield from (t for t in stmt.targets if t is not None and stmt.source in held)
    elif isinstance(stmt, Let) and isinstance(stmt.value, Call | Var) and not held.isdisjoint(expr_atoms(stmt.value)):
        fn = getattr(stmt.value, "fn", None)
        if fn is None or isinstance(fn, Method | Attribute) or getattr(fn, "attr", "") == "getitem":
            yield stmt.target


def _attribute_of(value: Expr, objects: Collection[Atom]) -> str:
    return value.fn.name if isinstance(value, Call) and isinstance(value.fn, Attribute) and value.args[0] in objects else ""


def _fields(call: Call) -> frozenset[str] | None:
    """The attributes of its object that a method reads, in its class and in those below; None if it is no method, or reads others."""
    method = call.fn.obj if isinstance(call.fn, Ref) else None
    if not isinstance(method, types.FunctionType) or not call.args:
        return None
    cls: Any = sys.modules.get(method.__module__)
    for name in method.__qualname__.split(".")[:-1]:
        cls = getattr(cls, name, None)
    if not isinstance(cls, type) or inspect.getattr_static(cls, method.__name__, None) is not method or hasattr(cls, "__getattr__"):
        return None
    every: list[type] = [cls]
    for c in every:
        below: list[type] = c.__subclasses__()
        every += [b for b in below if b not in every]
    read = [lets_out(method, c) for c in every]
    return None if None in read else frozenset(name for names in read for name in names or ())


def _is_number(value: Expr) -> bool:
    """Whether an expression makes numbers, or an array of its own: nothing looks into that."""
    fn: Any = value.fn if isinstance(value, Call) else None
    if not isinstance(fn, Ref):
        return False
    return fn.module == "math" or isinstance(fn.obj, np.ufunc) or any(fn.obj is f for f in NEW)
