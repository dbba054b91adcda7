"""Lowers functions that are defined inside of the function: each call becomes the body, in place.

    def f(x):                                  Function f(x)
        count = 0                                  count = 0
        def g(t, *more, k=2.0):                    t_times_k = 3.0 * 2.0
            nonlocal count              ==>        count.1 = count + 1
            count += 1                             return t_times_k
            return t * k
        return g(3.0)

What a function captures is read where it is called, as Python does; what it writes as ``nonlocal`` is a name of the
function around it, and a statement that calls it writes it too.
"""

from __future__ import annotations

import functools
from typing import Any

import gast

from tangentx.frontend.comprehensions import Comprehensions
from tangentx.frontend.inner import Closure, Derivative, Known, captures, held, instance, mark_writes, stamp
from tangentx.frontend.inserted import inserted_names
from tangentx.frontend.known import applied, kept, method
from tangentx.frontend.liveness import Liveness
from tangentx.frontend.nested import call_derivative, call_recursive, is_recursive
from tangentx.frontend.nodes import load, store
from tangentx.frontend.scopes import nonlocals, written_into
from tangentx.frontend.source import Source
from tangentx.frontend.specialise import made_function, may_be_callable, specialised
from tangentx.frontend.spread import behind_star
from tangentx.frontend.spread import given as given_arguments
from tangentx.ir.nodes import Atom, Const, Expr

__all__ = ["Closures"]

# decorators that keep the value of the function as it is
KEPT = (functools.lru_cache, functools.cache)
KEPT_MODULES = ("numba", "line_profiler", "typing")


