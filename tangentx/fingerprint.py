"""What a derivative depends on, found without compiling: the function, everything it may call, rules, versions.

The walk starts at the function's code and follows every name in it that means a function, class or module of the user's.
It is generous (a name that is only an attribute may match too), so a change is never missed; it reads no gast, no
template.  The same walk gives two things: a *digest* for the key of the cache on disk, and *watches* that tell, within
one process and in microseconds, whether any of those names means something else by now.
"""

from __future__ import annotations

import builtins
import functools
import hashlib
import importlib.metadata
import linecache
import os
import re
import sys
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tangentx.ir.homes import code_within, handed_on, home_of, is_registered, names_at_home, path_to, way
from tangentx.rules.declare import is_our_constant, registered

__all__ = ["Fingerprint", "current", "fingerprint", "user_rules"]

_FOREIGN = frozenset({"numpy", "scipy", "cupy", "tangentx"})  # their version stands for them
_ABSENT = object()
BEHIND = (staticmethod, classmethod, property, functools.cached_property, functools.partialmethod)
MEMBERS = ("__func__", "fget", "fset", "fdel", "func")
PLAIN = (int, float, bool, str, bytes, type(None), type(...))  # of defaults that stand in generated code


@dataclass(frozen=True, slots=True)
class _Watch:
    """``place[name]`` (or, for a cell, its contents) was this object; of plain values only the type matters."""

    place: Any
    name: str
    was: Any

    def holds(self) -> bool:
        return _watched(_look(self.place, self.name)) is self.was


@dataclass(frozen=True, slots=True)
class _CodeWatch:
    function: types.FunctionType
    code: types.CodeType
    defaults: Any
    keywords: str

    def holds(self) -> bool:
        same = self.function.__code__ is self.code and self.function.__defaults__ is self.defaults
        return same and _plain(self.function.__kwdefaults__ or {}) == self.keywords


@dataclass(frozen=True, slots=True)
class _HandedWatch:
    owner: Any
    name: str
    was: Any

    def holds(self) -> bool:
        return handed_on(self.owner, self.name) is self.was


@dataclass(frozen=True, slots=True)
class _ClassWatch:
    """A class has the same bases and names, and behind each a value of the same type."""

    cls: type
    bases: tuple[type, ...]
    names: tuple[str, ...]
    types: tuple[type, ...]

    @classmethod
    def of(cls, watched: type) -> _ClassWatch:
        inside = vars(watched)
        return cls(watched, watched.__bases__, tuple(inside), tuple(map(type, inside.values())))

    def holds(self) -> bool:
        inside = vars(self.cls)
        return self.cls.__bases__ is self.bases and tuple(inside) == self.names and tuple(map(type, inside.values())) == self.types


Watch = _Watch | _CodeWatch | _HandedWatch | _ClassWatch


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
    return Fingerprint(digest, tuple(walk.watches), rules)


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
    return not isinstance(primitive, types.FunctionType) or _foreign(primitive.__module__ or "") or is_our_constant(primitive)


