"""Comprehensions and generator expressions as the loops that they mean, lowered where they stand.

    ys = [x * x for x in xs if x > 0]            total = sum(x * x for x in xs)           any(x > 3 for x in xs)

    ys = []                                      total = 0                                found = False
    for x in xs:                        ==>      for x in xs:                             for x in xs:
        if x > 0:                                    total = total + x * x                    if x > 3:
            ys.append(x * x)                                                                      found = True; break

Their names are their own: while the loop is lowered they have keys of their own (``x@1``), as a local function's have.
A generator has no value of its own; it is consumed by what it is given to.
"""

from __future__ import annotations

import copy
from typing import Any

import gast

from tangentx.frontend.conversions import conversion
from tangentx.frontend.early import mark_early, taken_early
from tangentx.frontend.folds import fold
from tangentx.frontend.inner import Display, Known, held, stamp
from tangentx.frontend.iterate import Iterate
from tangentx.frontend.known import kept
from tangentx.frontend.lazy import Lazy, lazy
from tangentx.frontend.liveness import Liveness, assigned, target_names
from tangentx.frontend.nodes import load, store
from tangentx.frontend.renamed import Renamed
from tangentx.frontend.spread import known_rest
from tangentx.frontend.unrolled import made_functions
from tangentx.ir.nodes import Call, Expr, Ref

__all__ = ["Comprehensions"]

Block = list[Any]

TAKE_ALL = ("extend", "extendleft", "fromiter", "join")  # methods and functions that take all that their first argument yields


