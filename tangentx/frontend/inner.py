"""Functions defined inside of a function: each call is replaced by the body.

    def f(x):                              Function f(x)
        def g(t):                              (nothing for the def)
            u = t * x                  ==>     u = 2 * x
            return u + 1                       u_plus_1 = u + 1
        return g(2)                            return u_plus_1

What such a function captures is read where it is called, as Python does.  Its own locals get keys of their own
(``u@1``) while its body is lowered; the IR's names are the user's.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import gast

from tangentx.frontend.desugar import desugar
from tangentx.frontend.liveness import assigned
from tangentx.frontend.matching import Static
from tangentx.frontend.renamed import Renamed
from tangentx.frontend.scopes import bound_names, nonlocals, own_nodes, written_into
from tangentx.ir.nodes import Atom, Place

__all__ = [
    "Choice", "Closure", "Derivative", "Display", "Known", "Lost", "captured", "captures", "closures", "held", "instance", "mark_writes",
    "reached", "stamp",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Closure:
    """A def or lambda inside of the function, with its defaults as they were when it was met."""

    node: Any
    name: str
    defaults: tuple[tuple[str, Any], ...]  # atoms, and what is known

    @property
    def body(self) -> list[Any]:
        """Its statements; of a lambda the expression."""
        return self.node.body if isinstance(self.node.body, list) else [self.node.body]

    @cached_property
    def reads(self) -> list[str]:
        """The names that it reads and does not assign."""
        stored = {n.id for b in self.body for n in gast.walk(b) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)}
        own = {*self.all_parameters, *(stored - set(nonlocals(self.body)))}
        return [name for name in dict.fromkeys([*_reads(self.body), *self.writes]) if name not in own]

    @cached_property
    def writes(self) -> list[str]:
        """The names of functions around that it, or a function in it, writes or writes into."""
        return [] if isinstance(self.node, gast.Lambda) else written(self.node)

    @property
    def parameters(self) -> list[str]:
        """Its parameters in order: only named ones are supported."""
        return [a.id for a in (*self.node.args.posonlyargs, *self.node.args.args, *self.node.args.kwonlyargs)]

    @property
    def all_parameters(self) -> list[str]:
        """These, and what takes the rest of the arguments."""
        return [*self.parameters, *(a.id for a in (self.node.args.vararg, self.node.args.kwarg) if a)]

    @property
    def positional(self) -> int:
        """How many of them a call may give by position."""
        return len(self.node.args.posonlyargs) + len(self.node.args.args)


@dataclass(frozen=True, eq=False)
class Derivative:
    """``tx.grad(g)`` of a local function: it can be called, as a local function can."""

    closure: Closure
    mode: str
    wrt: tuple[str, ...]
    single: bool = True

    @property
    def name(self) -> str:
        """For messages."""
        return f"{self.mode}({self.closure.name})"


@dataclass(frozen=True, eq=False)
class Display:
    """A tuple, list or dict with local functions in it: it is never changed, and the IR has nothing of it.

    The items are atoms and what is known; those of a dict alternate key, value, as in a ``Build``.
    """

    kind: str
    items: tuple[Any, ...]

    @property
    def name(self) -> str:
        """For messages."""
        return f"a {self.kind} with local functions in it"


@dataclass(frozen=True, eq=False)
class Choice:
    """One of two values, as the test has decided; at least one of them is known."""

    test: Atom
    then: Any
    orelse: Any

    @property
    def name(self) -> str:
        """For messages."""
        return str(next(v.name for v in (self.then, self.orelse) if isinstance(v, Known)))


Known = Closure | Derivative | Display | Choice


def closures(value: Any) -> Iterator[Closure]:
    """The local functions in a value."""
    parts: tuple[Any, ...] = ()
    if isinstance(value, Closure):
        yield value
        parts = tuple(default for _, default in value.defaults)
    elif isinstance(value, Derivative):
        parts = (value.closure,)
    elif isinstance(value, Display):
        parts = value.items
    elif isinstance(value, Choice):
        parts = (value.then, value.orelse)
    for part in parts:
        yield from closures(part)


def held(env: dict[str, Any], *values: Any) -> set[str]:
    """The names that what is known reads when it is called, and what these names stand for."""
    found: set[str] = set()
    waiting = list(values)
    while waiting:
        for name in (n for closure in closures(waiting.pop()) for n in closure.reads if n not in found):
            found.add(name)
            if isinstance(other := env.get(name), Known):
                waiting.append(other)
    return found


@dataclass(frozen=True)
class Lost:
    """A name that may have either value: the one it had before a try, or the one it got in there."""

    name: str
    place: Place

    @property
    def reason(self) -> str:
        """For messages."""
        return f"{self.name.partition('@')[0]!r} is assigned in a try that fails, and read after that: which value it has depends on where"


def captured(closure: Closure, known: Iterable[str], env: dict[str, Any]) -> list[str]:
    """The names of the function around that the body, or a local function that it calls, reads; in the order of ``known``."""
    reads = held(env, closure)
    return [name for name in dict.fromkeys(known) if name in reads]


def reached(closure: Closure, env: dict[str, Any]) -> dict[str, Any]:
    """The local functions that one calls, and those that these call: by name."""
    found: dict[str, Any] = {}
    for name in sorted(held(env, closure)):
        if isinstance(env.get(name), Known):
            found[name] = env[name]
            found.update((f"{name} of {k}", inner) for k, inner in enumerate(closures(env[name])) if inner is not env[name])
    return found


def written(function: Any) -> list[str]:
    """The names of functions around that a def, or a function in it, declares as nonlocal, or writes into."""
    own = {n.id for n in gast.walk(function.args) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Param)} | bound_names(function.body)
    inner = [n for n in own_nodes(function.body) if isinstance(n, gast.FunctionDef)]
    into = [*written_into(function.body), *(name for f in inner for name in written(f))]
    outer = nonlocals(function.body)
    return list(dict.fromkeys([*outer, *(name for name in into if name in outer or name not in own)]))


def instance(closure: Closure, number: int, static: Static) -> tuple[list[Any], dict[str, str]]:
    """The desugared body for one call, its locals renamed, and the new key of each local."""
    body = desugar(copy.deepcopy(closure.node), static)
    own = {*closure.all_parameters, *bound_names(body)} - set(nonlocals(body))
    keys = {name: f"{name}@{number}" for name in [*closure.all_parameters, *assigned(body)] if name in own}
    renamed = [Renamed(keys).visit(stmt) for stmt in body]
    return renamed, keys


def stamp(body: list[Any], origin: int) -> None:
    """Notes that these statements are those of a function from elsewhere."""
    for stmt in body:
        for node in gast.walk(stmt):
            node.origin = origin


def captures(body: list[Any]) -> dict[str, list[str]]:
    """For each function defined in the body the names that its own body reads."""
    found: dict[str, list[str]] = {}
    for stmt in body:
        for node in gast.walk(stmt):
            if isinstance(node, gast.FunctionDef):
                found.setdefault(node.name, []).extend([*_reads(node.body), *nonlocals(node.body)])
            elif isinstance(node, gast.Assign) and isinstance(node.value, gast.Lambda):
                for target in node.targets:
                    if isinstance(target, gast.Name):
                        found.setdefault(target.id, []).extend(_reads([node.value.body]))
    return found


def mark_writes(body: list[Any], writers: dict[str, dict[str, None]]) -> None:
    """Notes for each statement what the local functions that it names write of the functions around; ``writers`` grows by those of the body."""
    functions = [n for stmt in body for n in gast.walk(stmt) if isinstance(n, gast.FunctionDef)]
    for function in functions:
        writers.setdefault(function.name, {}).update(dict.fromkeys(written(function)))
    for _ in functions:  # one may call another
        for function in functions:
            for name in _reads(function.body):
                writers[function.name].update(writers.get(name, {}))
    if any(writers.values()):
        for node in (n for stmt in body for n in gast.walk(stmt)):
            if isinstance(node, gast.stmt) and not isinstance(node, gast.FunctionDef):
                found = {w: None for name in _reads([node]) for w in writers.get(name, ())}
                if found:
                    node.writes = found
                if isinstance(node, gast.While) and any(writers.get(name) for name in _reads([node.test])):
                    _test_inside(node)


def _test_inside(loop: Any) -> None:
    """``while test: body`` as ``while True: if test: body; else: break``: what the test writes is read in the body."""
    branch = gast.copy_location(gast.If(loop.test, loop.body, [gast.copy_location(gast.Break(), loop)]), loop)
    branch.writes = loop.writes
    loop.test, loop.body = gast.copy_location(gast.Constant(True, None), loop.test), [branch]


def _reads(nodes: list[Any]) -> list[str]:
    return [n.id for node in nodes for n in gast.walk(node) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Load)]
