"""What is known of functions while transforming: displays that hold them, a choice between two, and their parts.

fs = [lambda t: t * x, np.sin]         Display("list", (Closure, Ref))
fs[0](x)                               a call of the closure
for f in fs: y = y + f(x)              the body, once for each item
g = fs[0] if x > 0 else h              Choice(x_gt_0, Closure, Closure): a call of it is a branch
"""

from __future__ import annotations

import copy
import operator
from collections.abc import Callable
from typing import Any

import gast

from tangentx.frontend.inner import Choice, Closure, Derivative, Display, Known
from tangentx.frontend.nodes import load
from tangentx.ir.nodes import UNDEF, Atom, Build, Call, Const, Expr, Ref, Var

__all__ = ["applied", "item", "kept", "mapped", "method", "named", "no_value", "parts", "variables"]

HINT = "Call it here, hand it to a function of your own, or define it outside of the function."


def no_value(value: Known, node: Any) -> tuple[Any, Any, str]:
    """Why a known value cannot stand where a number or an array is wanted: reason, node, way out."""
    if isinstance(value, Display):
        return f"{value.name} can be read by a constant index or key, and looped over", node, "Take the functions that you call out of it by name."
    return f"{value.name} is a local function: it can be called, but is no value here", node, HINT


def kept(kind: str, items: list[Any]) -> Expr | Known:
    """A display: one that the IR has, or one that holds local functions."""
    return Display(kind, tuple(items)) if any(isinstance(i, Known) for i in items) else Build(kind, tuple(items))


def parts(display: Known) -> list[Any] | None:
    """What a loop over it runs over: its items, the keys of a dict."""
    if not isinstance(display, Display):
        return None
    return list(display.items[::2] if display.kind == "dict" else display.items)


def item(lowering: Any, value: Known, node: Any) -> Expr | Known:
    """``value[index]``."""
    if isinstance(value, Choice):
        found: Expr | Known = lowering.either(value, lambda part: _item_of(lowering, part, node), node, "item")
        return found
    return _item_of(lowering, value, node)


def _item_of(lowering: Any, value: Any, node: Any) -> Any:
    index = _index(lowering, node.slice)
    if isinstance(value, Display) and index is None and (chosen := _chosen(lowering, value, node.slice, node)) is not None:
        return chosen
    if not isinstance(value, Display) or index is None:
        raise lowering.refuse(*no_value(value, node))
    if value.kind == "dict":
        found = [v for k, v in zip(value.items[::2], value.items[1::2], strict=True) if k == Const(index)][-1:]
    elif isinstance(index, slice):
        return kept(value.kind, list(value.items[index]))
    else:
        found = [value.items[index]] if isinstance(index, int) and -len(value.items) <= index < len(value.items) else []
    if not found:
        raise lowering.refuse(f"there is no item {index!r} here", node, "Check the index.")
    return found[0]


def _chosen(lowering: Any, value: Display, key: Any, node: Any) -> Any:
    """The item under a key that is known at run time only: a choice by the number that the key has; None where there is no choice.

    {"double": lambda t: 2 * t, "sine": np.sin}[name]     ==>     number = {"double": 0, "sine": 1}[name]; ... if number == 1 else ...
    """
    keys, items = (list(value.items[::2]), list(value.items[1::2])) if value.kind == "dict" else ([], list(value.items))
    if isinstance(key, gast.Slice | gast.Tuple) or len(items) < 2 or not all(isinstance(k, Const) for k in keys):
        return None
    if value.kind == "dict":
        numbers = lowering.emit(Build("dict", tuple(a for n, k in enumerate(keys) for a in (k, Const(n)))), node, "numbers")
    else:
        numbers = lowering.emit(Call(Ref(range, "range", "builtins", "range"), (Const(len(items)),)), node, "numbers")
    number = lowering.emit(Call(Ref(operator.getitem, "[]", "operator", "getitem"), (numbers, lowering.atom(key))), node, "number")
    *others, found = sorted(range(len(items)), key=lambda k: isinstance(items[k], Known))  # the last is one, so that each choice has one
    made = items[found]
    for k in reversed(others):
        test = lowering.emit(Call(Ref(operator.eq, "==", "operator", "eq"), (number, Const(k))), node)
        made = Choice(test, items[k], made)
    return made


def _index(lowering: Any, node: Any) -> Any:
    """A constant index, key or slice; None if it is known at run time only."""
    if isinstance(node, gast.Slice):
        bounds = [None if b is None else lowering.atom(b) for b in (node.lower, node.upper, node.step)]
        return slice(*(b and b.value for b in bounds)) if all(b is None or isinstance(b, Const) for b in bounds) else None
    found = lowering.atom(node)
    return found.value if isinstance(found, Const) else None


