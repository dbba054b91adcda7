"""Spread: an object that is made in the function and never leaves it becomes variables, one for each attribute.

p = object.__new__(Particle)
p.1 = store p['x'] setattr= x
for _ in range(3):                           for _ in range(3) [p_x = x <- p_x_plus_dt]:
    p_x = p.x                       ==>          p_x_plus_dt = p_x + dt
    p_x_plus_dt = p_x + dt
    p.2 = store p['x'] setattr= p_x_plus_dt
p_x.1 = p.x                                  return p_x
return p_x.1

What compilers call scalar replacement of aggregates (Muchnick, Advanced Compiler Design and Implementation, 12.2).  The passes behind it see
data flow where there were writes to an object, and a list in ``self.items`` is a list of the function.
"""

from __future__ import annotations

import inspect
import operator
import types
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tangentx.analysis.aliases import is_inplace
from tangentx.analysis.classes import is_field, is_method, is_own_class
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    UNDEF,
    Atom,
    Block,
    Call,
    Carry,
    Const,
    Effect,
    For,
    Function,
    If,
    Join,
    Let,
    Raise,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import blocks, edge_atoms, map_atoms, merges, own_atoms, source_targets, statements, stmt_targets
from tangentx.rules.effects import is_users
from tangentx.rules.inserted import is_insert, sources
from tangentx.transform.fields import takes_fields

__all__ = ["handed_on", "settle_spread"]

OWN = ("__setattr__", "__delattr__", "__getattribute__", "__getattr__", "__del__")
SAME = {operator.is_: True, operator.is_not: False}
Field = tuple[Var, str]  # an object, by the name that it was made with, and an attribute


def settle_spread(function: Function, fresh: Fresh) -> Function:
    """The function without the objects of which every use is seen (see the module's docstring); one may hold another."""
    kept = frozenset[Var]()
    while True:
        objects = _Objects(function, kept=kept)
        objects.keep(a for stmt in statements(function.body) for a in objects.whole(stmt))
        if not objects.names:
            return function
        try:
            function = _Walk(function.body, objects, fresh).function(function)
        except _Unknown as unknown:
            kept |= {unknown.made}


def handed_on(function: Function) -> frozenset[Var]:
    """The names of the objects that change, and would be spread if the functions of the user's that they are given to were seen into."""
    objects = _Objects(function, calls=True)
    objects.keep(a for stmt in statements(function.body) if not _is_call(stmt) for a in objects.whole(stmt))
    changed = {obj for obj in objects.classes if objects.changes(function, obj)}
    return frozenset(name for name, obj in objects.names.items() if obj in changed and isinstance(name, Var))


class _Unknown(Exception):
    """What an attribute of an object is at some place is not known."""

    def __init__(self, made: Var) -> None:
        self.made = made


