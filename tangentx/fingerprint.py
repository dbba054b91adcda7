"""What a derivative depends on, found without compiling: the function, everything it may call, rules, versions.

The walk starts at the function's code and follows every name in it that means a function, class or module of the user's.
What can change in place (objects, classes, functions, partials, modules) is asked for all that it holds under any name of
the code.  It is generous (a name that is only an attribute may match too), so a change is never missed; it reads no gast, no
template.  The same walk gives two things: a *digest* for the key of the cache on disk, and *watches* (``tangentx.watches``)
that tell, within one process and in microseconds, whether any of those names means something else by now.
"""

from __future__ import annotations

import builtins
import enum
import functools
import hashlib
import importlib.metadata
import inspect
import operator
import re
import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tangentx.codes import asked_of_globals, code_digest, foreign, imported, names_of, noted, source_of
from tangentx.ir.homes import handed_on, home_of, is_registered, names_at_home, path_to, way
from tangentx.rules.declare import is_our_constant, registered
from tangentx.watches import (
    ABSENT,
    BEHIND,
    ClassWatch,
    CodeWatch,
    HandedWatch,
    HolderWatch,
    NameWatch,
    PartialWatch,
    Watch,
    contents,
    has_subclasses,
    is_itself,
    look,
    slots_of,
)

__all__ = ["Fingerprint", "current", "fingerprint", "user_rules"]

MEMBERS = ("__func__", "fget", "fset", "fdel", "func")
PLAIN = (int, float, bool, str, bytes, type(None), type(...))  # of defaults that stand in generated code
PLACES = (types.FunctionType, types.ModuleType)  # which stay what they are: what they hold is watched by itself
GETTERS = (operator.attrgetter, operator.itemgetter, operator.methodcaller)


@dataclass
class Fingerprint:
    """``digest`` covers all that was found; ``watches`` hold while it is still so."""

    digest: str
    watches: tuple[Watch, ...]
    rules: tuple[Any, ...]


def current(found: Fingerprint) -> bool:
    """Whether every name still means what it meant, and no rule of the user's came or went."""
    return all(watch.holds() for watch in found.watches) and user_rules() == found.rules


def fingerprint(fn: types.FunctionType) -> Fingerprint:
    """Walks the function and what it may call."""
    rules = user_rules()
    walk = _Walk()
    walk.visit(fn)
    for word, primitive, rule in rules:
        walk.parts.append(f"rule {word} {_full_name(primitive)}")
        walk.visit(rule)
    digest = hashlib.sha256("\0".join([*_versions(), *walk.parts]).encode("utf-8", "surrogatepass")).hexdigest()
    return Fingerprint(digest, walk.done(), rules)


_USERS: list[tuple[Any, ...]] = [(), ()]


def user_rules() -> tuple[tuple[str, Any, Any], ...]:
    """The rules that did not come with the templates: (word, primitive, rule)."""
    every = tuple(registered().values())
    if every != _USERS[0]:  # the same objects, as a rule, which is quick to see
        _USERS[:] = [every, tuple((r.word, r.primitive, r.function) for r in every if not _of_templates(r.primitive, r.function))]
    return _USERS[1]


def _of_templates(primitive: Any, rule: Any) -> bool:
    if rule is not None:
        return bool(rule.__module__.startswith("tangentx.templates"))
    return not isinstance(primitive, types.FunctionType) or foreign(primitive.__module__ or "") or is_our_constant(primitive)


@dataclass
class _Holder:
    """An object, function or module that a name means; ``asked``: for how many names it has been asked what it holds."""

    place: Any
    name: str
    value: Any
    asked: int = 0


