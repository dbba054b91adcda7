"""Mappings: what ``items``, ``values``, ``keys`` and ``get`` of a dict mean, said with its keys and items.

for k, v in d.items(): s += v        ==>      for k in d: v = d[k]; s += v
sum(d.values())                               sum([d[key] for key in d])
d.get("a", 0.0)                               d["a"] if "a" in d else 0.0
d | {"a": x}; d |= e (a dict)                  {**d, **{"a": x}}; d.update(e)
d.update(zip(keys, values))                   d.update(dict(zip(keys, values)))

Python works out the mapping once: where its name may get another value in the loop, it gets one that does not.  Nobody knows here
whether it is a dict: that is checked while running, and a method of a class of the user's is called once that class is known
(``asked``, and transform/asked.py).
"""

from __future__ import annotations

import copy
import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import gast
import numpy as np

from tangentx.frontend.nodes import free_name, load, store
from tangentx.frontend.places import placed
from tangentx.frontend.renamed import Apart, Put, Renamed, rewritten
from tangentx.frontend.scopes import bindings, known_dicts
from tangentx.frontend.views import Returned, mark_views, pairs_of
from tangentx.rules.mutators import CHANGES_ITS_OBJECT

__all__ = ["asked", "without_mappings"]

READS = ("items", "values", "keys", "get")
NAMED = (*READS, "update")
WRITES = ("update", "setdefault", "pop", "popitem", "clear")
LIBRARIES = ("builtins", "math", "numpy", "operator", "scipy")
SCOPES = gast.Lambda | gast.FunctionDef
ALIKE = gast.Name | gast.Attribute | gast.Subscript | gast.IfExp  # what may give another name to an object


def without_mappings(node: Any, static: Callable[[Any], Any]) -> Any:
    """A copy of a function's tree in which no such method is called; ``static`` gives the object that a name of outside means."""
    if not any(isinstance(n, gast.AugAssign | gast.BitOr) or isinstance(n, gast.Attribute) and n.attr in NAMED for n in gast.walk(node)):
        return node
    names = {n.id for n in gast.walk(node) if isinstance(n, gast.Name)}
    bound = {name for name, _ in bindings(node)}

    def outside(node: Any) -> Any:
        return None if any(isinstance(n, gast.Name) and n.id in bound for n in gast.walk(node)) else static(node)

    args = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    other = {a.id for a in args if a.id == "self" or (a.annotation is not None and "dict" not in gast.dump(a.annotation).lower())}
    calls = [n for n in gast.walk(node) if isinstance(n, gast.Assign) and isinstance(n.value, gast.Call)]
    made = [n for n in calls if not getattr(n.value.func, "id", "").startswith("@") and _is_no_mapping(outside(n.value.func))]  # @: a mark of ours
    other |= {t.id for n in made for t in n.targets if isinstance(t, gast.Name)}
    writes = any(isinstance(n, gast.Subscript) and not isinstance(n.ctx, gast.Load) or getattr(n, "attr", "") in WRITES for n in gast.walk(node))
    node = copy.deepcopy(node)
    mark_views(node, outside)
    return _Mappings(outside, names, other, node, writes).visit(node)


def asked(base: Any, name: str, node: Any) -> Any:
    """A copy of what is asked for a method that is taken for that of a dict; where it is read, that is checked."""
    base = copy.deepcopy(base)
    base.asked = name, gast.copy_location(gast.Pass(), node)
    return base


def _is_no_mapping(cls: Any) -> bool:
    return isinstance(cls, type) and not issubclass(cls, Mapping)


def _reads_only(key: Any) -> bool:
    """Whether a key is written with names and literals alone, so that it may be written twice."""
    allowed = (gast.Name, gast.Constant, gast.Tuple, gast.BinOp, gast.UnaryOp, gast.operator, gast.unaryop, gast.expr_context)
    return all(isinstance(part, allowed) for part in gast.walk(key))


def _names(node: Any) -> set[str]:
    return {n.id for n in gast.walk(node) if isinstance(n, gast.Name)}


