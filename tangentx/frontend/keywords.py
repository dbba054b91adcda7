"""Keywords: a dict that is handed on by ``**`` and changed under its own name only gets a new value instead.

scale = keywords.pop("scale", 1.0)             scale = keywords.get("scale", 1.0)
                                               keywords = {key: keywords[key] for key in keywords if key != "scale"}
keywords.setdefault("rate", 2.0)      ==>      if "rate" not in keywords: keywords = {**keywords, "rate": 2.0}
keywords["n"] = 3                              keywords = {**keywords, "n": 3}
keywords.update(other, b=x)                    keywords = {**keywords, **other, "b": x}

So its keys stay known where it came from a call, and ``f(**keywords)`` is a call with names.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gast

from tangentx.frontend.nodes import load, store
from tangentx.frontend.places import placed
from tangentx.frontend.scopes import bindings
from tangentx.frontend.source import Source

__all__ = ["READS", "only_read", "with_keywords"]

SIMPLE = gast.Assign | gast.AnnAssign | gast.Expr | gast.Return
READS = ("copy", "get", "items", "keys", "values")
NESTED = gast.FunctionDef | gast.Lambda | gast.ListComp | gast.DictComp | gast.GeneratorExp | gast.SetComp
MAYBE = gast.IfExp | gast.BoolOp
BUILTINS = ("len", "dict", "list", "sorted", "set", "tuple", "bool")


def with_keywords(source: Source) -> Source:
    """The source with the changes of such dicts rewritten."""
    node = source.node
    own = [] if isinstance(node, gast.Lambda) else _handed_on(node)
    names = [n for n in own if _changes(node, n, own)]
    if not names:
        return source
    return replace(source, node=_function(copy.deepcopy(node), set(names)))


def _handed_on(node: Any) -> list[str]:
    """The names of dicts that the function has made, or taken as keywords, and hands on by ``**``; or reads as keywords."""
    params = {a.id for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, *([node.args.vararg] if node.args.vararg else []))}
    own = [node.args.kwarg.id] if node.args.kwarg else []
    starred = [
        k.value.id for n in gast.walk(node) if isinstance(n, gast.Call) for k in n.keywords if k.arg is None and isinstance(k.value, gast.Name)
    ]
    return [n for n in dict.fromkeys([*own, *starred]) if n not in params and _own(node, n, n in own)]


def _own(node: Any, name: str, taken: bool) -> bool:
    """Whether all that a name is assigned is a dict of its own."""
    made = [n for bound, n in bindings(node) if bound == name and n is not node.args.kwarg]
    assigned = [s for s in gast.walk(node) if isinstance(s, gast.Assign) and len(s.targets) == 1 and s.targets[0] in made]
    return len(made) == len(assigned) and (taken or bool(made)) and all(_new(s.value) for s in assigned)


def _new(value: Any) -> bool:
    if isinstance(value, gast.Call) and isinstance(value.func, gast.Attribute):
        return value.func.attr == "copy" and not value.args
    return isinstance(value, gast.Dict) or (isinstance(value, gast.Call) and isinstance(value.func, gast.Name) and value.func.id == "dict")


def only_read(tree: Any, name: str) -> bool:
    """Whether a dict or list is only read, by stars, by index, by its methods that read, by ``in`` and ``len``."""
    allowed = {id(n) for node in gast.walk(tree) for n in _reads(node)}
    return all(id(n) in allowed for n in gast.walk(tree) if isinstance(n, gast.Name) and n.id == name and isinstance(n.ctx, gast.Load))


def _reads(node: Any) -> Iterator[Any]:
    if (
        isinstance(node, gast.Starred | gast.keyword)
        and (isinstance(node, gast.Starred) or node.arg is None)
        or isinstance(node, gast.Subscript)
        and isinstance(node.ctx, gast.Load)
    ):
        yield node.value
    elif isinstance(node, gast.Compare) and isinstance(node.ops[0], gast.In | gast.NotIn):
        yield node.comparators[0]
    elif isinstance(node, gast.Call) and isinstance(node.func, gast.Attribute) and node.func.attr in READS:
        yield node.func.value
    elif isinstance(node, gast.Call) and isinstance(node.func, gast.Name) and node.func.id in BUILTINS:
        yield from node.args
    elif isinstance(node, gast.Dict):
        yield from (v for k, v in zip(node.keys, node.values, strict=True) if k is None)
    elif isinstance(node, gast.For | gast.comprehension):
        yield node.iter
    elif isinstance(node, gast.If | gast.IfExp | gast.While):
        yield node.test
    elif isinstance(node, gast.UnaryOp) and isinstance(node.op, gast.Not):
        yield node.operand


def _changes(node: Any, name: str, own: list[str]) -> bool:
    """Whether a dict is changed, and every use of it is a read or a change that is known here."""
    changes = [n for stmt in _statements(node.body) for n in _changed(stmt, name)]
    loops = [n for n in gast.walk(node) if isinstance(n, gast.For | gast.While)]
    if any(True for loop in loops for stmt in _statements([*loop.body, *loop.orelse]) for _ in _changed(stmt, name)):
        return False  # its keys would not be known anyway
    allowed = {id(n) for n in changes} | {id(n) for part in gast.walk(node) for n in _reads(part)}
    updates = [call for stmt in _statements(node.body) for other in own if (call := _call(stmt, other, "update")) is not None]
    allowed |= {id(a) for call in updates for a in call.args}
    loads = [n for n in gast.walk(node) if isinstance(n, gast.Name) and n.id == name and isinstance(n.ctx, gast.Load)]
    return bool(changes) and all(id(n) in allowed for n in loads)


def _statements(block: list[Any]) -> Iterator[Any]:
    """The statements of a function, without those of functions inside."""
    for stmt in block:
        if isinstance(stmt, gast.FunctionDef | gast.ClassDef):
            continue
        yield stmt
        for field in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(stmt, field, []))
        for handler in getattr(stmt, "handlers", []):
            yield from _statements(handler.body)


def _changed(stmt: Any, name: str) -> Iterator[Any]:
    """The names in a statement by which it changes the dict, where it does so in a way that is rewritten."""
    if isinstance(stmt, gast.Assign) and len(stmt.targets) == 1 and _item(stmt.targets[0], name):
        yield stmt.targets[0].value
    elif (call := _call(stmt, name, "update")) is not None and len(call.args) <= 1:
        if not call.args or isinstance(call.args[0], gast.Name | gast.Dict) or _new(call.args[0]):
            yield call.func.value
    elif (call := _call(stmt, name, "setdefault")) is not None and len(call.args) == 2 and isinstance(call.args[0], gast.Constant):
        yield call.func.value
    elif (pop := _popped(stmt, name)) is not None:
        yield pop.func.value


def _item(target: Any, name: str) -> bool:
    named = isinstance(target, gast.Subscript) and isinstance(target.value, gast.Name) and target.value.id == name
    return bool(named and isinstance(target.slice, gast.Constant))


def _call(stmt: Any, name: str, method: str) -> Any:
    """``name.method(...)`` as a statement, or what a name is assigned."""
    value = getattr(stmt, "value", None) if isinstance(stmt, gast.Expr | (gast.Assign if method == "setdefault" else gast.Expr)) else None
    return value if _is_method(value, name, method) else None


def _is_method(node: Any, name: str, method: str) -> bool:
    called = isinstance(node, gast.Call) and isinstance(node.func, gast.Attribute) and node.func.attr == method
    return called and isinstance(node.func.value, gast.Name) and node.func.value.id == name


def _popped(stmt: Any, name: str) -> Any:
    """The only use of the dict in a simple statement, where it is a pop of one key that surely takes place."""
    if not isinstance(stmt, SIMPLE):
        return None
    uses = [n for n in gast.walk(stmt) if isinstance(n, gast.Name) and n.id == name]
    if len(uses) != 1 or any(isinstance(n, NESTED | MAYBE) for n in gast.walk(stmt)):
        return None
    found = next((n for n in gast.walk(stmt) if _is_method(n, name, "pop")), None)
    plain = found is not None and 1 <= len(found.args) <= 2 and not found.keywords and isinstance(found.args[0], gast.Constant)
    return found if plain else None


def _function(node: Any, names: set[str]) -> Any:
    node.body = _block(node.body, names)
    return node


def _block(block: list[Any], names: set[str]) -> list[Any]:
    done: list[Any] = []
    for stmt in block:
        if not isinstance(stmt, gast.FunctionDef | gast.ClassDef):
            for field in ("body", "orelse", "finalbody"):
                if getattr(stmt, field, None):
                    setattr(stmt, field, _block(getattr(stmt, field), names))
            for handler in getattr(stmt, "handlers", []):
                handler.body = _block(handler.body, names)
            for name in sorted(names):
                if _made(stmt, name) or any(True for _ in _changed(stmt, name)):
                    done += [placed(s, stmt) for s in _rewritten(stmt, name)]
                    break
            else:
                done.append(stmt)
        else:
            done.append(stmt)
    return done


def _made(stmt: Any, name: str) -> bool:
    """``name = dict(...)``, ``name = other.copy()``."""
    target = stmt.targets[0] if isinstance(stmt, gast.Assign) and len(stmt.targets) == 1 else None
    return isinstance(target, gast.Name) and target.id == name and isinstance(stmt.value, gast.Call)


def _display(call: Any) -> Any:
    """A dict that is made by a call, as a display."""
    first = [call.func.value] if isinstance(call.func, gast.Attribute) else call.args
    words = [(None if k.arg is None else gast.Constant(k.arg, None), k.value) for k in call.keywords]
    return gast.Dict([*(None for _ in first), *(k for k, _ in words)], [*first, *(v for _, v in words)])


def _rewritten(stmt: Any, name: str) -> list[Any]:
    def merged(*items: tuple[Any, Any]) -> Any:
        display = gast.Dict([None, *(k for k, _ in items)], [load(name), *(v for _, v in items)])
        return gast.Assign([store(name)], display, None)

    if _made(stmt, name):
        return [gast.Assign(stmt.targets, _display(stmt.value), None)]
    if isinstance(stmt, gast.Assign) and _item(stmt.targets[0], name):
        return [merged((stmt.targets[0].slice, stmt.value))]
    if (call := _call(stmt, name, "update")) is not None:
        words = [(None if k.arg is None else gast.Constant(k.arg, None), k.value) for k in call.keywords]
        return [merged(*((None, a) for a in call.args), *words)]
    if (call := _call(stmt, name, "setdefault")) is not None:
        key, value = call.args
        put = gast.If(gast.Compare(copy.deepcopy(key), [gast.NotIn()], [load(name)]), [placed(merged((key, value)), stmt)], [])
        return (
            [put, gast.Assign(stmt.targets, gast.Subscript(load(name), copy.deepcopy(key), gast.Load()), None)]
            if isinstance(stmt, gast.Assign)
            else [put]
        )
    call = _popped(stmt, name)
    key = copy.deepcopy(call.args[0])
    if len(call.args) == 1:
        value = gast.Subscript(call.func.value, call.args[0], gast.Load())
    else:
        value = gast.Call(gast.Attribute(call.func.value, "get", gast.Load()), call.args, [])
    stmt = _Put(call, placed(value, call)).visit(stmt)
    if isinstance(stmt, gast.Return):
        return [stmt]
    item = load("key")
    loop = gast.comprehension(store("key"), load(name), [gast.Compare(item, [gast.NotEq()], [key])], 0)
    rest = gast.DictComp(copy.deepcopy(item), gast.Subscript(load(name), copy.deepcopy(item), gast.Load()), [loop])
    rest.without = key.value
    return [stmt, gast.Assign([store(name)], rest, None)]


class _Put(gast.NodeTransformer):
    """Puts one expression in the place of another."""

    def __init__(self, old: Any, new: Any) -> None:
        self.old, self.new = old, new

    def visit_Call(self, node: Any) -> Any:
        return self.new if node is self.old else self.generic_visit(node)