class Comprehensions(Iterate):
    """The part of a lowering that knows comprehensions, and what consumes a generator."""

    body: Block  # of the whole function
    live: Liveness
    wanted: set[str]
    _calls: int

    def block(self, stmts: list[Any]) -> None:
        """Lowers statements into the current block."""
        raise NotImplementedError

    def bind(self, target: Any, value: Expr | Known, node: Any) -> None:
        """Gives a target its value."""
        raise NotImplementedError

    def enter(self, body: list[Any], wanted: set[str]) -> None:
        """Gets ready to lower a body; ``wanted`` are the names that are read behind it."""
        raise NotImplementedError

    def static_object(self, node: Any) -> Any:
        """The object that a name or an attribute chain means, where it is known while transforming."""
        raise NotImplementedError

    # --------------------------------------------------------------------------------------------------- displays

    def _listcomp(self, node: Any, wish: str) -> Expr | Known:
        if (functions := made_functions(self, node)) is not None:
            return kept("list", functions)
        name = wish or "items"
        return self._consumed(node, name, gast.List([], gast.Load()), lambda key, elt: [_call(_attribute(load(key), "append"), elt)])

    def _setcomp(self, node: Any, wish: str) -> Expr:
        items = self.emit(self._listcomp(node, ""), node)
        return Call(Ref(set, "set", "builtins", "set"), (items,))

    def _dictcomp(self, node: Any, wish: str) -> Expr | Known:
        if (rest := known_rest(self, node)) is not None:
            return rest
        pair = gast.copy_location(gast.Tuple([node.key, node.value], gast.Load()), node.value)
        if (functions := made_functions(self, gast.copy_location(gast.GeneratorExp(pair, node.generators), node))) is not None:
            return kept("dict", [part for two in functions for part in two.items])

        def put(key: str, pair: Any) -> Block:
            return [gast.Assign([gast.Subscript(load(key), pair.elts[0], gast.Store())], pair.elts[1], None)]

        return self._consumed(gast.GeneratorExp(pair, node.generators), wish or "items", gast.Dict([], []), put, node)

    def starred(self, node: Any, wish: str) -> Expr | Known:
        """A list or tuple with stars of which the parts are not known: a loop for each star."""
        key, body = self._key(wish or "items"), list[Any]()
        for element in node.elts:
            if isinstance(element, gast.Starred):
                item = self._key("item")
                put = _call(_attribute(load(key), "append"), load(item))
                body.append(gast.For(store(item), element.value, [put], [], None))
            else:
                body.append(_call(_attribute(load(key), "append"), element))
        return self._run([_assign(key, gast.List([], gast.Load())), *body], key, node)

    def merged(self, node: Any, wish: str) -> Expr | Known:
        """``{**a, "k": v}``: a loop for each ``**``."""
        key, body = self._key(wish or "merged"), list[Any]()
        for name, value in zip(node.keys, node.values, strict=True):
            if name is None:
                item, source = self._key("key"), load(self.bound(value)) if not isinstance(value, gast.Name) else value
                put: Any = gast.Subscript(copy.deepcopy(source), load(item), gast.Load())
                put = gast.Assign([gast.Subscript(load(key), load(item), gast.Store())], put, None)
                body.append(gast.For(store(item), source, [put], [], None))
            else:
                body.append(gast.Assign([gast.Subscript(load(key), name, gast.Store())], value, None))
        return self._run([_assign(key, gast.Dict([], [])), *body], key, node)

    def _generatorexp(self, node: Any) -> Expr:
        raise self.refuse("a generator is consumed where it is made: it cannot be passed on", node, "Make a list of it.")

    # -------------------------------------------------------------------------------------------------- consumers

    def consumer(self, node: Any, wish: str) -> Expr | Known | None:
        """The value of a call that consumes a generator (or ``map``, ``zip`` ...); None if it is another call."""
        if (folded := fold(self, node, wish)) is not None:
            before = len(self.out)
            value = self._run(*folded, node)
            mark_early(self, value, before, node)
            return value
        if (value := conversion(self, node, wish)) is not None:
            return value
        if isinstance(node.func, gast.Attribute) and node.func.attr in TAKE_ALL and node.args and (found := self.lazy(node.args[0])) is not None:
            return self._listed(self._listcomp(found, ""), node)
        fn = self.static_object(node.func)
        name = getattr(fn, "__name__", "")
        if getattr(fn, "__module__", "") not in ("builtins", "math", "_functools") or not node.args:
            return None
        found = self.lazy(node.args[0])
        if found is None:
            return None
        if name == "sum" and len(node.args) + len(node.keywords) <= 2:
            start = [*node.args[1:], *(k.value for k in node.keywords)]
            return self._consumed(found, wish or "total", start[0] if start else _constant(0), _add, node)
        if name == "prod" and len(node.args) + len(node.keywords) <= 2:
            start = [*node.args[1:], *(k.value for k in node.keywords)]
            return self._consumed(found, wish or "product", start[0] if start else _constant(1), _multiply, node)
        if name in ("any", "all") and len(node.args) == 1:
            stop = name == "any"
            return self._consumed(found, wish or ("found" if stop else "holds"), _constant(not stop), lambda key, elt: _stop(key, elt, stop), node)
        if name == "next" and not node.keywords:
            return self._first(found, wish or "found", node)
        if name == "list" and len(node.args) == 1:
            return self._listcomp(found, wish)
        listed = self._listcomp(found, "")
        if isinstance(listed, Display) and fn is tuple:
            return kept("tuple", list(listed.items))
        return self._listed(listed, node)

    def _listed(self, listed: Expr | Known, node: Any) -> Expr | Known:
        """The call, given a list of all that the generator yields."""
        key = self._key("items")
        self.env[key] = listed if isinstance(listed, Known) else self.emit(listed, node)
        return self.value(gast.copy_location(gast.Call(node.func, [_at(load(key), node), *node.args[1:]], node.keywords), node))

    def lazy(self, node: Any) -> Any:
        """The generator expression that ``map``, ``filter``, ``zip`` and some of ``itertools`` mean, if the expression is one."""
        return lazy(node, Lazy(self.static_object, self._key, self.bound))

    def structural(self, target: Any, node: Any) -> bool:
        """Whether a loop with this target knows what it runs over: ``zip``, ``enumerate``, ``reversed``."""
        fn = self.static_object(node.func) if isinstance(node, gast.Call) else None
        if fn is reversed:
            return True
        count = len(target.elts) if isinstance(target, gast.Tuple | gast.List) else 0
        return (fn is zip and count == len(node.args)) or (fn is enumerate and count == 2)

    def _namedexpr(self, node: Any) -> Expr | Known:
        self.bind(node.target, self.value(node.value, node.target.id), node.value)
        return self.argument(gast.copy_location(load(node.target.id), node.target))

    def bound(self, node: Any) -> str:
        """A key for a value that is worked out once, here."""
        key = self._key("items")
        made = self.lazy(node)
        start = len(self.out)
        self.env[key] = self.argument(node if made is None else _at(gast.ListComp(made.elt, made.generators), node))
        if made is not None:
            mark_early(self, self.env[key], start, node)
        return key

    def key_of(self, node: Any, name: str) -> str:
        """A key for the value of an expression, worked out here."""
        key = self._key(name.partition("@")[0])
        self.env[key] = self.argument(node)
        return key

    def _key(self, name: str) -> str:
        self._calls += 1
        key = f"{name}@.{self._calls}"
        self.local[key] = None
        return key

    # ------------------------------------------------------------------------------------------------------- loops

    def refuse_early(self, iterable: Any, body: Block) -> None:
        """Refuses a comprehension that writes to what it goes through step by step (early.py)."""
        if name := taken_early(iterable, body, self.body, self.static_object):
            reason = f"{name.partition('@')[0]!r} may be written in a loop that goes through it step by step"
            raise self.refuse(reason, iterable, "Make a list of it before the loop.")

    def _consumed(self, node: Any, name: str, start: Any, leaf: Any, at: Any = None) -> Expr | Known:
        """Runs the loops of a generator; ``leaf`` says what happens to a value, by the key of the result."""
        for generator in node.generators:
            self.refuse_early(generator.iter, [node.elt, *(test for g in node.generators for test in g.ifs)])
        key = self._key(name)
        stops = isinstance(start, gast.Constant) and isinstance(start.value, bool)
        elt, steps = self._steps(node)
        found = (load(key) if not start.value else gast.UnaryOp(gast.Not(), load(key))) if stops else None
        return self._run([_assign(key, start), *_nested(steps, leaf(key, elt), found)], key, at or node)

    def _first(self, generator: Any, name: str, node: Any) -> Expr | Known:
        """``next(generator, default)``: its loop, left at the first value."""
        key, missing = self._key(name), self._key("missing")
        elt, steps = self._steps(generator)
        if sum(isinstance(step, gast.For) for step in steps) > 1:
            raise self.refuse("next of a generator with several loops has no derivative", node, "Make a list of it, and take its first item.")
        sure = len(node.args) > 1
        body = _nested(steps, [_assign(key, elt), *([] if sure else [_assign(missing, _constant(False))]), gast.Break()])
        if sure:
            return self._run([_assign(key, node.args[1]), *body], key, node)
        end = gast.If(load(missing), [gast.Raise(load("builtins.StopIteration"), None)], [])
        return self._run([_assign(missing, _constant(True)), *body, end], key, node)

    def _run(self, body: Block, key: str, node: Any) -> Expr | Known:
        """Lowers statements that are made for an expression; its value is that of the key behind them."""
        for stmt in body:
            _at(stmt, node, self.stmt)
        if origin := getattr(self.stmt, "origin", 0):
            stamp(body, origin)
        before, outer = set(self.env), (self.stmt, self.live, self.wanted)
        self.enter(body, {key, *(n for stmt in body for n in assigned([stmt]) if "@." not in n)})
        self.block(body)
        self.stmt, self.live, self.wanted = outer
        value = self.env[key]
        needed = held(self.env, *self.env.values())
        self.env = {k: v for k, v in self.env.items() if k in before or "@." not in k or k in needed}
        return value  # type: ignore[return-value]

    def _steps(self, node: Any) -> tuple[Any, list[Any]]:
        """The element, and the loops and tests around it, empty; the targets have keys of their own."""
        keys: dict[str, str] = {}
        steps: list[Any] = []
        for generator in copy.deepcopy(node.generators):
            segment = self.source_of(generator.iter).segment
            target, source = getattr(generator, "was", (generator.target, generator.iter))
            text = f"for {segment(target)} in {segment(source)}" if _written(generator) else ""
            iterable = Renamed(dict(keys)).visit(generator.iter)
            keys.update((name, self._key(name.partition("@")[0])) for name in target_names(generator.target))
            renamed = Renamed(dict(keys))
            target = renamed.visit(generator.target)
            made = None if self.structural(target, iterable) else self.lazy(iterable)
            if made is None:
                steps.append(gast.For(target, iterable, [], [], None))
            else:
                value, inner = self._steps(made)
                names = _same(target, value, inner)
                steps += [Renamed(names).visit(step) for step in inner]
                if not names:
                    steps.append(gast.Assign([target], value, None))
            for step in steps:
                if isinstance(step, gast.For) and text and not hasattr(step, "said"):
                    step.said = text
            steps += [gast.If(renamed.visit(test), [], []) for test in generator.ifs]
        return Renamed(keys).visit(copy.deepcopy(node.elt)), steps


