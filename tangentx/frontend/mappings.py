"""Mappings: what ``items``, ``values``, ``keys`` and ``get`` of a dict mean, said with its keys and items.

for k, v in d.items(): s += v        ==>      for k in d: v = d[k]; s += v
sum(d.values())                               sum([d[key] for key in d])
d.get("a", 0.0)                               d["a"] if "a" in d else 0.0
d | {"a": x}; d |= e (a dict)                  {**d, **{"a": x}}; d.update(e)
d.update(zip(keys, values))                   d.update(dict(zip(keys, values)))
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

import gast

from tangentx.frontend.places import placed

__all__ = ["without_mappings"]

READS = ("items", "values", "keys", "get")
NAMED = (*READS, "update")
WRITES = ("update", "setdefault", "pop", "popitem", "clear")


def without_mappings(node: Any, static: Callable[[Any], Any]) -> Any:
    """A copy of a function's tree in which no such method is called; ``static`` gives the object that a name of outside means."""
    if not any(isinstance(n, gast.AugAssign | gast.BitOr) or isinstance(n, gast.Attribute) and n.attr in NAMED for n in gast.walk(node)):
        return node
    names = {n.id for n in gast.walk(node) if isinstance(n, gast.Name)}
    bound = {n.id for n in gast.walk(node) if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load)}

    def outside(node: Any) -> Any:
        return None if any(isinstance(n, gast.Name) and n.id in bound for n in gast.walk(node)) else static(node)

    args = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    other = {a.id for a in args if a.id == "self" or (a.annotation is not None and "dict" not in gast.dump(a.annotation).lower())}
    calls = [n for n in gast.walk(node) if isinstance(n, gast.Assign) and isinstance(n.value, gast.Call)]
    made = [n for n in calls if not getattr(n.value.func, "id", "").startswith("@") and _is_no_mapping(outside(n.value.func))]  # @: a mark of ours
    other |= {t.id for n in made for t in n.targets if isinstance(t, gast.Name)}
    writes = any(isinstance(n, gast.Subscript) and not isinstance(n.ctx, gast.Load) or getattr(n, "attr", "") in WRITES for n in gast.walk(node))
    return _Mappings(outside, names, other, _dicts(node, args), writes).visit(copy.deepcopy(node))


def _dicts(node: Any, args: list[Any]) -> set[str]:
    """The names that are dicts wherever they are assigned, or so annotated."""
    made: dict[str, set[int]] = {}
    for n in gast.walk(node):
        if isinstance(n, gast.Assign):
            for target in n.targets:
                if isinstance(target, gast.Name) and _is_dict(n.value):
                    made.setdefault(target.id, set()).add(id(target))
    stored = [n for n in gast.walk(node) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Store)]
    found = {name for name, targets in made.items() if all(id(n) in targets for n in stored if n.id == name)} - {a.id for a in args}
    return found | {a.id for a in args if getattr(a.annotation, "id", getattr(getattr(a.annotation, "value", None), "id", "")) == "dict"}


def _is_dict(value: Any) -> bool:
    if isinstance(value, gast.Call):
        return isinstance(value.func, gast.Name) and value.func.id == "dict"
    return isinstance(value, gast.Dict | gast.DictComp)


def _is_no_mapping(cls: Any) -> bool:
    return isinstance(cls, type) and not issubclass(cls, Mapping)


def _reads_only(key: Any) -> bool:
    """Whether a key is written with names and literals alone, so that it may be written twice."""
    allowed = (gast.Name, gast.Constant, gast.Tuple, gast.BinOp, gast.UnaryOp, gast.operator, gast.unaryop, gast.expr_context)
    return all(isinstance(part, allowed) for part in gast.walk(key))