class _Objects:
    """The objects that a function makes, and the names that they have."""

    def __init__(self, function: Function, kept: frozenset[Var] = frozenset(), calls: bool = False) -> None:
        self.classes: dict[Var, type] = {}
        every, other = tuple(statements(function.body)), set[Var]()
        while True:
            self.names: dict[Atom, Var] = {}  # of each the one that it was made with
            count = -1
            while count < (count := len(self.names)):  # a join stands before its arms here
                for stmt in every:
                    self.name(stmt, kept, calls, other)
            ends = _ended(every)
            wrong = {t for t, vs in merges(every) if t in self.names and any(self.names.get(v) != self.names[t] for v in vs if (t, v) not in ends)}
            if not wrong:
                break
            other |= wrong
        self.keep([function.result])
        self.replaced: dict[Var, set[str]] = {obj: set() for obj in self.classes}  # methods, by functions in attributes
        self.stored = {field for field in map(self.written, every) if field is not None}
        for obj, name in self.stored:
            if is_method(self.classes[obj], name):
                self.replaced[obj].add(name)

    def name(self, stmt: Stmt, kept: frozenset[Var], calls: bool, other: set[Var]) -> None:
        """What a statement gives a name to; a merge of one object with itself is one (``other`` are those of two)."""
        if isinstance(stmt, Let) and (cls := _made(stmt, calls)) is not None and stmt.target not in kept:
            self.names[stmt.target], self.classes[stmt.target] = stmt.target, cls
        elif isinstance(stmt, Let) and isinstance(stmt.value, Var) and stmt.value in self.names:
            self.names[stmt.target] = self.names[stmt.value]
        elif isinstance(stmt, Store) and stmt.base in self.names:
            self.names[stmt.target] = self.names[stmt.base]
        for target, (first, second) in merges([stmt]):
            if target not in other and (first in self.names or second in self.names):
                self.names[target] = self.names.get(first) or self.names[second]

    def keep(self, atoms: Iterable[Atom]) -> None:
        """Leaves these objects as they are."""
        kept = {self.names[a] for a in atoms if a in self.names}
        self.names = {name: obj for name, obj in self.names.items() if obj not in kept}
        self.classes = {obj: cls for obj, cls in self.classes.items() if obj not in kept}

    def whole(self, stmt: Stmt) -> list[Atom]:
        """What a statement reads other than by an attribute: an object that is put into another is."""
        if isinstance(stmt, Store) and self.written(stmt) is not None:
            return [stmt.value]
        if self.direct(stmt):
            return []
        stmt = self.unmerged(stmt)
        return [*own_atoms(stmt), *edge_atoms(stmt)]

    def unmerged(self, stmt: Stmt) -> Stmt:
        """A branch or loop without the joins and carries of objects."""
        if isinstance(stmt, If):
            return replace(stmt, joins=tuple(j for j in stmt.joins if j.target not in self.names))
        return replace(stmt, carries=tuple(c for c in stmt.carries if c.target not in self.names)) if isinstance(stmt, For | While) else stmt

    def direct(self, stmt: Stmt) -> bool:
        """Whether a statement uses objects by their attributes alone."""
        named = isinstance(stmt, Let) and stmt.target in self.names
        return named or self.read(stmt) is not None or self.fixed(stmt) is not None or self.asked(stmt) is not None

    def read(self, stmt: Stmt) -> Field | None:
        """The attribute that a statement reads."""
        name = is_field(stmt.value) if isinstance(stmt, Let) else ""
        return self.field(stmt.value.args[0], name) if name else None  # type: ignore[union-attr]

    def asked(self, stmt: Stmt) -> Field | None:
        """The attribute of which a statement asks whether the object has it."""
        call = stmt.value if isinstance(stmt, Let) else None
        if not isinstance(call, Call) or not isinstance(call.fn, Ref) or not (call.fn.text == "is_own" or call.fn.obj is hasattr):
            return None
        if len(call.args) != 2 or not isinstance(call.args[1], Const):
            return None
        return self.field(call.args[0], str(call.args[1].value))

    def written(self, stmt: Stmt) -> Field | None:
        """The attribute that a statement writes."""
        if not isinstance(stmt, Store) or stmt.op != "setattr" or not isinstance(stmt.index, Const) or stmt.through is not None:
            return None
        return self.field(stmt.base, str(stmt.index.value))

    def field(self, owner: Atom, name: str) -> Field | None:
        obj = self.names.get(owner)
        if obj is None:
            return None
        found = inspect.getattr_static(self.classes[obj], name, None)
        decides = hasattr(type(found), "__set__") and not isinstance(found, types.MemberDescriptorType)
        return None if decides else (obj, name)

    def fixed(self, stmt: Stmt) -> Const | None:
        """What is known beforehand of a check of a class, or of a question whether two objects are the same."""
        call = stmt.value if isinstance(stmt, Let | Effect) else None
        if not isinstance(call, Call) or not isinstance(call.fn, Ref) or len(call.args) < 2:
            return None
        one, other = map(self.names.get, call.args[:2])
        if call.fn.text == "check_class":
            known = one is not None and isinstance(call.args[1], Ref) and self.classes[one] is call.args[1].obj
            return Const(None) if known and self.replaced[one] <= {getattr(a, "value", "") for a in call.args[2:]} else None  # type: ignore[index]
        if len(call.args) != 2:
            return None
        if call.fn.text in ("check_field", "check_own_field"):
            return Const(None) if isinstance(call.args[1], Const) and self.field(call.args[0], str(call.args[1].value)) is not None else None
        same = SAME.get(call.fn.obj) if call.fn.module == "operator" else None
        known = one is not None and (other is not None or isinstance(call.args[1], Const))
        return Const((one == other) is same) if same is not None and known else None

    def changes(self, function: Function, obj: Var) -> bool:
        """Whether an object, or what it holds, is written to after it was read for the first time."""
        inside = {name for name, made in self.names.items() if made == obj}
        read = False
        for stmt in statements(function.body):
            of_it = inside.intersection(own_atoms(stmt))
            target = stmt.value.args[0] if is_inplace(stmt) else stmt.base if isinstance(stmt, Store) else None  # type: ignore[union-attr]
            called = isinstance(stmt, Effect) and self.fixed(stmt) is None
            if (target in inside and (read or target not in self.names)) or (called and of_it):
                return True
            read = read or (bool(of_it) and self.written(stmt) is None and getattr(stmt, "target", None) not in self.names)
            if of_it and (is_inplace(stmt) or isinstance(stmt, For | Store | Unpack) or _looks(stmt)):
                inside.update(stmt_targets(stmt), *(source_targets(s) for s in stmt.sources) if isinstance(stmt, For) else ())
        return False