class Closures(Comprehensions):
    """The part of a lowering that knows local functions and lambdas."""

    def __init__(self, source: Source, names: dict[str, None]) -> None:
        super().__init__(source, names)
        self.live = Liveness([])
        self.wanted: set[str] = set()  # what is read behind the body
        self.carrying: list[set[str]] = []  # what the loops around read in their next iteration, or behind them
        self.writers: dict[str, dict[str, None]] = {}  # what a local function writes as nonlocal
        self.recursive: list[Any] = []  # local functions that call themselves, each made once
        self.opened: list[Any] = []  # functions from elsewhere that are being lowered here
        self._calls = 0

    def block(self, stmts: list[Any]) -> None:
        """Lowers statements into the current block."""
        raise NotImplementedError

    def bind(self, target: Any, value: Expr | Known, node: Any) -> None:
        """Gives a target its value."""
        raise NotImplementedError

    def lowering(self, body: list[Any]) -> Closures:
        """A lowering of its own for a local function that becomes a function of the program."""
        raise NotImplementedError

    def static_object(self, node: Any) -> Any:
        """The object that a name or an attribute chain means, where it is known while transforming."""
        found = self.resolver.static(node, self.is_local) if isinstance(node, gast.Name | gast.Attribute) else None
        return found and found.obj

    def _functiondef_stmt(self, stmt: Any) -> None:
        found: Known = self.closure(stmt, stmt.name)
        for decorator in reversed(stmt.decorator_list):
            found = self._decorated(decorator, found, stmt.name)
        self.env[stmt.name] = found

    def _decorated(self, node: Any, found: Known, name: str) -> Known:
        """What a decorator makes of a local function."""
        maker = self.static_object(node.func if isinstance(node, gast.Call) else node)
        if any(maker is k for k in (*KEPT, functools.wraps)) or (getattr(maker, "__module__", None) or "").partition(".")[0] in KEPT_MODULES:
            return found
        key = self._key(name.partition("@")[0])
        self.env[key] = found
        call = gast.copy_location(gast.Call(node, [gast.copy_location(load(key), node)], []), node)
        made = self.value(call) if may_be_callable(self, call) or isinstance(node, gast.Call) else None
        if not isinstance(made, Known):
            raise self.refuse("this decorator may change what the local function does", node, "Define the function outside, or call it undecorated.")
        return made

    def closure(self, node: Any, name: str) -> Closure:
        args = node.args
        late = [*args.posonlyargs, *args.args][len(args.posonlyargs) + len(args.args) - len(args.defaults) :]
        pairs = [*zip(late, args.defaults, strict=True), *zip(args.kwonlyargs, args.kw_defaults, strict=True)]
        return Closure(node, name.partition("@")[0], tuple((a.id, self.argument(d)) for a, d in pairs if d is not None))

    def known_call(self, node: Any, wish: str) -> Expr | Known | None:
        """The value of a call that makes a local function, calls one or is given one; None if it is another call."""
        if isinstance(node.func, gast.Name) and isinstance(found := self.env.get(node.func.id), Known):
            return self.applied(found, node, wish)
        if isinstance(node.func, gast.Attribute) and may_be_callable(self, node.func.value):
            value = self.value(node.func.value)
            key = self._key("items")
            self.env[key] = value if isinstance(value, Known) else self.emit(value, node.func.value)
            if isinstance(value, Known):
                return method(self, value, node)
            owner = gast.copy_location(load(key), node.func.value)
            func = gast.copy_location(gast.Attribute(owner, node.func.attr, gast.Load()), node.func)
            return self.value(gast.copy_location(gast.Call(func, node.args, node.keywords), node), wish)
        if (made := made_function(self, node)) is not None:
            return made
        return specialised(self, node)

    def applied(self, fn: Atom | Known, node: Any, wish: str) -> Expr | Known:
        """The value of a call of what is known."""
        found: Expr | Known = applied(self, fn, node, wish)
        return found

    def arguments(self, closure: Closure, node: Any, functions: bool = False) -> dict[str, Any]:
        """What each parameter gets in this call, in the order of the arguments."""
        args, names = closure.node.args, closure.parameters
        only = {a.id for a in args.posonlyargs}
        first, behind = behind_star(self, node.args, closure.positional, len(args.defaults)) if args.vararg else ([], [])
        if behind:
            node = gast.copy_location(gast.Call(node.func, first, node.keywords), node)
        filled = None if args.vararg or closure.defaults else names[: closure.positional]
        positional, keywords = given_arguments(self, node, filled, None if args.kwarg else dict.fromkeys(names) | dict(closure.defaults))
        given = {**dict(closure.defaults), **dict(zip(names[: closure.positional], positional, strict=False))}
        twice = [k for k in keywords if k in names[: min(len(positional), closure.positional)] and k not in only]
        extra = {k: v for k, v in keywords.items() if k not in names or k in only}
        if twice or (len(positional) > closure.positional and not args.vararg) or (extra and not args.kwarg):
            raise self.refuse(f"the arguments do not fit {closure.name}({', '.join(names)})", node, "Call it as its def says.")
        given.update((k, v) for k, v in keywords.items() if k not in extra)
        if missing := [name for name in names if name not in given]:
            raise self.refuse(f"{closure.name} is called without {missing[0]!r}", node, "Call it as its def says.")
        if args.vararg:
            made = gast.copy_location(gast.Tuple(behind, gast.Load()), node)
            given[args.vararg.id] = self.value(made) if behind else kept("tuple", positional[closure.positional :])
        if args.kwarg:
            given[args.kwarg.id] = kept("dict", [a for k, v in extra.items() for a in (Const(k), v)])
        for name, value in given.items():
            if isinstance(value, Known) and not functions:
                raise self.refuse(f"{closure.name} is given a local function", node, "Define that outside of the function.")
            given[name] = value if isinstance(value, Known) else self.emit(value, node, name)
        return given

    def inlined(self, closure: Closure, node: Any) -> Expr | Known:
        """Lowers the body of a local function for one call; the call's value is the body's."""
        if is_recursive(closure, self.env):
            return self.emit(call_recursive(self, closure, node), node)
        given = self.arguments(closure, node, True)
        self._calls += 1
        body, keys = instance(closure, self._calls, self.static_object)
        if origin := getattr(closure.node, "origin", 0):
            stamp(body, origin)
        self.local.update(dict.fromkeys(keys.values()))
        self.env.update((keys[name], found) for name, found in given.items())
        hooked = inserted_names(body)
        for name, atom in given.items():
            if keys[name] in hooked and not isinstance(atom, Known):  # its adjoint is not that of the argument
                self.bind(store(keys[name]), atom, node)
        outer = self.stmt, self.live, self.wanted
        self.enter(body, {*nonlocals(body), *written_into(body)} - set(keys.values()))
        self.block(body[:-1])
        self.stmt = outer[0] if isinstance(closure.node, gast.Lambda) else body[-1]
        value: Expr | Known = Const(None) if body[-1].value is None else self.value(body[-1].value)
        self.stmt, self.live, self.wanted = outer
        own = set(keys.values())
        around = [found for name, found in self.env.items() if name not in own]
        needed = held(self.env, value, *around)
        self.env = {name: found for name, found in self.env.items() if name not in own or name in needed}
        return value

    def enter(self, body: list[Any], wanted: set[str]) -> None:
        """Gets ready to lower a body; ``wanted`` are the names that are read behind it."""
        mark_writes(body, self.writers)
        self.wanted = wanted
        self.live = Liveness(body, captures(body), wanted)

    def called_derivative(self, derivative: Derivative, node: Any) -> Expr:
        """A call of it."""
        return call_derivative(self, derivative, node)