def _nested(steps: list[Any], body: Block, found: Any = None) -> Block:
    """Loops and tests, one inside the other, round a body that leaves the inner loop; ``found``: when the outer ones are left, too."""
    for step in reversed(steps):
        if isinstance(step, gast.For) and found is not None and any(isinstance(s, gast.For) for s in body):
            body = [*body, gast.If(copy.deepcopy(found), [gast.Break()], [])]
        if isinstance(step, gast.Assign):
            body = [step, *body]
        else:
            step.body, body = body, [step]
    return body


def _written(generator: Any) -> bool:
    """Whether a loop of a comprehension stands in the user's source."""
    return not getattr(generator, "made", False)


def _same(target: Any, value: Any, steps: list[Any]) -> dict[str, str]:
    """The names of the inner loops as those of the target, if the target gets just these."""
    pairs = list(zip(*(n.elts if isinstance(n, gast.Tuple) else [n] for n in (target, value)), strict=False))
    loops = [name for step in steps if isinstance(step, gast.For) for name in target_names(step.target)]
    plain = all(isinstance(n, gast.Name) for pair in pairs for n in pair) and type(target) is type(value)
    if not plain or len(pairs) != len(getattr(target, "elts", pairs)) or len(pairs) != len(getattr(value, "elts", pairs)):
        return {}
    names = {v.id: t.id for t, v in pairs}
    return names if len(names) == len(pairs) == len({t.id for t, _ in pairs}) and all(name in loops for name in names) else {}


