"""Classes: of which class of the user's a value is, where that can be known.

def loss(model: Model, x):          model: Model, as its annotation says (checked at run time, since it may be a subclass)
    p = Point(x, 2.0)               p: Point, for sure
    q = p if x > 0 else p           q: Point
    for r in [p, q]: ...            r: Point, which is checked: another object may stand in the list by now
    p.norm = other                  p.norm(), though norm is a method of Point, is a function in an attribute: ``open``
"""

from __future__ import annotations

import dataclasses
import dis
import inspect
import operator
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from tangentx.analysis.kinds import is_part
from tangentx.analysis.own import is_array_like, is_keyed, is_open, is_own_class, items_of
from tangentx.ir.homes import is_library
from tangentx.ir.nodes import (
    Atom,
    Attribute,
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
    Local,
    Method,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import merges, own_atoms, statements
from tangentx.rules.mutators import CHANGES_ITS_OBJECT
from tangentx.runtime.described import is_shadowed

__all__ = [
    "Behind", "ClassOf", "Items", "Known", "class_returned", "field_names", "find_classes", "find_items", "find_lists", "is_array_like",
    "is_field", "is_method", "is_own_class", "replaced_here", "replaced_in", "stored_by",
]  # fmt: skip

COPIES = (list, tuple, sorted, reversed)
ALIKE = ("copied", "snapshot", "zeros_like", "put_field", "add")  # helpers whose value is of the class of their first operand


@dataclasses.dataclass(frozen=True)
class Known:
    """The class of a value; ``sure`` when it was made here, or checked already.

    ``open``: the methods of the class that an attribute of the object may stand before.
    """

    cls: type
    sure: bool = False
    open: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True)
class Items:
    """A list or tuple of objects of one class, or a dict whose values they are (``keyed``); of nothing at all so far, if there is no ``item``."""

    item: Known | None = None
    keyed: bool = False


class Behind(NamedTuple):
    """A function, and the class of its first argument; ``is_class``: that argument is the class itself."""

    function: types.FunctionType
    cls: type | None
    is_class: bool


# the class of what a function returns: one of the program, by its name, or one of the user's
ClassOf = Callable[["str | Behind"], Known | Items | None]


def field_names(cls: type) -> list[str]:
    """The fields of a dataclass, not what is a ClassVar in it; those of a named tuple."""
    return [f.name for f in dataclasses.fields(cls)] if dataclasses.is_dataclass(cls) else list(getattr(cls, "_fields", ()))


def is_field(call: Any) -> str:
    """The name of the attribute that a call reads, "" if it reads none."""
    return call.fn.name if isinstance(call, Call) and isinstance(call.fn, Attribute) else ""


def find_classes(function: Function, class_of: ClassOf = lambda name: None) -> dict[Var, Known]:
    """The values of known class; ``class_of`` gives the class of what a function of the program returns."""
    known = _walked(function, class_of).known
    here = replaced_here(function, known)
    return {v: _opened(k, here) for v, k in known.items()}


def find_lists(function: Function, class_of: ClassOf) -> dict[Var, Known]:
    """The lists and tuples of objects of one class, and that class."""
    found = _walked(function, class_of).values.items()
    return {v: what.item for v, what in found if isinstance(what, Items) and what.item is not None and not what.keyed}


def find_items(function: Function, class_of: ClassOf) -> dict[Var, Items]:
    """The lists, tuples and dicts of objects of one class that a function with such a parameter has."""
    if all(items_of(p) is None for p in function.params):
        return {}
    return {v: what for v, what in _walked(function, class_of).values.items() if isinstance(what, Items)}


def class_returned(function: Function, class_of: ClassOf) -> Known | Items | None:
    """The class of what a function returns, or that of the items of the list."""
    if not isinstance(function.result, Var):
        return None
    return find_classes(function, class_of).get(function.result) or _walked(function, class_of).values.get(function.result)


def _walked(function: Function, class_of: ClassOf) -> _Walk:
    every = tuple(statements(function.body))
    lost, mixed = set[Var](), set[tuple[type, str]]()
    while True:
        walk = _Walk(function, every, lost, class_of, mixed)
        found = walk.values
        if new := {at for at, there in walk.held.items() if len(there) > 1} - mixed:
            mixed |= new
            continue
        wrong = {t for t, values in merges(every) if t in found and not all(_agrees(v, found[t], found) for v in values)}
        if not wrong - lost:
            return walk
        lost |= wrong