@dataclass
class _Walk:
    parts: list[str] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)
    seen: dict[int, Any] = field(default_factory=dict)
    reached: set[tuple[str, bool]] = field(default_factory=set)

    def visit(self, value: Any) -> None:
        """One object that a name means; functions that it leads to are visited from a list, not by recursion."""
        pending = [value]
        while pending:
            value = pending.pop()
            if isinstance(value, types.FunctionType | type | types.ModuleType) and id(value) in self.seen:
                continue
            self.seen[id(value)] = value
            if isinstance(value, types.FunctionType):
                pending += reversed(self._function(value))
            elif isinstance(value, type):
                self.parts.append(f"class {_full_name(value)}")
                self._reached(value.__module__, home_of(value) is None)
                if not _foreign(value.__module__):
                    pending += self._class(value)
            elif isinstance(value, types.ModuleType):
                self.parts.append(f"module {value.__name__} {getattr(value, '__version__', '')}")
                self._reached(value.__name__, is_registered(value))
            else:
                pending += self._value(value)

    def _function(self, fn: types.FunctionType) -> list[Any]:
        self.parts.append(f"function {_full_name(fn)}")
        if (made := fn.__dict__.get("__tangentx__")) is not None:
            self.parts.append(f"derivative {made.mode} {made.wrt} {made.single} {made.optimise}")
            return [made.function]
        written_here = "__tangentx_shown__" in fn.__dict__  # by tangentx, to call a library's function
        if _foreign(fn.__module__ or "") and not written_here and not (fn.__module__ or "").startswith("tangentx.generated."):
            return []
        self.watches.append(_CodeWatch(fn, fn.__code__, fn.__defaults__, _plain(fn.__kwdefaults__ or {})))
        self.parts += [_source(fn.__code__, fn.__globals__), _code_digest(fn.__code__)]
        module = fn.__globals__.get("__name__", "__main__")
        self._reached(module, names_at_home(module, fn.__globals__) is None)
        self.parts += [_plain(dict(enumerate(fn.__defaults__ or ()))), _plain(fn.__kwdefaults__ or {})]
        self.parts += [path_to(fn)] if fn.__defaults__ or fn.__kwdefaults__ else []
        found = []
        names = list(_names(fn.__code__) | dict.fromkeys(_noted(fn)))
        for place, name in _places(fn, names):
            value = _look(place, name)
            self.watches.append(_Watch(place, name, _watched(value)))
            if value is not _ABSENT:
                self.parts.append(f"{name} = {_full_name(value) if _named(value) else type(value).__name__}")
                found.append(value)
                if isinstance(value, types.ModuleType):
                    found += self._of_module(value, names)
                self._handed(value, names)
        found += [c for c in (*fn.__annotations__.values(), _stands_in(fn)) if isinstance(c, type)]
        found += [d for d in (*(fn.__defaults__ or ()), *(fn.__kwdefaults__ or {}).values()) if isinstance(d, types.FunctionType)]
        return found

    def _class(self, cls: type) -> list[Any]:
        """The classes that it inherits from, and the functions that it calls by a name; a name of theirs may become one of its own."""
        above = [c for c in cls.__mro__[1:] if not _foreign(c.__module__)]
        inherited = dict.fromkeys(name for c in above for name, v in vars(c).items() if _functions(v))
        self.watches.append(_ClassWatch.of(cls))
        self.parts.append(f"bases {[_full_name(base) for base in cls.__mro__[1:]]}")
        found: list[Any] = []
        for name, value in {**dict.fromkeys(inherited, _ABSENT), **vars(cls)}.items():
            if (functions := _functions(value)) or name in inherited:
                self.watches.append(_Watch(vars(cls), name, _watched(value)))
                self.parts += [f"{name} = {type(value).__name__}"] if functions else []
                found += functions
            elif hasattr(type(value), "__get__") and not _foreign(type(value).__module__):  # a descriptor of the user's
                self.parts.append(f"{name} = {_full_name(type(value))}")
                found.append(type(value))
        return [*above, *found]

    def _reached(self, module: str, found: bool) -> None:
        """By which name generated code reaches a module of the user's."""
        if (module, found) in self.reached or _foreign(module):
            return
        self.reached.add((module, found))
        self.parts.append(f"{module} {way(module, found)}")
        parts = module.split(".")
        links = [(getattr(sys.modules.get(".".join(parts[:k])), "__dict__", None), parts[k]) for k in range(1, len(parts))]
        for place, name in ((sys.modules, module), *links):
            if isinstance(place, dict):
                self.watches.append(_Watch(place, name, _watched(_look(place, name))))

    def _of_module(self, module: types.ModuleType, names: list[str]) -> list[Any]:
        """What ``module.name`` and ``module.inner.name`` may mean, for the names of the code; of the user's modules only."""
        found, modules, seen = [], [module], {id(module)}
        while modules:
            module = modules.pop()
            if _foreign(module.__name__):
                continue
            for name in names:
                value = vars(module).get(name, _ABSENT)
                if value is _ABSENT:
                    continue
                self.watches.append(_Watch(vars(module), name, _watched(value)))
                found.append(value)
                self._handed(value, names)
                if isinstance(value, types.ModuleType) and id(value) not in seen:
                    seen.add(id(value))
                    modules.append(value)
        return found

    def _handed(self, value: Any, names: list[str]) -> None:
        """What an object hands on by ``__getattr__``, for the names of the code."""
        for name in names if hasattr(type(value), "__getattr__") and not _foreign(type(value).__module__) else ():
            if callable(now := handed_on(value, name)) or isinstance(now, types.ModuleType):
                self.parts.append(f"{name} handed on = {_full_name(now)}")
                self.watches.append(_HandedWatch(value, name, now))

    def _value(self, value: Any) -> list[Any]:
        """Wrapped functions, bound methods, and instances of the user's classes."""
        self.parts.append(f"value {_full_name(type(value))}")
        inner = [getattr(value, name, None) for name in ("__wrapped__", "__func__", "py_func", "func")] if callable(value) else []
        found: list[Any] = [f for f in inner if isinstance(f, types.FunctionType | functools.partial)]
        return found if _foreign(type(value).__module__) else [*found, type(value)]