@dataclass
class _Walk:
    """Names lead to values from *places*: globals, cells, what modules, classes and functions hold.  An object found there may be handed
    from one function to another, so it is asked for what it holds under any name that any of the code has."""

    parts: list[str] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    seen: dict[int, Any] = field(default_factory=dict)
    numbers: dict[int, tuple[int, Any]] = field(default_factory=dict)  # two lambdas have one name
    reached: set[tuple[str, bool]] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=lambda: {"__wrapped__": None})  # of all the code
    holders: dict[tuple[int, str], _Holder] = field(default_factory=dict)

    def visit(self, value: Any) -> None:
        """One object that a name means, and all that it leads to."""
        pending = [value]
        while pending:
            self._follow(pending)
            names, new = list(self.names), dict[int, frozenset[str]]()
            for holder in list(self.holders.values()):
                if holder.asked not in new:
                    new[holder.asked] = frozenset(names[holder.asked :])
                pending += self._asked(holder, new[holder.asked])
                holder.asked = len(names)

    def done(self) -> tuple[Watch, ...]:
        """Every watch; what objects hold is watched by all the names that there are."""
        wanted = frozenset(self.names)
        objects = (h for h in self.holders.values() if not isinstance(h.value, PLACES))
        return (*self.watches, *(HolderWatch.of(h.place, h.name, h.value, wanted) for h in objects))

    def _follow(self, pending: list[Any]) -> None:
        """Functions that a value leads to are visited from a list, not by recursion."""
        while pending:
            value = pending.pop()
            if id(value) in self.seen and not isinstance(value, PLAIN):
                continue
            self.seen[id(value)] = value
            if isinstance(value, types.FunctionType):
                pending += reversed(self._function(value))
            elif isinstance(value, type):
                self.parts.append(f"class {_full_name(value)}")
                self._reached(value.__module__, home_of(value) is None)
                if not foreign(value.__module__):
                    pending += self._class(value)
            elif isinstance(value, types.ModuleType):
                self.parts.append(f"module {value.__name__} {getattr(value, '__version__', '')}")
                self._reached(value.__name__, is_registered(value))
            else:
                pending += self._value(value)

    def _meet(self, place: Any, name: str, value: Any, names: Iterable[str] = (), watched: bool = False) -> list[Any]:
        """What a name means in a place; ``watched``: that it means so is watched already, or cannot change."""
        holds = _may_hold(value)
        if not watched and (not holds or is_itself(value)):  # the watch of an object knows its type
            self.watches.append(NameWatch.of(place, name, value))
        if value is ABSENT:
            return []
        self.parts.append(f"{name} = {self._said(value)}")
        if holds:
            self.holders.setdefault((id(place), name), _Holder(place, name, value))
        if isinstance(value, types.ModuleType) and not names and not foreign(value.__name__):
            self.holders.setdefault((id(vars(value)), ""), _Holder(vars(value), "", value))
        return [value, *self._handed(value, names)]

    def _asked(self, holder: _Holder, new: frozenset[str]) -> list[Any]:
        """What an object, a function or a module holds under names that are new; of other objects in it the type is all that matters."""
        inside, found = contents(holder.value), list[Any]()
        for name in sorted(new.intersection(inside)) if inside else ():
            value = inside[name]
            if isinstance(holder.value, PLACES):
                found += self._meet(inside, name, value)
            elif is_itself(value):
                found += self._meet(inside, name, value, watched=True)
            else:
                self.parts.append(f"{name} in {holder.name} = {self._said(value)}")
        return found

    def _said(self, value: Any) -> str:
        """A value's name in the digest; one of a type that says nothing of it by that."""
        if not is_itself(value):
            return _full_name(type(value))
        if isinstance(value, BEHIND):
            return f"{type(value).__name__} {[self._said(inner) for inner in _behind(value)]}"
        return f"{_full_name(value)} {self.numbers.setdefault(id(value), (len(self.numbers), value))[0]}"

    def _function(self, fn: types.FunctionType) -> list[Any]:
        self.parts.append(f"function {_full_name(fn)}")
        if (made := fn.__dict__.get("__tangentx__")) is not None:
            self.parts.append(f"derivative {made.mode} {made.wrt} {made.single} {made.optimise}")
            return [made.function]
        written_here = "__tangentx_shown__" in fn.__dict__  # by tangentx, to call a library's function
        if foreign(fn.__module__ or "") and not written_here and not (fn.__module__ or "").startswith("tangentx.generated."):
            return []
        self.watches.append(CodeWatch.of(fn))
        self.parts += [source_of(fn.__code__, fn.__globals__), code_digest(fn.__code__)]
        module = fn.__globals__.get("__name__", "__main__")
        self._reached(module, names_at_home(module, fn.__globals__) is None)
        self.parts += [_plain(dict(enumerate(fn.__defaults__ or ()))), _plain(fn.__kwdefaults__ or {})]
        self.parts += [path_to(fn)] if fn.__defaults__ or fn.__kwdefaults__ else []
        self.holders.setdefault((id(fn.__dict__), ""), _Holder(fn.__dict__, "", fn))
        names = list(names_of(fn.__code__) | dict.fromkeys(noted(fn)))
        self.names |= dict.fromkeys(names)
        found = []
        for place, name in _places(fn, names):
            found += self._meet(place, name, value := look(place, name), names)
            if isinstance(value, types.ModuleType):
                found += self._of_module(value, names)
        for module in imported(fn):
            found += [module, *self._of_module(module, names)]
        notes = [inner for note in fn.__annotations__.values() for inner in (note, *typing.get_args(note))]
        found += [c for c in (*notes, _stands_in(fn)) if isinstance(c, type)]
        defaults = {**{str(k): d for k, d in enumerate(fn.__defaults__ or ())}, **(fn.__kwdefaults__ or {})}
        return found + [v for name, d in defaults.items() for v in self._meet(defaults, name, d, names, watched=True)]

    def _class(self, cls: type) -> list[Any]:
        """The classes that it inherits from, and whatever stands in it."""
        above = [c for c in (*cls.__mro__[1:], type(cls)) if not foreign(c.__module__)]
        self.watches.append(ClassWatch.of(cls))
        self.parts.append(f"bases {[_full_name(base) for base in cls.__mro__[1:]]}, subclasses {has_subclasses(cls)}")
        found: list[Any] = []
        inside = vars(cls)
        members = vars(cls)["_member_map_"] if isinstance(cls, enum.EnumMeta) else {}
        for place in (inside, members):
            for name, value in place.items():
                if is_itself(value) or not name.startswith("__"):
                    found += self._meet(place, name, value, watched=True)
        return [*above, *found]

    def _reached(self, module: str, found: bool) -> None:
        """By which name generated code reaches a module of the user's."""
        if (module, found) in self.reached or foreign(module):
            return
        self.reached.add((module, found))
        self.parts.append(f"{module} {way(module, found)}")
        parts = module.split(".")
        links = [(getattr(sys.modules.get(".".join(parts[:k])), "__dict__", None), parts[k]) for k in range(1, len(parts))]
        for place, name in ((sys.modules, module), *links):
            if isinstance(place, dict):
                self.watches.append(NameWatch.of(place, name, look(place, name)))

    def _of_module(self, module: types.ModuleType, names: list[str]) -> list[Any]:
        """What ``module.name`` and ``module.inner.name`` may mean, for the names of the code; of the user's modules only."""
        found, modules, seen = [], [module], {id(module)}
        while modules:
            module = modules.pop()
            inside = {} if foreign(module.__name__) else vars(module)
            for name in [n for n in names if n in inside]:
                value = inside[name]
                found += self._meet(inside, name, value, names)
                if isinstance(value, types.ModuleType) and id(value) not in seen:
                    seen.add(id(value))
                    modules.append(value)
        return found

    def _handed(self, value: Any, names: Iterable[str]) -> list[Any]:
        """What an object or a module hands on by ``__getattr__``, for the names of the code."""
        home = value.__name__ if (module := isinstance(value, types.ModuleType)) else type(value).__module__
        found: list[Any] = []
        for name in names if ("__getattr__" in vars(value) if module else hasattr(type(value), "__getattr__")) and not foreign(home) else ():
            if callable(now := handed_on(value, name)) or isinstance(now, types.ModuleType):
                self.parts.append(f"{name} handed on = {self._said(now)}")
                self.watches.append(HandedWatch(value, name, now))
                found += [now] if module else []
        return found

    def _value(self, value: Any) -> list[Any]:
        """Wrapped functions, bound methods, partials, getters, and instances of the user's classes."""
        self.parts.append(f"value {_full_name(type(value))}")
        if isinstance(value, functools.partial):
            self.watches.append(PartialWatch.of(value))
            fixed = {"func": value.func, **{str(k): a for k, a in enumerate(value.args)}}
            found = [v for name, part in fixed.items() for v in self._meet(fixed, name, part, watched=True)]
            return found + [v for name, part in value.keywords.items() for v in self._meet(value.keywords, name, part)]
        if isinstance(value, types.MethodType):
            fixed = {"__self__": value.__self__}
            return [*self._meet(fixed, "__self__", value.__self__, watched=True), value.__func__]
        if isinstance(value, BEHIND):
            return _behind(value)
        if isinstance(value, GETTERS):
            self.names |= dict.fromkeys(re.findall(r"\w+", _full_name(value)))
        inner = [getattr(value, name, None) for name in ("__wrapped__", "py_func", "func")] if callable(value) else []
        found = [f for f in inner if isinstance(f, types.FunctionType | functools.partial)]
        return found if foreign(type(value).__module__) else [*found, type(value)]