def replaced_here(function: Function, classes: Mapping[Var, Known]) -> dict[tuple[type, str], Store]:
    """The methods that the function replaces in an object: the classes, the names, and where."""
    stores = [s for s in statements(function.body) if isinstance(s, Store) and s.op == "setattr" and isinstance(s.index, Const) and s.base in classes]
    named = (((classes[s.base].cls, str(s.index.value)), s) for s in stores)  # type: ignore[union-attr]
    return {at: s for at, s in named if is_method(*at)}


def _opened(known: Known, here: Iterable[tuple[type, str]]) -> Known:
    names = known.open | replaced_in(known.cls) | {name for cls, name in here if cls is known.cls}
    return replace(known, open=names) if names != known.open else known


def is_method(cls: type, name: str) -> bool:
    """Whether a class has a method of that name before which an attribute of an object may stand: of operators Python asks the class alone."""
    found = inspect.getattr_static(cls, name, None)
    field = name in field_names(cls)
    method = isinstance(found, types.FunctionType | staticmethod | classmethod) or is_shadowed(found)
    return method and not field and not name.startswith("__")


@lru_cache(maxsize=256)
def replaced_in(cls: type) -> frozenset[str]:
    """The methods that the class itself replaces in its objects: ``self.step = self.fast``."""
    own = [f for c in cls.__mro__ if is_own_class(c) for f in vars(c).values() if isinstance(f, types.FunctionType)]
    return frozenset(name for f in own for name in stored_by(f.__code__) if is_method(cls, name))


@lru_cache(maxsize=4096)
def hands_back(code: types.CodeType) -> bool:
    """Whether a function may return its first argument, as ``__iadd__`` does."""
    steps = list(dis.get_instructions(code))
    own = code.co_varnames[:1]
    return any(b.opname == "RETURN_VALUE" and a.opname.startswith("LOAD_FAST") and a.argval in own for a, b in pairwise(steps))


def stored_by(code: types.CodeType) -> Iterator[str]:
    """The attributes that a piece of code writes; those, too, that it may write by a name that it knows."""
    yield from (step.argval for step in dis.get_instructions(code) if step.opname == "STORE_ATTR")
    if "setattr" in code.co_names:
        yield from (c for c in code.co_consts if isinstance(c, str))
    yield from (name for c in code.co_consts if isinstance(c, types.CodeType) for name in stored_by(c))


def _agrees(atom: Atom, what: Known | Items, found: Mapping[Var, Known | Items]) -> bool:
    """Whether one of two values is what their merge is taken for; a list that is empty may be a list of anything."""
    own = found.get(atom) if isinstance(atom, Var) else _of(atom, {})
    return own == what or (isinstance(own, Items) and isinstance(what, Items) and own.item is None)