def method(lowering: Any, display: Known, node: Any) -> Expr | Known:
    """``display.items()`` and its like."""
    name, keys = node.func.attr, isinstance(display, Display) and display.kind == "dict"
    if not keys or node.keywords or (name not in ("items", "values", "keys", "copy", "get") or (node.args and name != "get")):
        raise lowering.refuse(*no_value(display, node))
    assert isinstance(display, Display)
    pairs = list(zip(display.items[::2], display.items[1::2], strict=True))
    if name == "get":
        key = _index(lowering, node.args[0])
        default = lowering.argument(node.args[1]) if len(node.args) == 2 else Const(None)
        if key is None:
            raise lowering.refuse(*no_value(display, node))
        found: Expr | Known = next((v for k, v in pairs if k == Const(key)), default)
        return found
    if name == "copy":
        return display
    if name == "items":
        made = [kept("tuple", list(pair)) for pair in pairs]
        return Display("tuple", tuple(m if isinstance(m, Known) else lowering.emit(m, node) for m in made))
    return kept("tuple", [pair[name == "values"] for pair in pairs])


def applied(lowering: Any, fn: Any, node: Any, wish: str) -> Any:
    """The value of a call of what is known; of a choice it is a branch."""
    if isinstance(fn, Closure):
        return lowering.inlined(fn, node)
    if isinstance(fn, Derivative):
        return lowering.called_derivative(fn, node)
    if isinstance(fn, Choice):
        call = _held(lowering, node)
        return lowering.either(fn, lambda part: applied(lowering, part, call, ""), node, wish)
    if fn == Const(UNDEF):
        raise lowering.refuse("this function is not defined on every path", node, "Define it on every path that leads here.")
    if isinstance(fn, Display | Const):
        raise lowering.refuse("this value cannot be called", node, "Call a function by its name.")
    key = lowering._key(fn.base if isinstance(fn, Var) else "function")
    lowering.env[key] = fn
    name = gast.copy_location(load(key), node)
    return lowering.value(gast.copy_location(gast.Call(name, node.args, node.keywords), node), wish)


def _held(lowering: Any, node: Any) -> Any:
    """The call with arguments that are worked out once, before the branch."""

    def name(part: Any) -> Any:
        if isinstance(part, gast.Constant | gast.Name):
            return part
        if isinstance(part, gast.Starred):
            return gast.copy_location(gast.Starred(name(part.value), gast.Load()), part)
        return gast.copy_location(load(lowering.key_of(part, "given")), part)

    args = [name(a) for a in node.args]
    words = [gast.keyword(k.arg, name(k.value)) for k in node.keywords]
    return gast.copy_location(gast.Call(node.func, args, words), node)


def mapped(value: Any, change: Callable[[Atom], Atom]) -> Any:
    """A value with the atoms in it replaced; what holds none stays the object that it is."""
    if isinstance(value, Var | Const | Ref):
        return change(value)
    if isinstance(value, Closure):
        defaults = tuple((name, mapped(default, change)) for name, default in value.defaults)
        return value if defaults == value.defaults else _with(value, defaults=defaults)
    if isinstance(value, Derivative):
        closure = mapped(value.closure, change)
        return value if closure is value.closure else _with(value, closure=closure)
    if isinstance(value, Display):
        items = tuple(mapped(i, change) for i in value.items)
        return value if items == value.items else _with(value, items=items)
    if isinstance(value, Choice):
        new = change(value.test), mapped(value.then, change), mapped(value.orelse, change)
        return value if new == (value.test, value.then, value.orelse) else Choice(*new)
    return value


def variables(value: Known) -> list[Var]:
    """The names of the IR in a value: defaults that are computed, items, tests."""
    found: dict[Atom, None] = {}
    mapped(value, lambda atom: found.setdefault(atom) or atom)
    return [atom for atom in found if isinstance(atom, Var)]


def named(value: Known, name: str) -> Known:
    """A lambda has the name that it is given first, in messages and in the names that are made of it."""
    plain = isinstance(value, Closure) and value.name == "lambda"
    found: Known = _with(value, name=name.partition("@")[0]) if plain else value
    return found


def _with(value: Any, **fields: Any) -> Any:
    new = copy.copy(value)
    for name, field in fields.items():
        object.__setattr__(new, name, field)
    return new