class _Walk:
    """One walk over a function, which knows what every attribute is."""

    def __init__(self, body: Block, objects: _Objects, fresh: Fresh) -> None:
        self.objects, self.fresh = objects, fresh
        self.now: dict[Field, Atom] = {}
        self.same: dict[Atom, Atom] = {}  # temporaries, and the variables that they are
        own = {made: name.base for name, made in reversed(objects.names.items()) if isinstance(name, Var) and name.base != made.base}
        hooked = {v for s in statements(body) if is_insert(s) for v in sources(s)}
        lets = (s for s in statements(body) if isinstance(s, Let) and s.target not in hooked)
        self.temporaries = {s.target for s in lets if not s.place.names(s.target.base)}
        self.called = {made: own.get(made, made.base) for made in objects.classes}  # what the user calls them

    def function(self, function: Function) -> Function:
        body = self.block(function.body)
        body = tuple(map_atoms(s, self.named, self.named) for s in body)  # type: ignore[arg-type]
        return replace(function, body=body, result=self.named(function.result))

    def named(self, atom: Atom) -> Atom:
        while atom in self.same:
            atom = self.same[atom]
        return atom

    def block(self, block: Block) -> Block:
        return tuple(new for stmt in block for new in self.statement(stmt))

    def statement(self, stmt: Stmt) -> Block:
        if (known := self.objects.fixed(stmt)) is not None:
            return (replace(stmt, value=known),) if isinstance(stmt, Let) else ()
        if (field := self.objects.written(stmt)) is not None:
            return self.write(stmt, field)  # type: ignore[arg-type]
        if isinstance(stmt, Let) and stmt.target in self.objects.names:
            return ()
        if (field := self.objects.read(stmt)) is not None:
            return self.read(stmt, field)  # type: ignore[arg-type]
        if (field := self.objects.asked(stmt)) is not None:
            return (replace(stmt, value=self.is_there(stmt, field)),)  # type: ignore[arg-type]
        stmt = self.objects.unmerged(stmt)
        if isinstance(stmt, If):
            return (self.branch(stmt),)
        return (self.loop(stmt),) if isinstance(stmt, For | While) else (stmt,)

    def value(self, field: Field) -> Atom:
        if field not in self.now:
            raise _Unknown(field[0])
        return self.now[field]

    def is_there(self, stmt: Let, field: Field) -> Const:
        """Whether an object has an attribute: what stands in one arm, or is put there later, may be there."""
        if field not in self.now and field in self.objects.stored:
            raise _Unknown(field[0])
        return Const(field in self.now or (stmt.value.fn.obj is hasattr and hasattr(self.objects.classes[field[0]], field[1])))  # type: ignore[union-attr]

    def read(self, stmt: Let, field: Field) -> Block:
        value = self.value(field)
        if stmt.target not in self.temporaries or not isinstance(value, Var):
            return (replace(stmt, value=value),)
        self.same[stmt.target] = value
        return ()

    def write(self, stmt: Store, field: Field) -> Block:
        value = self.named(stmt.value)
        self.now[field] = name = self.name(field)
        if value not in self.temporaries:
            return (Let(name, value, stmt.place),)
        self.temporaries.remove(value)  # type: ignore[arg-type]
        self.same[value] = name
        return ()

    def name(self, field: Field) -> Var:
        return self.fresh(f"{self.called[field[0]]}_{field[1]}")

    def stored(self, block: Block) -> dict[Field, None]:
        """The attributes that a block writes, of objects that are there before."""
        fields = (self.objects.written(s) for s in statements(block))
        return {f: None for f in fields if f in self.now}

    def branch(self, stmt: If) -> If:
        before = self.now
        if stmt.guard is not None and (lost := self.stored((*stmt.then, *stmt.orelse))):
            raise _Unknown(next(iter(lost))[0])  # where it was left is not known
        self.now = dict(before)
        then, after = self.block(stmt.then), self.now
        self.now = dict(before)
        orelse, other = self.block(stmt.orelse), self.now
        ends = _raises(then), _raises(orelse)
        joins, self.now = [], {}
        for field in {**after, **other}:
            one = Const(UNDEF) if ends[0] else after.get(field)
            two = Const(UNDEF) if ends[1] else other.get(field)
            if one == two and one is not None:
                self.now[field] = one
            elif one is not None and two is not None:
                self.now[field] = name = self.name(field)
                joins.append(Join(name, one, two))
        return replace(stmt, then=then, orelse=orelse, joins=(*stmt.joins, *joins))

    def loop(self, stmt: For | While) -> For | While:
        names = {field: self.name(field) for field in self.stored(tuple(s for b in blocks(stmt) for s in b))}
        before = self.now
        self.now = {**before, **names}
        if isinstance(stmt, While):
            if lost := self.stored(stmt.header):
                raise _Unknown(next(iter(lost))[0])  # the last time the body is not reached
            stmt = replace(stmt, header=self.block(stmt.header))
        stmt = replace(stmt, body=self.block(stmt.body))
        carries = tuple(Carry(name, before[field], self.value(field)) for field, name in names.items())
        self.now = {**before, **names}
        return replace(stmt, carries=(*stmt.carries, *carries))


