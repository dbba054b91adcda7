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
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import gast

from tangentx.frontend.desugar import desugar
from tangentx.frontend.liveness import assigned
from tangentx.frontend.matching import Static
from tangentx.frontend.renamed import Renamed
from tangentx.frontend.scopes import nonlocals
from tangentx.ir.nodes import Atom

__all__ = ["Closure", "Derivative", "Lost", "captured", "captures", "instance", "mark_writes", "reached", "stamp"]


@dataclass(frozen=True, eq=False)
class Closure:
    """A def or lambda inside of the function, with its defaults as they were when it was met."""

    node: Any
    name: str
    defaults: tuple[tuple[str, Atom], ...]

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


@dataclass(frozen=True)
class Lost:
    """A name that may have either value: the one it had before a try, or the one it got in there."""

    name: str

    @property
    def reason(self) -> str:
        """For messages."""
        return f"{self.name.partition('@')[0]!r} is assigned in a try that fails, and read after that: which value it has depends on where"


def captured(closure: Closure, known: Iterable[str], env: dict[str, Any]) -> list[str]:
    """The names of the function around that the body, or a local function that it calls, reads; in the order of ``known``."""
    reads = dict.fromkeys(_free(closure))
    for other in reached(closure, env).values():
        if isinstance(other, Closure):
            reads.update(dict.fromkeys(_free(other)))
    return [name for name in dict.fromkeys(known) if name in reads]


def reached(closure: Closure, env: dict[str, Any]) -> dict[str, Any]:
    """The local functions that one calls, and those that these call: by name."""
    found: dict[str, Any] = {}
    waiting = [closure]
    while waiting:
        for name in _free(waiting.pop()):
            other = env.get(name)
            if isinstance(other, Closure | Derivative) and name not in found:
                found[name] = other
                waiting.append(other.closure if isinstance(other, Derivative) else other)
                if isinstance(other, Derivative):
                    found[f"{name} of"] = other.closure
    return found


def _free(closure: Closure) -> list[str]:
    """The names that a local function reads and does not assign."""
    body = closure.node.body if isinstance(closure.node.body, list) else [closure.node.body]
    stored = {n.id for b in body for n in gast.walk(b) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)}
    own = {*closure.all_parameters, *(stored - set(nonlocals(body)))}
    return [name for name in _reads(body) if name not in own]


def instance(closure: Closure, number: int, static: Static) -> tuple[list[Any], dict[str, str]]:
    """The desugared body for one call, its locals renamed, and the new key of each local."""
    body = desugar(copy.deepcopy(closure.node), static)
    outer = nonlocals(body)
    keys = {name: f"{name}@{number}" for name in [*closure.all_parameters, *assigned(body)] if name not in outer}
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
    """Notes for each statement what the local functions that it names write as nonlocal; ``writers`` grows by those of the body."""
    functions = [n for stmt in body for n in gast.walk(stmt) if isinstance(n, gast.FunctionDef)]
    for function in functions:
        writers.setdefault(function.name, {}).update(nonlocals(function.body))
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