def _add(key: str, elt: Any) -> Block:
    return [_assign(key, gast.BinOp(load(key), gast.Add(), elt))]


def _multiply(key: str, elt: Any) -> Block:
    return [_assign(key, gast.BinOp(load(key), gast.Mult(), elt))]


def _stop(key: str, elt: Any, value: bool) -> Block:
    test = elt if value else gast.UnaryOp(gast.Not(), elt)
    return [gast.If(test, [_assign(key, _constant(value)), gast.Break()], [])]


def _assign(key: str, value: Any) -> Any:
    return gast.Assign([store(key)], value, None)


def _constant(value: Any) -> Any:
    return gast.Constant(value, None)


def _attribute(owner: Any, name: str) -> Any:
    return gast.Attribute(owner, name, gast.Load())


def _call(fn: Any, *args: Any) -> Any:
    return gast.Expr(gast.Call(fn, list(args), []))


def _at(new: Any, old: Any, stmt: Any = None) -> Any:
    """The new node, its parts without a place at the old one's; statements at the place of ``stmt``."""
    for part in gast.walk(new):
        if getattr(part, "lineno", None) is None and "lineno" in getattr(part, "_attributes", ()):
            gast.copy_location(part, stmt if stmt is not None and isinstance(part, gast.stmt) and hasattr(stmt, "lineno") else old)
    return new