@dataclass(frozen=True)
class _Over:
    """A loop over a mapping: its target, the mapping, the targets of the keys and of the items; and what stands around the mapping."""

    target: Any
    base: Any
    key: Any = None
    value: Any = None
    around: Callable[[Any], Any] = lambda base: base
    pair: bool = False  # the target of the items is one of pairs

    def item(self, base: Any) -> Any:
        """``base[key]``, or ``(key, base[key])``."""
        base = copy.deepcopy(base)
        base.asked = None
        key = load(self.key.id)
        item = gast.Subscript(base, key, gast.Load())
        return placed(gast.Tuple([copy.deepcopy(key), item], gast.Load()) if self.pair else item, self.base)


class _Mappings(Returned):
    def __init__(self, static: Callable[[Any], Any], names: set[str], other: set[str], function: Any, writes: bool) -> None:
        self.names = names
        self.sure = known_dicts(function)
        self.reads_blank = any(isinstance(n, gast.Name) and n.id == "_" and isinstance(n.ctx, gast.Load) for n in gast.walk(function))
        self.shared = {name for n in gast.walk(function) if isinstance(n, gast.Nonlocal | gast.Global) for name in n.names}
        self.static = lambda node: None if any(getattr(n, "id", "") in self.made for n in gast.walk(node)) else static(node)
        self.dicts = known_dicts(function, annotated=True)
        self.made: set[str] = set()  # those of our own
        every = [name for name, _ in bindings(function)]
        args = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        self.params = {a.id for a in args if every.count(a.id) == 1}
        self.assigned = [n for n in gast.walk(function) if isinstance(n, gast.Assign) and isinstance(n.value, ALIKE)]
        self.calls = [n for n in gast.walk(function) if isinstance(n, gast.Call)]
        self.writes = writes  # whether items are written
        self.other = other  # names of something else than a mapping, as annotations or the class that makes it say

    def method(self, node: Any, *wanted: str) -> tuple[str, Any] | None:
        """The name of a method of a plain local value, and that value."""
        if (
            getattr(node, "own", False)
            or not isinstance(node, gast.Call)
            or node.keywords
            or not isinstance(node.func, gast.Attribute)
            or node.func.attr not in wanted
        ):
            return None
        base = node.func.value
        if isinstance(base, gast.Name) and base.id in self.other:
            return None
        while isinstance(base, gast.Attribute) or isinstance(base, gast.Subscript) and _reads_only(base.slice):
            base = base.value
        plain = isinstance(base, gast.Name) and self.static(node.func.value) is None
        return (node.func.attr, node.func.value) if plain and (node.func.attr == "get") == bool(node.args) else None

    def key(self, base: str = "key") -> str:
        return free_name(base, self.names)

    def over(self, target: Any, node: Any, loop: Any = None) -> _Over | None:
        """What a loop over a mapping means; None if it is another loop."""
        if isinstance(node, gast.Call) and self.static(node.func) is enumerate and isinstance(target, gast.Tuple) and len(target.elts) == 2:
            inner = self.over(target.elts[1], node.args[0], loop) if node.args else None
            if inner is None:
                return None
            pair = placed(gast.Tuple([target.elts[0], inner.target], gast.Store()), node)
            return replace(inner, target=pair, around=lambda base: placed(gast.Call(node.func, [base, *node.args[1:]], node.keywords), node))
        found = self.method(node, "items", "values", "keys")
        if found is None:
            return None
        name, base = found
        base = base if getattr(base, "id", "") in self.sure else asked(base, name, node)
        if name == "keys":
            return _Over(target, base)
        if name == "values":
            key = placed(store(self.key()), node)
            return _Over(key, base, key, target)
        if isinstance(target, gast.Name) and loop is not None and self.writes and not self.unwritten(base, loop, self.params):
            key = placed(store(self.key()), node)
            return _Over(key, base, key, target, pair=True)
        if not isinstance(target, gast.Tuple) or len(target.elts) != 2 or not isinstance(target.elts[0], gast.Name):
            return None
        if target.elts[0].id == "_" and not self.reads_blank:  # the name of what nobody reads, and the keys are read
            target.elts[0].id = self.key()
        return _Over(target.elts[0], base, *target.elts)

    def visit_For(self, node: Any) -> Any:
        before = [self.visit(made) for made in self.displayed(node.iter)]
        if (found := self.over(node.target, node.iter, node)) is not None:
            node.target, node.iter, first = self.by_keys(found, node, before)
            node.body = [*first, *node.body]
        elif self.writes:
            node.body = [*self.side_by_side(node.target, node.iter, node, before), *node.body]
        return [*before, self.generic_visit(node)]

    def by_keys(self, found: _Over, node: Any, before: list[Any]) -> tuple[Any, Any, list[Any]]:
        """The target and the iterable of a loop over keys, and what reads the items; what has to stand in front of the loop is added there."""
        base = found.base
        if found.key is not None and self.rebound(base, [node.target, *node.body]):
            name = self.held(base)
            if self.unwritten(base, node):  # a copy shows the same, and nothing of what is made in the loop can be taken for it
                base = gast.Call(load("builtins.dict"), [base], [])
            before.append(placed(gast.Assign([store(name)], base, None), node))
            base = placed(load(name), node.iter)
        first = [] if found.key is None else [placed(gast.Assign([found.value], found.item(base), None), node)]
        return found.target, found.around(base), first

    def side_by_side(self, target: Any, node: Any, loop: Any, before: list[Any]) -> list[Any]:
        """``for (k, v), w in zip(d.items(), ws)`` goes through the keys of d, too: what reads its items, as they are by then."""
        if not isinstance(node, gast.Call) or not isinstance(target, gast.Tuple) or any(isinstance(a, gast.Starred) for a in node.args):
            return []
        if self.static(node.func) is enumerate and len(target.elts) == 2 and node.args:
            return self.side_by_side(target.elts[1], node.args[0], loop, before)
        if self.static(node.func) is not zip or len(target.elts) != len(node.args):
            return []
        names = [n for part in target.elts for n in gast.walk(part) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)]
        for k, name in enumerate(names):  # of two targets of one name the last one counts
            name.id = self.key() if name.id in [n.id for n in names[k + 1 :]] else name.id
        first: list[Any] = []
        for k, (part, mapping) in enumerate(zip(target.elts, node.args)):
            if (found := self.over(part, mapping, loop)) is not None and not self.unwritten(found.base, loop, self.params):
                target.elts[k], node.args[k], more = self.by_keys(found, loop, before)
                first += more
        return first

    def held(self, base: Any) -> str:
        """A name of our own for a mapping."""
        name = self.key(getattr(base, "attr", getattr(base, "id", "items")))
        self.made.add(name)
        return name

    def rebound(self, base: Any, nodes: list[Any]) -> bool:
        """Whether the name of a mapping may mean another one while these run."""
        names, parts = _names(base) | self.second(base), [n for n in gast.walk(base) if isinstance(n, gast.Attribute | gast.Subscript)]
        owners = {gast.dump(n.value) for n in parts if isinstance(n, gast.Subscript)}
        if not names.isdisjoint(self.shared):
            return True
        for node in (n for part in nodes for n in gast.walk(part)):
            if isinstance(node, gast.Name) and node.id in names and not isinstance(node.ctx, gast.Load):
                return True
            if not parts:
                continue
            if isinstance(node, gast.Attribute) and not isinstance(node.ctx, gast.Load) and any(node.attr == getattr(p, "attr", "") for p in parts):
                return True
            if isinstance(node, gast.Subscript) and not isinstance(node.ctx, gast.Load) and gast.dump(node.value) in owners:
                return True
            if isinstance(node, gast.Call) and self.may_rebind(node, base, names):
                return True
        return False

    def second(self, base: Any) -> set[str]:
        """Other names of what a mapping is a part of: ``o = m`` and m.d."""
        names, assigned = _names(base), self.assigned if not isinstance(base, gast.Name) else []
        pairs = [(t.id, _names(n.value)) for n in assigned for t in n.targets if isinstance(t, gast.Name)]
        return {name for name, read in pairs if name in names or read & names} | {r for name, read in pairs if name in names for r in read}

    def may_rebind(self, call: Any, base: Any, names: set[str]) -> bool:
        """Whether a call is given what the mapping is a part of, and may put another one there."""
        if self.of_library(call.func):
            return False
        given = [a for a in (*call.args, *(k.value for k in call.keywords)) if isinstance(a, gast.Name)]
        owner = call.func.value if isinstance(call.func, gast.Attribute) else None
        while isinstance(owner, gast.Attribute | gast.Subscript) and gast.dump(owner) != gast.dump(base):
            owner = owner.value
        return any(a.id in names for a in given) or (isinstance(owner, gast.Name) and owner.id in names)

    def unwritten(self, base: Any, loop: Any, apart: Collection[str] = ()) -> bool:
        """Whether nothing in a loop can write into the mapping: it writes to dicts of its own only, and calls what is not given any.

        ``apart``: names of which each means another dict, as the run will see.
        """
        others = self.sure | (set(apart) if getattr(base, "id", "") in apart else set())
        nodes = [n for stmt in loop.body for n in gast.walk(stmt)]
        own = {n.id for n in (*nodes, *gast.walk(loop.target)) if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load)} - _names(base)

        def may_write(node: Any) -> bool:
            if isinstance(node, gast.Subscript) and not isinstance(node.ctx, gast.Load):
                return getattr(node.value, "id", "") not in others - _names(base)
            if isinstance(node, gast.AugAssign):
                return getattr(node.target, "id", "") in _names(base)
            if not isinstance(node, gast.Call) or self.of_library(node.func):
                return False
            if isinstance(node.func, gast.Attribute) and self.static(node.func) is None:
                return node.func.attr in CHANGES_ITS_OBJECT or (node.func.attr not in READS and not hasattr(np.ndarray, node.func.attr))
            return any(
                isinstance(a, gast.Name | gast.Starred) and getattr(a, "id", "") not in own for a in (*node.args, *(k.value for k in node.keywords))
            )

        return not any(map(may_write, nodes))

    def of_library(self, func: Any) -> bool:
        """Whether a function is one that leaves alone what it is given."""
        module = getattr(self.static(func), "__module__", None) or ""
        return module.partition(".")[0] in LIBRARIES

    def displayed(self, node: Any) -> list[Any]:
        """A dict that is written, or returned by a function, where its items are asked for gets a name; what gives it that."""
        call = node.args[0] if isinstance(node, gast.Call) and self.static(node.func) is enumerate and node.args else node
        method = isinstance(call, gast.Call) and isinstance(call.func, gast.Attribute) and call.func.attr in ("items", "values") and not call.args
        made_by = getattr(call.func.value, "func", None) if method else None
        returned = isinstance(made_by, gast.Name) and isinstance(self.static(made_by), types.FunctionType) and not self.of_library(made_by)
        if not method or not (returned or isinstance(call.func.value, gast.Dict | gast.DictComp)):
            return []
        named = store(self.key("items"))
        self.made.add(named.id)
        self.sure.update([] if returned else [named.id])
        made = placed(gast.Assign([named], call.func.value, None), node)
        call.func.value = placed(load(named.id), node)
        return [made]

    def comprehension(self, node: Any) -> Any:
        k = 0
        while k < len(node.generators):
            generator = node.generators[k]
            found = self.over(generator.target, generator.iter)
            if found is not None and isinstance(found.value, gast.Name | None):
                k += self.looped(node, k, found)
            k += 1
        return self.handed_out(node, "value" if isinstance(node, gast.DictComp) else "elt")

    def looped(self, node: Any, k: int, found: _Over) -> int:
        """Rewrites a loop of a comprehension; the number of those that were put before it."""
        generator, base, before = node.generators[k], found.base, 0
        generator.was = generator.target, generator.iter  # what comments say
        if found.key is not None:
            rest = [*generator.ifs, *node.generators[k + 1 :], *(getattr(node, n) for n in ("elt", "key", "value") if hasattr(node, n))]
            inner = {a.id for part in rest for n in gast.walk(part) if isinstance(n, SCOPES) for a in gast.walk(n.args) if isinstance(a, gast.Name)}
            apart = Apart({found.key.id, found.value.id, *_names(base)}, self.key)
            generator.ifs = [apart.visit(test) for test in generator.ifs]
            apart.behind(node, k + 1)
            rewritten(node, k + 1, apart)
            if found.key.id in inner | _names(base):
                renamed = Renamed({found.key.id: self.key(found.key.id)} if found.key.id != found.value.id else {})
                generator.ifs = [renamed.visit(test) for test in generator.ifs]
                rewritten(node, k + 1, renamed)
                found.key.id = renamed.keys.get(found.key.id) or self.key(found.key.id)
            rest = [*generator.ifs, *node.generators[k + 1 :], *(getattr(node, n) for n in ("elt", "key", "value") if hasattr(node, n))]
            if inner & _names(base) or self.rebound(base, rest):
                name = store(self.held(base))
                node.generators.insert(k, placed(gast.comprehension(name, gast.Tuple([base], gast.Load()), [], 0), node))
                base, before = placed(load(name.id), node), 1
            put = Put({found.value.id: found.item(base)})
            generator.ifs = [put.visit(test) for test in generator.ifs]
            rewritten(node, k + 1 + before, put)
        generator.target, generator.iter = found.target, found.around(base)
        return before

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = comprehension

    def visit_Expr(self, node: Any) -> Any:
        """``d.update(zip(keys, values))`` of a dict is an update by a dict."""
        self.generic_visit(node)
        call = node.value
        update = isinstance(call, gast.Call) and isinstance(call.func, gast.Attribute) and call.func.attr == "update" and len(call.args) == 1
        if update and getattr(call.func.value, "id", "") in self.dicts and self.gives_pairs(call.args[0]):
            call.args = [placed(gast.Call(load("builtins.dict"), call.args, []), call)]
        return node

    def gives_pairs(self, node: Any) -> bool:
        """Whether a value is visibly one of pairs."""
        if isinstance(node, gast.Call):
            return self.static(node.func) in (zip, enumerate)
        items = node.elts if isinstance(node, gast.List | gast.Tuple) else [node.elt] if isinstance(node, gast.ListComp | gast.GeneratorExp) else []
        return bool(items) and all(isinstance(i, gast.Tuple) and len(i.elts) == 2 for i in items)

    def visit_Assign(self, node: Any) -> Any:
        """``v = d.values()`` shows what will be written to d, too."""
        found = self.method(node.value, "values")
        if found is None:
            return self.generic_visit(node)
        names = _names(found[1]) | self.second(found[1])
        node.value.kept = self.writes or any(self.may_rebind(call, found[1], names) for call in self.calls if call is not node.value)
        return self.generic_visit(node)

    def visit_AugAssign(self, node: Any) -> Any:
        """``d |= {...}`` is an update."""
        self.generic_visit(node)
        if not isinstance(node.target, gast.Name) or getattr(node, "own", False):
            return node
        owner = placed(load(node.target.id), node)
        owner = owner if node.target.id in self.dicts else asked(owner, "__ior__", node)
        if isinstance(node.op, gast.BitOr) and (self.is_dict(node.value) or node.target.id in self.dicts):
            return placed(gast.Expr(gast.Call(gast.Attribute(owner, "update", gast.Load()), [node.value], [])), node)
        return node

    def is_dict(self, node: Any) -> bool:
        """Whether an expression is known to be a dict."""
        return isinstance(node, gast.Dict | gast.DictComp) or (isinstance(node, gast.Name) and node.id in self.dicts)

    def visit_BinOp(self, node: Any) -> Any:
        """``d | {...}`` is a display that begins with what is in d."""
        self.generic_visit(node)
        if not getattr(node, "own", False) and isinstance(node.op, gast.BitOr) and any(map(self.is_dict, (node.left, node.right))):
            sides = [side if self.is_dict(side) else asked(side, "__or__", node) for side in (node.left, node.right)]
            return placed(gast.Dict([None, None], sides), node)
        return node

    def visit_Call(self, node: Any) -> Any:
        if node.args and self.method(node.args[0], "items") and any(self.static(node.func) is f for f in (dict, list, sorted, tuple)):
            node.args[0] = pairs_of(node.args[0], self.key)
        self.generic_visit(node)
        if not getattr(node, "kept", False) and (found := self.method(node, "values")) is not None:
            key = self.key()
            item = gast.Subscript(copy.deepcopy(found[1]), load(key), gast.Load())
            base = found[1] if getattr(found[1], "id", "") in self.sure else asked(found[1], "values", node)
            loop = gast.comprehension(store(key), base, [], 0)
            loop.made = True
            return placed(gast.ListComp(item, [loop]), node)
        if (found := self.method(node, "get")) is not None and len(node.args) <= 2 and _reads_only(node.args[0]):
            key, base = node.args[0], found[1]
            there = copy.deepcopy(base) if getattr(base, "id", "") in self.sure else asked(base, "get", node)
            test = gast.Compare(copy.deepcopy(key), [gast.In()], [there])
            other = node.args[1] if len(node.args) == 2 else gast.Constant(None, None)
            return placed(gast.IfExp(test, gast.Subscript(base, key, gast.Load()), other), node)
        return node