class _Mappings(gast.NodeTransformer):
    def __init__(self, static: Callable[[Any], Any], names: set[str], other: set[str], dicts: set[str], writes: bool) -> None:
        self.names = names
        self.static = lambda node: None if any(getattr(n, "id", "") in self.made for n in gast.walk(node)) else static(node)
        self.dicts = dicts  # names of dicts
        self.made: set[str] = set()  # those of our own
        self.writes = writes  # whether items are written
        self.other = other  # names of something else than a mapping, as annotations or the class that makes it say

    def method(self, node: Any, *wanted: str) -> tuple[str, Any] | None:
        """The name of a method of a plain local value, and that value."""
        if not isinstance(node, gast.Call) or node.keywords or not isinstance(node.func, gast.Attribute) or node.func.attr not in wanted:
            return None
        base = node.func.value
        if isinstance(base, gast.Name) and base.id in self.other:
            return None
        while isinstance(base, gast.Attribute) or isinstance(base, gast.Subscript) and _reads_only(base.slice):
            base = base.value
        plain = isinstance(base, gast.Name) and self.static(node.func.value) is None
        return (node.func.attr, node.func.value) if plain and (node.func.attr == "get") == bool(node.args) else None

    def key(self, base: str = "key") -> str:
        name, number = base, 1
        while name in self.names:
            name, number = f"{base}_{number}", number + 1
        self.names.add(name)
        return name

    def over(self, target: Any, node: Any) -> tuple[Any, Any, Any, Any] | None:
        """For a loop over a mapping: the target of its keys, the mapping, the target of its items, and an item."""
        if isinstance(node, gast.Call) and self.static(node.func) is enumerate and isinstance(target, gast.Tuple) and len(target.elts) == 2:
            inner = self.over(target.elts[1], node.args[0]) if node.args else None
            if inner is None:
                return None
            pair = placed(gast.Tuple([target.elts[0], inner[0]], gast.Store()), node)
            return pair, placed(gast.Call(node.func, [inner[1], *node.args[1:]], node.keywords), node), *inner[2:]
        found = self.method(node, "items", "values", "keys")
        if found is None:
            return None
        name, base = found
        if name == "keys":
            return target, base, None, None
        if name == "items":
            if not isinstance(target, gast.Tuple) or len(target.elts) != 2 or not isinstance(target.elts[0], gast.Name):
                return None
            key, value = target.elts
        else:
            key, value = placed(gast.Name(self.key(), gast.Store(), None, None), node), target
        item = gast.Subscript(copy.deepcopy(base), gast.Name(key.id, gast.Load(), None, None), gast.Load())
        return key, base, value, placed(item, node)

    def visit_For(self, node: Any) -> Any:
        displayed = self.displayed(node.iter)
        if (found := self.over(node.target, node.iter)) is not None:
            key, base, value, item = found
            first = [] if value is None else [placed(gast.Assign([value], item, None), node)]
            node.target, node.iter, node.body = key, base, [*first, *node.body]
        return [*map(self.visit, displayed), self.generic_visit(node)]

    def displayed(self, node: Any) -> list[Any]:
        """A dict that is written where its items are asked for gets a name; what gives it that."""
        call = node.args[0] if isinstance(node, gast.Call) and self.static(node.func) is enumerate and node.args else node
        method = isinstance(call, gast.Call) and isinstance(call.func, gast.Attribute) and call.func.attr in ("items", "values") and not call.args
        if not method or not isinstance(call.func.value, gast.Dict | gast.DictComp):
            return []
        named = gast.Name(self.key("items"), gast.Store(), None, None)
        self.made.add(named.id)
        made = placed(gast.Assign([named], call.func.value, None), node)
        call.func.value = placed(gast.Name(named.id, gast.Load(), None, None), node)
        return [made]

    def comprehension(self, node: Any) -> Any:
        for k, generator in enumerate(node.generators):
            found = self.over(generator.target, generator.iter)
            if found is None or not isinstance(found[2], gast.Name | None):
                continue
            generator.target, generator.iter, value, item = found
            if value is not None:
                put = _Put(value.id, item)
                generator.ifs = [put.visit(test) for test in generator.ifs]
                for later in node.generators[k + 1 :]:
                    put.visit(later)
                for name in ("elt", "key", "value"):
                    if hasattr(node, name):
                        setattr(node, name, put.visit(getattr(node, name)))
        return self.generic_visit(node)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = comprehension

    def visit_Expr(self, node: Any) -> Any:
        """``d.update(zip(keys, values))`` of a dict is an update by a dict."""
        self.generic_visit(node)
        call = node.value
        update = isinstance(call, gast.Call) and isinstance(call.func, gast.Attribute) and call.func.attr == "update" and len(call.args) == 1
        if update and getattr(call.func.value, "id", "") in self.dicts and self.gives_pairs(call.args[0]):
            call.args = [placed(gast.Call(gast.Name("builtins.dict", gast.Load(), None, None), call.args, []), call)]
        return node

    def gives_pairs(self, node: Any) -> bool:
        """Whether a value is visibly one of pairs."""
        if isinstance(node, gast.Call):
            return self.static(node.func) in (zip, enumerate)
        items = node.elts if isinstance(node, gast.List | gast.Tuple) else [node.elt] if isinstance(node, gast.ListComp | gast.GeneratorExp) else []
        return bool(items) and all(isinstance(i, gast.Tuple) and len(i.elts) == 2 for i in items)

    def visit_Assign(self, node: Any) -> Any:
        """``v = d.values()`` shows what will be written to d, too."""
        if self.writes and self.method(node.value, "values") is not None:
            return node
        return self.generic_visit(node)

    def visit_AugAssign(self, node: Any) -> Any:
        """``d |= {...}`` is an update."""
        self.generic_visit(node)
        if not isinstance(node.target, gast.Name):
            return node
        owner = gast.Name(node.target.id, gast.Load(), None, None)
        if isinstance(node.op, gast.BitOr) and (self.is_dict(node.value) or node.target.id in self.dicts):
            return placed(gast.Expr(gast.Call(gast.Attribute(owner, "update", gast.Load()), [node.value], [])), node)
        return node

    def is_dict(self, node: Any) -> bool:
        """Whether an expression is known to be a dict."""
        return isinstance(node, gast.Dict | gast.DictComp) or (isinstance(node, gast.Name) and node.id in self.dicts)

    def visit_BinOp(self, node: Any) -> Any:
        """``d | {...}`` is a display that begins with what is in d."""
        self.generic_visit(node)
        if isinstance(node.op, gast.BitOr) and any(map(self.is_dict, (node.left, node.right))):
            return placed(gast.Dict([None, None], [node.left, node.right]), node)
        return node

    def visit_Call(self, node: Any) -> Any:
        self.generic_visit(node)
        if (found := self.method(node, "values")) is not None:
            key = self.key()
            item = gast.Subscript(copy.deepcopy(found[1]), gast.Name(key, gast.Load(), None, None), gast.Load())
            loop = gast.comprehension(gast.Name(key, gast.Store(), None, None), found[1], [], 0)
            return placed(gast.ListComp(item, [loop]), node)
        if (found := self.method(node, "get")) is not None and len(node.args) <= 2 and _reads_only(node.args[0]):
            key, base = node.args[0], found[1]
            test = gast.Compare(copy.deepcopy(key), [gast.In()], [copy.deepcopy(base)])
            other = node.args[1] if len(node.args) == 2 else gast.Constant(None, None)
            return placed(gast.IfExp(test, gast.Subscript(base, key, gast.Load()), other), node)
        return node


class _Put(gast.NodeTransformer):
    """Puts an expression in place of a name."""

    def __init__(self, name: str, value: Any) -> None:
        self.name, self.value = name, value

    def visit_Name(self, node: Any) -> Any:
        return copy.deepcopy(self.value) if node.id == self.name and isinstance(node.ctx, gast.Load) else node
