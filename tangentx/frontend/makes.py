"""Whether a function returns a function: then a call of it is lowered in place, as one that is given a function is.

def scaled(k):
    def inner(a):
        return a * k
    return inner                     scaled makes functions; so do  lambda p: lambda q: p + q,  return [inner, other], return scaled(k + 1)
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from typing import Any

import gast

from tangentx.errors import TangentxError
from tangentx.frontend.scopes import own_nodes
from tangentx.frontend.source import read

__all__ = ["LIBRARIES", "makes_functions", "means_function", "returns_function"]

DEPTH = 4  # makers that call makers
LIBRARIES = ("tangentx", "numpy", "scipy", "functools", "itertools", "builtins", "operator", "math")


def means_function(node: Any, inner: Callable[[Any], bool]) -> bool:
    """Whether an expression may mean a function, or hold one; ``inner`` judges names and calls."""
    if isinstance(node, gast.Lambda):
        return True
    if isinstance(node, gast.Name | gast.Call):
        return inner(node)
    parts: list[Any] = []
    if isinstance(node, gast.IfExp):
        parts = [node.body, node.orelse]
    elif isinstance(node, gast.BoolOp | gast.Dict):
        parts = node.values
    elif isinstance(node, gast.Tuple | gast.List):
        parts = node.elts
    elif isinstance(node, gast.Subscript | gast.Starred | gast.NamedExpr):
        parts = [node.value]
    elif isinstance(node, gast.ListComp):
        parts = [node.elt]
    return any(means_function(part, inner) for part in parts)


def makes_functions(fn: Any, depth: int = DEPTH) -> bool:
    """Whether a function of the user's returns a function that it has made."""
    if not isinstance(fn, types.FunctionType) or (fn.__module__ or "").partition(".")[0] in LIBRARIES or not depth or not _may_make(fn, depth):
        return False
    try:
        source = read(fn)
    except TangentxError:  # whoever differentiates it says what is wrong
        return False

    def static(node: Any) -> Any:
        chain = []
        while isinstance(node, gast.Attribute):
            chain.append(node.attr)
            node = node.value
        found = source.globals.get(node.id) if isinstance(node, gast.Name) else None
        for name in reversed(chain):
            found = getattr(found, name, None) if isinstance(found, types.ModuleType) else None
        return found

    return returns_function(source.node, static, depth)


def _may_make(fn: types.FunctionType, depth: int) -> bool:
    """Whether there is a function in its code, or a name of one that makes some: a quick look."""
    if any(isinstance(c, types.CodeType) for c in fn.__code__.co_consts):
        return True
    named = [fn.__globals__.get(name) for name in fn.__code__.co_names]
    if any(f is functools or f is functools.partial for f in named):  # not by "in": an array compares item by item
        return True
    return any(f is not fn and makes_functions(f, depth - 1) for f in named)


def returns_function(function: Any, static: Callable[[Any], Any], depth: int = DEPTH) -> bool:
    """Whether a def or lambda returns a function that it has made; ``static`` gives the object that an expression means."""
    body = function.body if isinstance(function.body, list) else [gast.Return(function.body)]
    nodes = own_nodes(body)
    local = {n.name: n for n in nodes if isinstance(n, gast.FunctionDef)}
    known = set(local)
    own = {n.id for part in (function.args, *body) for n in gast.walk(part) if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load)}

    def judged(node: Any) -> bool:
        if isinstance(node, gast.Name):
            return node.id in known
        if isinstance(node.func, gast.Name) and node.func.id in local:
            return depth > 0 and returns_function(local[node.func.id], static, depth - 1)
        maker = static(node.func) if own.isdisjoint(n.id for n in gast.walk(node.func) if isinstance(n, gast.Name)) else None
        return maker is functools.partial or makes_functions(maker, depth - 1)

    for _ in range(2):  # a name may be assigned further down, in a loop
        for node in nodes:
            if isinstance(node, gast.Assign) and means_function(node.value, judged):
                known |= {t.id for t in node.targets if isinstance(t, gast.Name)}
    return any(isinstance(n, gast.Return) and n.value is not None and means_function(n.value, judged) for n in nodes)