def _made(stmt: Let, calls: bool) -> type | None:
    """The class of an object that is made as its class says, and of which an attribute is but a place for a value.

    ``calls``: what a call of a class makes counts, too.
    """
    call = stmt.value
    fn = call.fn.obj if isinstance(call, Call) and isinstance(call.fn, Ref) else None
    cls = call.args[0].obj if fn is object.__new__ and isinstance(call.args[0], Ref) else fn if calls else None  # type: ignore[union-attr]
    if not is_own_class(cls) or (takes_fields(cls) and not _is_open(cls)):
        return None
    frozen = getattr(vars(cls).get("__dataclass_params__"), "frozen", False)  # whoever makes one writes to it all the same
    asked = OWN[2:] if frozen else OWN
    own = [inspect.getattr_static(cls, name, None) not in (None, inspect.getattr_static(object, name, None)) for name in asked]
    return None if inspect.isabstract(cls) or any(own) else cls


def _is_open(cls: Any) -> bool:
    """Whether a class that takes fields makes objects that can be written to."""
    made = getattr(cls, "__dataclass_params__", None)
    return made is not None and not made.frozen


def _ended(every: Iterable[Stmt]) -> set[tuple[Var, Atom]]:
    """The joins, and what they would have of an arm that raises: nothing."""
    branches = [s for s in every if isinstance(s, If) and s.guard is None]
    return {(j.target, Const(UNDEF)) for s in branches if _raises(s.then) or _raises(s.orelse) for j in s.joins}


def _looks(stmt: Stmt) -> bool:
    """Whether it reads a part of what it is given."""
    value = stmt.value if isinstance(stmt, Let) else None
    item = isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is operator.getitem
    return item or isinstance(value, Var) or bool(is_field(value))


def _raises(block: Block) -> bool:
    return bool(block) and isinstance(block[-1], Raise)


def _is_call(stmt: Stmt) -> bool:
    """Whether it is a call of a function of the user's."""
    call = stmt.value if isinstance(stmt, Let | Effect) else None
    return isinstance(call, Call) and isinstance(call.fn, Ref) and is_users(call.fn.obj)