class _Walk:
    """The values of known class, and the lists of such, as the statements make them; fields of objects as they were written last."""

    def __init__(
        self, function: Function, every: tuple[Stmt, ...], lost: set[Var], class_of: ClassOf, mixed: Iterable[tuple[type, str]] = ()
    ) -> None:
        self.class_of, self.lost, self.mixed = class_of, lost, mixed
        self.held: dict[tuple[type, str], set[Known | Items | None]] = {}  # what is put into the fields of objects, by their class
        self.foreign = {p.cls for p in function.params} | {cls for _, cls in function.cells}  # the classes of objects that are not made here
        self.foreign |= {type(a.obj) for s in every for a in own_atoms(s) if isinstance(a, Ref)}
        self.stored = {str(s.index.value) for s in every if isinstance(s, Store) and s.op == "setattr" and isinstance(s.index, Const)}
        self.values: dict[Var, Known | Items] = {}
        self.known: dict[Var, Known] = {}  # those of them that are objects
        self.fields: dict[Atom, dict[str, Known | Items | None]] = {}
        self.defs: dict[Atom, Expr] = {s.target: s.value for s in every if isinstance(s, Let)}
        for p in function.params:
            if is_own_class(p.cls) and (p.checked or not is_open(p.cls)):
                self.set(p.var, Known(p.cls, p.checked))
            if (cls := items_of(p)) is not None:
                self.set(p.var, Items(Known(cls), is_keyed(p)))
        for var, cls in function.cells:
            self.set(var, Known(cls) if is_own_class(cls) else None)
        for _ in range(3):  # a join stands before its arms here
            before, self.before, self.held = dict(self.values), self.held, {}
            for stmt in every:
                self.statement(stmt)
            if self.values == before and not any(any(fields.values()) for fields in self.fields.values()):
                break

    def set(self, var: Var | None, what: Known | Items | None) -> None:
        if var is not None and what is not None and var not in self.lost:
            self.values[var] = what
            if isinstance(what, Known):
                self.known[var] = what

    def of(self, atom: Atom) -> Known | Items | None:
        return self.values.get(atom) if isinstance(atom, Var) else _of(atom, {})

    def statement(self, stmt: Stmt) -> None:
        if isinstance(stmt, Let):
            if isinstance(stmt.value, Var):
                self.fields[stmt.target] = self.fields.get(stmt.value, {})
            self.set(stmt.target, what := self.value(stmt.value))
            if isinstance(stmt.value, Call) and getattr(stmt.value.fn, "obj", None) not in (object.__new__, operator.getitem):
                self.foreign.add(getattr(what.item if isinstance(what, Items) else what, "cls", None))
        elif isinstance(stmt, Store):
            self.store(stmt)
        elif isinstance(stmt, Effect) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Method):
            call = stmt.value
            if stmt.value.fn.name in ("append", "insert") and isinstance(call.args[0], Var) and call.args[1:]:
                self.put(call.args[0], self.of(call.args[0]), call.args[-1])
        elif isinstance(stmt, Unpack):
            for k, t in enumerate(stmt.targets):
                self.set(t, self.item(stmt.source) or self.copied(stmt.source, k))
        elif isinstance(stmt, If):
            for j in stmt.joins:
                self.merge(j.target, j.then, j.orelse)
        elif isinstance(stmt, For | While):
            for s in stmt.sources if isinstance(stmt, For) else ():
                self.set(s.target if isinstance(s, Each) else None, self.item(s.sequence) if isinstance(s, Each) else None)
            for c in stmt.carries:
                self.merge(c.target, c.init, c.back)

    def merge(self, target: Var, one: Atom, other: Atom) -> None:
        what = self.of(one)
        self.set(target, self.of(other) if what == Items() and isinstance(self.of(other), Items) else what)
        self.fields[target] = self.fields.get(one, {})

    def store(self, stmt: Store) -> None:
        """A write into a list or an object: until memory is settled, that shows in the name of before, too."""
        what = self.of(stmt.base)
        if stmt.op in ("setattr", "add_field") and isinstance(stmt.index, Const):
            new = {**self.fields.get(stmt.base, {}), str(stmt.index.value): _unsure(self.of(stmt.value))}
            self.fields[stmt.target] = self.fields[stmt.base] = new
            if isinstance(what, Known):
                self.held.setdefault((what.cls, str(stmt.index.value)), set()).add(new[str(stmt.index.value)])
        elif stmt.op in ("append", "insert", "") and stmt.through is None:
            self.put(stmt.target, what, stmt.value)
            if isinstance(stmt.base, Var):
                self.put(stmt.base, what, stmt.value)
            return
        self.set(stmt.target, what)

    def put(self, target: Var, what: Known | Items | None, value: Atom) -> None:
        """A list with something more in it, or something else."""
        new = self.list_of([value])
        new = replace(new, keyed=what.keyed) if isinstance(new, Items) and isinstance(what, Items) else new
        if isinstance(what, Items) and what not in (Items(), new):
            self.lost.add(target)
            self.values.pop(target, None)
        else:
            self.set(target, new if isinstance(what, Items) else what)

    def list_of(self, items: Iterable[Atom]) -> Items | None:
        """A list or tuple of these: of nothing yet, or of objects of one class."""
        classes = {_unsure(self.of(a)) for a in items}
        one = classes.pop() if len(classes) == 1 else None
        return Items(one) if isinstance(one, Known) else None if one is not None or classes else Items() if not tuple(items) else None

    def copied(self, source: Atom, k: int) -> Known | Items | None:
        """One of several values that are copied together."""
        made = self.defs.get(source)
        given = self.defs.get(made.args[0]) if isinstance(made, Call) and getattr(made.fn, "attr", "") == "snapshot" else None
        return self.of(given.items[k]) if isinstance(given, Build) else None

    def item(self, sequence: Atom) -> Known | None:
        what = self.of(sequence)
        return what.item if isinstance(what, Items) and not what.keyed else None

    def value(self, value: Expr) -> Known | Items | None:
        if isinstance(value, Build):
            return self.list_of(value.items) if value.kind in ("list", "tuple") else None
        if isinstance(value, Call) and value.args and isinstance(what := self.of(value.args[0]), Items):
            if isinstance(value.fn, Ref) and value.fn.obj is operator.getitem:
                return what if is_part(self.defs.get(value.args[1])) else what.item
            if isinstance(value.fn, Ref) and any(value.fn.obj is c for c in COPIES) or isinstance(value.fn, Method) and value.fn.name == "copy":
                return what
        if (name := is_field(value)) and isinstance(value, Call) and (field := self.fields.get(value.args[0], {}).get(name)) is not None:
            return field
        if isinstance(value, Call) and isinstance(value.fn, Method) and value.fn.name in self.stored:
            return None  # perhaps of another function than that of the class
        if isinstance(value, Var | Ref):
            return self.of(value)
        return _value(value, self.known, self.class_of) or (self.held_in(value.args[0], name) if name and isinstance(value, Call) else None)

    def held_in(self, owner: Atom, name: str) -> Known | None:
        """The class of a field of an item, where all objects of the class of the items are made here, with one such class in it."""
        cls: Any = getattr(self.of(owner), "cls", None)
        there = [w for w in self.before.get((cls, name), ()) if w is not None] if cls is not None and (cls, name) not in self.mixed else []
        one = there[0] if len(there) == 1 and not any(isinstance(f, type) and issubclass(f, cls) for f in self.foreign) else None
        return one if isinstance(one, Known) else None