def _stands_in(fn: types.FunctionType) -> Any:
    """The class of the module in which a function stands, which its first parameter is taken for."""
    outer = fn.__qualname__.split(".")[:-1]
    return fn.__globals__.get(outer[-1]) if outer else None


def _behind(member: Any) -> list[Any]:
    """What stands behind a method, a property, a class method, ..."""
    return [inner for name in MEMBERS if callable(inner := getattr(member, name, None))]


def _may_hold(value: Any) -> bool:
    """Whether a value is an object with attributes that can be changed; modules, classes and functions are places of their own."""
    if type(value) in PLAIN or isinstance(value, (*PLACES, types.MethodType, type, functools.partial, *BEHIND)):
        return False
    if callable(value) and foreign(type(value).__module__):
        return False
    return hasattr(type(value), "__dict__") and (bool(slots_of(type(value))) or hasattr(value, "__dict__"))


def _places(fn: types.FunctionType, names: list[str]) -> Iterator[tuple[Any, str]]:
    """Where each name is looked up: closure cells, then globals; builtins are watched, lest a global should shadow them, and what is not there."""
    cells: Mapping[str, Any] = dict(zip(fn.__code__.co_freevars, fn.__closure__ or ()))
    asked = asked_of_globals(fn.__code__)
    for name in names:
        if name in cells:
            yield cells[name], name
        elif name in asked or name in fn.__globals__ or hasattr(builtins, name):
            yield fn.__globals__, name


