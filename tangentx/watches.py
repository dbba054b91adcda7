"""Watches: whether a name still means what it meant when a derivative was made, told in a fraction of a microsecond.

act = np.sin             the object itself, for whatever can be called, modules and descriptors
scale = 2.0              its type only: numbers, arrays and objects are read when the derivative is called
ns.act, Cfg.act, f.act   what objects, classes and functions hold, by the same two rules
"""

from __future__ import annotations

import functools
import inspect
import operator
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tangentx.ir.homes import handed_on

__all__ = [
    "ABSENT",
    "BEHIND",
    "ClassWatch",
    "CodeWatch",
    "HandedWatch",
    "HolderWatch",
    "NameWatch",
    "PartialWatch",
    "Watch",
    "contents",
    "has_subclasses",
    "is_itself",
    "look",
    "slots_of",
]

ABSENT = object()
BEHIND = (staticmethod, classmethod, property, functools.cached_property, functools.partialmethod)
HELD = (types.ModuleType, inspect.Signature, *BEHIND)  # none is called, and all are read as they are
SLOTS = ("member_descriptor", "_tuplegetter")


def look(place: Any, name: str) -> Any:
    """What a name means in a dictionary; or what a cell has in it."""
    if isinstance(place, dict | types.MappingProxyType):
        return place.get(name, ABSENT)
    try:
        return place.cell_contents
    except ValueError:
        return ABSENT


def is_itself(value: Any) -> bool:
    """Whether it matters which object this is; of others, only of what type."""
    return value is ABSENT or callable(value) or isinstance(value, HELD)


def contents(value: Any, slots: tuple[tuple[str, Any], ...] | None = None) -> Mapping[str, Any]:
    """The attributes that an object has of its own: in its dictionary, its slots or its fields.

    >>> dict(contents(types.SimpleNamespace(a=1))), dict(contents(2.0))
    ({'a': 1}, {})
    """
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        own = {}
    slots = slots_of(type(value)) if slots is None else slots
    return own if not slots else {**own, **{name: held for name, slot in slots if (held := _in_slot(slot, value)) is not ABSENT}}


def slots_of(cls: type) -> tuple[tuple[str, Any], ...]:
    """The slots of a class, and the fields of a named tuple, with what reads them."""
    above = [vars(c) for c in reversed(cls.__mro__) if "__slots__" in vars(c)]
    return tuple((name, slot) for inside in above for name, slot in inside.items() if type(slot).__name__ in SLOTS)


def _in_slot(slot: Any, value: Any) -> Any:
    try:
        return slot.__get__(value)
    except AttributeError:
        return ABSENT


def _as_watched(value: Any) -> tuple[bool, Any]:
    return (False, value) if is_itself(value) else (True, type(value))


@dataclass(frozen=True, slots=True)
class NameWatch:
    """``place[name]`` (or, for a cell, its contents) was this object, or one of this type."""

    place: Any
    name: str
    typed: bool
    was: Any

    @classmethod
    def of(cls, place: Any, name: str, value: Any) -> NameWatch:
        return cls(place, name, *_as_watched(value))

    def holds(self) -> bool:
        now = look(self.place, self.name)
        return (type(now) if self.typed else now) is self.was


@dataclass(frozen=True, slots=True)
class HolderWatch:
    """``place[name]`` was an object of this class, and held this under the names that the code has; it is not kept alive."""

    place: Any
    name: str
    cls: type
    wanted: frozenset[str]
    names: tuple[str, ...]
    slots: tuple[tuple[str, Any], ...]
    held: tuple[tuple[str, bool, Any], ...]

    @classmethod
    def of(cls, place: Any, name: str, value: Any, wanted: frozenset[str]) -> HolderWatch:
        slots = slots_of(type(value))
        inside = contents(value, slots)
        held = tuple((n, *_as_watched(v)) for n, v in inside.items() if n in wanted)
        return cls(place, name, type(value), wanted, tuple(inside), slots, held)

    def holds(self) -> bool:
        value = look(self.place, self.name)
        if type(value) is not self.cls:
            return False
        inside = contents(value, self.slots)
        if tuple(inside) != self.names and self.wanted.intersection(inside) != {n for n, _, _ in self.held}:
            return False
        for name, typed, was in self.held:
            now = inside.get(name, ABSENT)
            if (type(now) if typed else now) is not was:
                return False
        return True


@dataclass(frozen=True, slots=True)
class CodeWatch:
    """A function has the same code and the same defaults."""

    function: types.FunctionType
    code: types.CodeType
    defaults: Any
    keywords: dict[str, Any] | None

    @classmethod
    def of(cls, function: types.FunctionType) -> CodeWatch:
        keywords = function.__kwdefaults__
        return cls(function, function.__code__, function.__defaults__, None if keywords is None else dict(keywords))

    def holds(self) -> bool:
        function = self.function
        same = function.__code__ is self.code and function.__defaults__ is self.defaults
        return same and (function.__kwdefaults__ is self.keywords or _same_items(function.__kwdefaults__, self.keywords))


def _same_items(now: Mapping[str, Any] | None, was: Mapping[str, Any] | None) -> bool:
    """Whether two mappings have the same objects under the same names."""
    if not now or not was:
        return not now and not was
    return tuple(now) == tuple(was) and all(map(operator.is_, now.values(), was.values()))


@dataclass(frozen=True, slots=True)
class HandedWatch:
    """What an object hands on by ``__getattr__``."""

    owner: Any
    name: str
    was: Any

    def holds(self) -> bool:
        return handed_on(self.owner, self.name) is self.was


@dataclass(frozen=True, slots=True)
class ClassWatch:
    """A class has the same bases and names, and behind each the same object, or a value of the same type; it has subclasses or none."""

    cls: type
    bases: tuple[type, ...]
    names: tuple[str, ...]
    values: tuple[Any, ...]
    below: bool

    @classmethod
    def of(cls, watched: type) -> ClassWatch:
        inside = vars(watched)
        return cls(watched, watched.__bases__, tuple(inside), tuple(inside.values()), has_subclasses(watched))

    def holds(self) -> bool:
        inside = vars(self.cls)
        if self.cls.__bases__ is not self.bases or tuple(inside) != self.names or has_subclasses(self.cls) != self.below:
            return False
        now = inside.values()
        return all(map(operator.is_, now, self.values)) or all(map(_alike, now, self.values))


def has_subclasses(cls: type) -> bool:
    """Whether there are subclasses by now: an item of a list of such objects may be of one."""
    return bool(type.__subclasses__(cls))


def _alike(now: Any, was: Any) -> bool:
    return now is was or (type(now) is type(was) and not is_itself(was))


@dataclass(frozen=True, slots=True)
class PartialWatch:
    """A partial, which can be changed in place, has the same function, and arguments alike."""

    partial: functools.partial[Any]
    function: Any
    args: tuple[Any, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, partial: functools.partial[Any]) -> PartialWatch:
        return cls(partial, partial.func, partial.args, tuple(partial.keywords))

    def holds(self) -> bool:
        partial = self.partial
        return partial.func is self.function and partial.args is self.args and tuple(partial.keywords) == self.names


Watch = NameWatch | HolderWatch | CodeWatch | HandedWatch | ClassWatch | PartialWatch