def _unsure(what: Known | Items | None) -> Known | Items | None:
    """What was put somewhere: another one may stand there when it is taken out, so that is checked."""
    return replace(what, sure=False) if isinstance(what, Known) else what


def _of(atom: Atom, known: Mapping[Var, Known]) -> Known | None:
    if isinstance(atom, Var):
        return known.get(atom)
    if isinstance(atom, Ref) and is_own_class(type(atom.obj)):
        return Known(type(atom.obj))
    return None


def _value(value: Any, known: Mapping[Var, Known], class_of: ClassOf) -> Known | Items | None:
    if not isinstance(value, Call):
        return None
    if isinstance(value.fn, Local):
        return class_of(value.fn.name)
    if isinstance(value.fn, Method) and value.fn.name == "_replace" or isinstance(value.fn, Ref) and value.fn.obj is dataclasses.replace:
        return _of(value.args[0], known) if value.args else None
    if (behind := _behind(value, known)) is not None:
        owner = _of(value.args[0], known) if value.args else None
        found = class_of(behind)
        return found if owner is None or owner.sure else _unsure(found)
    if isinstance(value.fn, Ref) and is_own_class(value.fn.obj):
        return Known(value.fn.obj, True)
    if isinstance(value.fn, Ref) and value.fn.obj is object.__new__ and isinstance(value.args[0], Ref):
        return Known(value.args[0].obj, True)
    if isinstance(value.fn, Ref) and value.fn.module == "tangentx.runtime" and value.fn.attr in ALIKE:
        return _of(value.args[0], known)
    if isinstance(value.fn, Attribute) and (owner := _of(value.args[0], known)) is not None:
        field = _fields(owner.cls).get(value.fn.name)
        return Known(field) if isinstance(field, type) and is_own_class(field) and not _is_anything(field) else None
    return None


def _is_anything(cls: type) -> bool:
    """Whether an object in a field annotated so may be of any class; but one with an ``append`` of its own would be taken for a list."""
    below: list[type] = type.__subclasses__(cls)
    return is_open(cls) and not any(isinstance(getattr(c, name, None), types.FunctionType) for c in (cls, *below) for name in CHANGES_ITS_OBJECT)


def _behind(call: Call, known: Mapping[Var, Known]) -> Behind | None:
    """The function of the user's that a call, a method or an operator means, and its first argument: of which class it is, or which class."""
    first = call.args[0] if call.args else None
    cls = first.obj if isinstance(first, Ref) and is_own_class(first.obj) else None
    owner = _of(first, known) if first is not None else None
    found: Any = call.fn.obj if isinstance(call.fn, Ref) else None
    if isinstance(found, types.MethodType) and is_own_class(found.__self__):
        cls, owner, found = found.__self__, None, found.__func__
    elif owner is not None and owner.sure and isinstance(call.fn, Method) and call.fn.name not in owner.open | replaced_in(owner.cls):
        found = inspect.getattr_static(owner.cls, call.fn.name, None)
    elif owner is not None and isinstance(call.fn, Ref) and call.fn.module == "operator":
        found = inspect.getattr_static(owner.cls, f"__{call.fn.attr.rstrip('_')}__", None)
    if not isinstance(found, types.FunctionType) or is_library(found):
        return None
    makes = cls is not None or hands_back(found.__code__) or any(is_own_class(found.__globals__.get(name)) for name in found.__code__.co_names)
    of = cls if owner is None else owner.cls
    return Behind(found, of, cls is not None) if makes else None


@lru_cache(maxsize=256)
def _fields(cls: type) -> dict[str, Any]:
    """The annotated fields of a class, as far as their annotations mean something."""
    try:
        return typing.get_type_hints(cls)
    except Exception:  # a name that only a type checker sees
        return {}