def _names(code: types.CodeType) -> dict[str, None]:
    """The names that the code and the functions inside it use, but for plain locals."""
    return dict.fromkeys(name for inner in code_within(code) for name in (*inner.co_names, *inner.co_freevars))


def _noted(fn: types.FunctionType) -> list[str]:
    """The names in annotations that are texts."""
    return [name for note in fn.__annotations__.values() if isinstance(note, str) for name in re.findall(r"\w+", note)]


def _stands_in(fn: types.FunctionType) -> Any:
    """The class of the module in which a function stands, which its first parameter is taken for."""
    outer = fn.__qualname__.split(".")[:-1]
    return fn.__globals__.get(outer[-1]) if outer else None


def _functions(member: Any) -> list[types.FunctionType]:
    """The functions behind a member of a class: of a method, a property, a class method, ..."""
    inner = (member, *(getattr(member, name, None) for name in MEMBERS)) if isinstance(member, BEHIND) else (member,)
    return [f for f in inner if isinstance(f, types.FunctionType)]


def _places(fn: types.FunctionType, names: list[str]) -> Iterator[tuple[Any, str]]:
    """Where each name is looked up: closure cells, then globals; builtins are watched, lest a global should shadow them."""
    cells: Mapping[str, Any] = dict(zip(fn.__code__.co_freevars, fn.__closure__ or ()))
    for name in names:
        if name in cells:
            yield cells[name], name
        elif name in fn.__globals__ or hasattr(builtins, name):
            yield fn.__globals__, name


def _plain(defaults: dict[Any, Any]) -> str:
    """Defaults: numbers and texts by their values, which the derivative has in its text; anything else by its name, or its type."""
    if not defaults:
        return ""
    return repr([(k, d if isinstance(d, PLAIN) else _full_name(d if _named(d) else type(d))) for k, d in defaults.items()])


def _look(place: Any, name: str) -> Any:
    if isinstance(place, dict | types.MappingProxyType):
        return place.get(name, _ABSENT)
    try:
        return place.cell_contents
    except ValueError:
        return _ABSENT


def _named(value: Any) -> bool:
    return isinstance(value, types.FunctionType | types.BuiltinFunctionType | types.ModuleType | type) or callable(value)


def _watched(value: Any) -> Any:
    return value if value is _ABSENT or _named(value) or isinstance(value, BEHIND) else type(value)


def _full_name(value: Any) -> str:
    if isinstance(value, types.ModuleType):
        return value.__name__
    if isinstance(value, functools.partial):
        return f"{_full_name(value.func)} with {_plain(dict(enumerate(value.args)))} {_plain(value.keywords)}"
    if isinstance(value, types.BuiltinFunctionType) and not isinstance(value.__self__, types.ModuleType | type(None)):
        return f"{_full_name(value.__self__)}.{value.__name__}"  # np.add.reduce
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    return f"{getattr(value, '__module__', '')}.{name}" if name else _full_name(type(value))


def _code_digest(code: types.CodeType) -> str:
    """The hash of what the code does; tells two lambdas of one line apart, and code from a file that has changed since."""
    parts = [code.co_code.hex(), repr(code.co_names), repr(code.co_varnames), repr(code.co_freevars)]
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            parts.append(_code_digest(constant))
        else:
            parts.append(repr(sorted(map(repr, constant))) if isinstance(constant, frozenset) else repr(constant))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _source(code: types.CodeType, scope: dict[str, Any]) -> str:
    """Place and text of the lines that the code came from: comments are printed again, and headers name the lines."""
    linecache.checkcache(code.co_filename)
    lines = linecache.getlines(code.co_filename, scope)
    last = _last_line(code)
    return f"{code.co_filename}:{code.co_firstlineno}\n" + "".join(lines[max(0, code.co_firstlineno - 1) : last])


def _last_line(code: types.CodeType) -> int:
    return max((line for inner in code_within(code) for *_, line in inner.co_lines() if line is not None), default=0)


@functools.cache
def _foreign(module: str) -> bool:
    """Whether a module belongs to Python or to a library that the rulebook describes."""
    top = module.partition(".")[0]
    if top in _FOREIGN or top in sys.builtin_module_names:
        return True
    path = getattr(sys.modules.get(top), "__file__", None) or ""
    standard = os.path.dirname(os.__file__)
    return top in sys.stdlib_module_names and os.path.dirname(path).startswith(standard) and "site-packages" not in path


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