def _plain(defaults: dict[Any, Any]) -> str:
    """Defaults: numbers and texts by their values, which the derivative has in its text; anything else by its name, or its type."""
    if not defaults:
        return ""
    return repr([(k, d if isinstance(d, PLAIN) else _full_name(d if callable(d) else type(d))) for k, d in defaults.items()])


def _full_name(value: Any) -> str:
    if isinstance(value, types.ModuleType):
        return value.__name__
    if isinstance(value, functools.partial):
        return f"{_full_name(value.func)} with {_plain(dict(enumerate(value.args)))} {_plain(value.keywords)}"
    if isinstance(value, inspect.Signature):
        return f"signature {value}"
    if isinstance(value, GETTERS):
        reduced: Any = value.__reduce__()
        return f"{_full_name(reduced[0])} of {_plain(dict(enumerate(reduced[1])))}"
    if isinstance(value, types.BuiltinFunctionType) and not isinstance(value.__self__, types.ModuleType | type(None)):
        return f"{_full_name(value.__self__)}.{value.__name__}"  # np.add.reduce
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    return f"{getattr(value, '__module__', '')}.{name}" if name else _full_name(type(value))


@functools.cache
def _versions() -> tuple[str, ...]:
    """The tools, and the text of the compiler and its rulebook, so that a checkout being worked on is never served stale."""
    tools = [f"{name} {importlib.metadata.version(name)}" for name in ("gast", "astor", "black")]
    return (*tools, hashlib.sha256(b"\0".join(path.read_bytes() for path in _own_files())).hexdigest())


def _own_files() -> list[Path]:
    package = Path(__file__).parent
    templates = package / "templates"
    rooms = [package, templates if templates.is_dir() else package.parent / "templates"]
    return sorted(path for room in rooms for path in room.rglob("*.py"))
