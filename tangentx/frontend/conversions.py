"""Calls that make a container out of another one, as the comprehensions and displays that they mean.

dict(a=x), dict(d, a=x)           {"a": x}, {**d, "a": x}
dict(zip(names, xs))      ==>     {key: value for key, value in zip(names, xs)}
dict.fromkeys(names, x)           {key: x for key in names}
xs.sort(key=f)                    xs.sort(keys=[f(item) for item in xs])     see transform/mutations
OrderedDict(zip(names, xs))       OrderedDict(dict(zip(names, xs)))
divmod(a, b)                      a // b, a % b
sorted(xs, key=f)                 values = [f(item) for item in xs]; [xs[i] for i in order(values)]

The order itself is a constant: small changes of the values do not change it.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from typing import Any

import gast

import tangentx.runtime as rt
from tangentx.frontend.inplace import check_plain
from tangentx.frontend.nodes import load, store
from tangentx.frontend.places import placed
from tangentx.ir.nodes import Call, Const, Method, Ref, Var

__all__ = ["conversion", "is_none", "may_be_none"]


def conversion(lowering: Any, node: Any, wish: str) -> Any:
    """The value of such a call; None if it is another one."""
    fn = lowering.static_object(node.func)
    words = {k.arg: k.value for k in node.keywords}
    if any(isinstance(a, gast.Starred) for a in node.args):
        return None
    if fn is dict:
        return _dict(lowering, node, wish)
    if fn in (OrderedDict, defaultdict) and (node.keywords or _gives_pairs(lowering, node.args[-1:])) and not getattr(node, "of_dict", False):
        return _of_dict(lowering, node, 1 if fn is defaultdict else 0, wish)
    if getattr(fn, "__self__", None) is dict and getattr(fn, "__name__", "") == "fromkeys" and 1 <= len(node.args) <= 2 and not words:
        value = node.args[1] if len(node.args) == 2 else gast.Constant(None, None)
        value = value if isinstance(value, gast.Constant) else load(lowering.bound(value))
        return _lowered(lowering, gast.DictComp(load("key"), value, [_over("key", node.args[0])]), node, wish)
    if fn is divmod and len(node.args) == 2 and not words:
        a, b = (_held(lowering, lowering.value(arg), "part", node) if not isinstance(arg, gast.Constant) else arg for arg in node.args)
        if getattr(node, "own", False):
            return None  # of a class that says itself what that is
        for name, part in (("__divmod__", a), ("__rdivmod__", b)):
            if not isinstance(part, gast.Constant):
                check_plain(lowering, lowering.env[part], name, node)
        left, right = (part if isinstance(part, gast.Constant) else load(part) for part in (a, b))
        both = [gast.BinOp(left, gast.FloorDiv(), right), gast.BinOp(left, gast.Mod(), right)]
        return _lowered(lowering, gast.Tuple(both, gast.Load()), node, wish)
    if fn is sorted and len(node.args) == 1 and set(words) <= {"key", "reverse"}:
        return _sorted(lowering, node, words, wish)
    if isinstance(node.func, gast.Attribute) and node.func.attr == "sort" and not node.args and "key" in words and set(words) <= {"key", "reverse"}:
        return _in_place(lowering, node, words)
    return None


def _dict(lowering: Any, node: Any, wish: str) -> Any:
    keys, values = [gast.Constant(k.arg, None) if k.arg else None for k in node.keywords], [k.value for k in node.keywords]
    if len(node.args) > 1:
        return None
    if not node.args:
        return _lowered(lowering, gast.Dict(keys, values), node, wish)
    first = node.args[0]
    pairs = _gives_pairs(lowering, node.args)
    if pairs:
        target = gast.Tuple([store("key"), store("value")], gast.Store())
        first = gast.DictComp(load("key"), load("value"), [gast.comprehension(target, first, [], 0)])
    if pairs and not keys:
        return _lowered(lowering, first, node, wish)
    return _lowered(lowering, gast.Dict([None, *keys], [first, *values]), node, wish)


def _gives_pairs(lowering: Any, args: list[Any]) -> bool:
    """Whether what a dict is made of is visibly no dict."""
    made = [a for a in args if isinstance(a, gast.Call) and any(lowering.static_object(a.func) is f for f in (list, tuple, sorted))]
    return bool(made) or any(isinstance(a, gast.List | gast.Tuple | gast.ListComp) or lowering.lazy(a) is not None for a in args)


def _of_dict(lowering: Any, node: Any, first: int, wish: str) -> Any:
    """A dict of a kind of its own, made of a plain one."""
    plain = gast.Call(load("builtins.dict"), node.args[first:], node.keywords)
    made = placed(gast.Call(node.func, [*node.args[:first], plain], []), node)
    made.of_dict = True
    return lowering.value(made, wish)


def _sorted(lowering: Any, node: Any, words: dict[str, Any], wish: str) -> Any:
    items = _held(lowering, _listed(lowering, node.args[0], node, "items"), "items", node)
    values = _keys(lowering, words["key"], load(items), node) if "key" in words and not is_none(lowering, words["key"]) else items
    backwards = lowering.atom(words["reverse"]) if "reverse" in words else Const(False)
    call = Call(Ref(rt.order, "order", "tangentx.runtime", "order"), (lowering.env[values], *([] if backwards == Const(False) else [backwards])))
    order = _held(lowering, call, "order", node)
    part = gast.Subscript(load(items), load("i"), gast.Load())
    return _lowered(lowering, gast.ListComp(part, [_over("i", load(order))]), node, wish)


def is_none(lowering: Any, node: Any) -> bool:
    """Whether a function that is given by ``key=`` is None, as it may be."""
    return lowering.env.get(getattr(node, "id", "")) == Const(None) or isinstance(node, gast.Constant) and node.value is None


def may_be_none(lowering: Any, node: Any) -> bool:
    """Whether only the run knows the function, and so whether there is one."""
    plain = isinstance(lowering.env.get(getattr(node, "id", "")), Var)
    return plain or isinstance(node, gast.Attribute) and lowering.static_object(node) is None


def _keys(lowering: Any, key: Any, items: Any, node: Any) -> str:
    """The keys of the items, in a list."""
    item = lowering._key("item")  # the user's key may have a name like it
    value = gast.Call(key, [load(item)], [])
    if may_be_none(lowering, key):
        value = gast.IfExp(gast.Compare(key, [gast.Is()], [gast.Constant(None, None)]), load(item), value)
    keys = gast.ListComp(value, [_over(item, items)])
    return _held(lowering, _lowered(lowering, keys, node, "keys"), "keys", node)


def _in_place(lowering: Any, node: Any, words: dict[str, Any]) -> Any:
    """``xs.sort(key=f)``: with the keys worked out, where it is a list."""
    owner = lowering.bound(node.func.value) if not isinstance(node.func.value, gast.Name) else node.func.value.id
    keys = "" if is_none(lowering, words["key"]) else _keys(lowering, words["key"], load(owner), node)
    given = {"keys": lowering.env[keys]} if keys else {}
    if "reverse" in words:
        given["reverse"] = lowering.atom(words["reverse"])
    return Call(Method("sort"), (lowering.atom(placed(load(owner), node)),), tuple(given.items()))


def _listed(lowering: Any, items: Any, node: Any, wish: str) -> Any:
    return _lowered(lowering, gast.ListComp(load("item"), [_over("item", items)]), node, wish)


def _held(lowering: Any, value: Any, name: str, node: Any) -> str:
    """A key for a value."""
    key = lowering._key(name)
    lowering.env[key] = lowering.emit(value, node, name)
    return key


def _lowered(lowering: Any, made: Any, node: Any, wish: str) -> Any:
    for generator in getattr(made, "generators", ()):
        generator.made = True
    return lowering.value(placed(made, node), wish)


def _over(name: str, items: Any) -> Any:
    return gast.comprehension(store(name), items, [], 0)
