"""Functions that are given functions: the callee is lowered in place of its call, with what is known of its arguments.

    def newton(f, x):                      Function g(x, a)
        for _ in range(3):                     for _ in range(3):
            x = x - f(x)          ==>              x_1 = x - (x * x - a)
        return x
    def g(x, a):
        return newton(lambda t: t * t - a, x)

``functools.partial(f, a)`` is the local function ``lambda *args, **keywords: f(a, *args, **keywords)``.
The globals of a callee get names of their own (``scale@@1``), which are looked up where the callee is defined.
"""

from __future__ import annotations

import copy
import functools
import inspect
import types
from dataclasses import replace
from typing import Any

import gast
import numpy as np

from tangentx.frontend.check import check
from tangentx.frontend.checkers import behind_checks
from tangentx.frontend.getters import getter
from tangentx.frontend.inner import Closure, Derivative, Known, closures
from tangentx.frontend.inserted import with_inserted
from tangentx.frontend.keywords import with_keywords
from tangentx.frontend.makes import LIBRARIES, makes_functions, means_function, returns_function
from tangentx.frontend.nested import find_derivative, is_verb
from tangentx.frontend.nodes import load
from tangentx.frontend.params import parameters
from tangentx.frontend.places import placed
from tangentx.frontend.renamed import Renamed
from tangentx.frontend.resolve import Resolver
from tangentx.frontend.source import read
from tangentx.frontend.spread import behind_star, known_items, known_parts
from tangentx.ir.nodes import Expr, Ref
from tangentx.rules.declare import is_declared, stand_in
from tangentx.rules.mutators import written_by

__all__ = ["made_function", "may_be_callable", "specialised"]

DEPTH = 3  # an integral in an integral is no recursion


def made_function(lowering: Any, node: Any) -> Closure | Derivative | None:
    """The local function that a call makes of one: a partial, a getter, a derivative; None if it is another call."""
    if lowering.static_object(node.func) is functools.partial and node.args:
        return _partial(lowering, node)
    if (made := getter(lowering, node)) is not None:
        return Closure(made, "getter", ())
    return find_derivative(lowering, node) if _is_derivative(lowering, node) else None


def _is_derivative(lowering: Any, node: Any) -> bool:
    return bool(node.args) and is_verb(lowering, node.func) and may_be_callable(lowering, node.args[0])


def _partial(lowering: Any, node: Any) -> Closure:
    """``partial(f, a, k=v)`` as a lambda; its values are worked out here."""
    fn, *args = node.args

    def kept(value: Any, name: str) -> Any:
        key = lowering._key(name)
        lowering.env[key] = lowering.argument(value)
        return load(key)

    stars = [*(a.value for a in args if isinstance(a, gast.Starred)), *(k.value for k in node.keywords if k.arg is None)]
    if any(known_parts(lowering, s) is None and known_items(lowering, s) is None for s in stars):
        raise lowering.refuse("a partial with a star of unknown length is not supported", node, "Write its arguments out.")

    def part(value: Any) -> Any:
        return gast.Starred(kept(value.value, "given"), gast.Load()) if isinstance(value, gast.Starred) else kept(value, "given")

    rest, words = lowering._key("args"), lowering._key("keywords")
    given = [*map(part, args), gast.Starred(load(rest), gast.Load())]
    keywords = [gast.keyword(k.arg, kept(k.value, k.arg or "given")) for k in node.keywords]
    call = gast.Call(kept(fn, "function"), given, [*keywords, gast.keyword(None, load(words))])
    param = gast.Name(rest, gast.Param(), None, None), gast.Name(words, gast.Param(), None, None)
    made = gast.Lambda(gast.arguments([], [], param[0], [], [], param[1], []), call)
    return Closure(placed(made, node), "partial", ())


def specialised(lowering: Any, node: Any) -> Expr | Known | None:
    """The value of a call of a Python function that is given a local function, or makes one; None if the call is another one."""
    if lowering.static_object(node.func) in (max, min) and behind_star(lowering, node.args, 0, 0)[1]:
        of_all = gast.copy_location(gast.Tuple(node.args, gast.Load()), node)
        found: Expr | Known = lowering.value(gast.copy_location(gast.Call(node.func, [of_all], node.keywords), node))
        return found
    values = [*node.args, *(k.value for k in node.keywords)]
    fn = lowering.resolver.static(node.func, lowering.is_local) if isinstance(node.func, gast.Name | gast.Attribute) else None
    if isinstance(fn, Ref) and (other := stand_in(fn.obj)) and any(may_be_callable(lowering, v) or _is_callable(lowering, v) for v in values):
        return _opened(lowering, replace(fn, obj=other), node)
    if not isinstance(fn, Ref) or not isinstance(fn.obj, types.FunctionType) or fn.module.partition(".")[0] in LIBRARIES:
        return None
    given = any(may_be_callable(lowering, v) or _is_function(lowering, v) for v in values) or _is_wrapper(fn.obj) or _packs(lowering, fn.obj, node)
    if (fn.obj.__module__ or "").partition(".")[0] in LIBRARIES or is_declared(fn.obj) or not (given or makes_functions(fn.obj)):
        return None
    if lowering.opened.count(fn.obj) > DEPTH:
        if not any(may_be_callable(lowering, v) for v in values):
            return None
        reason = f"{fn.obj.__name__} calls itself with a local function as argument"
        raise lowering.refuse(reason, node, "Define the function that it is given outside, as a function of the module.")
    return _opened(lowering, fn, node)


def _opened(lowering: Any, fn: Ref, node: Any) -> Expr | Known:
    lowering.opened.append(fn.obj)
    value: Expr | Known = lowering.inlined(_foreign(lowering, fn), node)
    lowering.opened.pop()
    return value


def _is_wrapper(fn: types.FunctionType) -> bool:
    """Whether it is what a decorator has put around a function, and passes on whatever it is given, but is more than its checks."""
    starred = fn.__code__.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS)
    return hasattr(fn, "__wrapped__") and bool(starred) and behind_checks(fn) is fn


def _packs(lowering: Any, fn: types.FunctionType, node: Any) -> bool:
    """Whether its starred parameter takes a star of unknown length."""
    starred = fn.__code__.co_flags & inspect.CO_VARARGS
    return bool(starred and behind_star(lowering, node.args, fn.__code__.co_argcount, len(fn.__defaults__ or ()))[1])


def _is_function(lowering: Any, node: Any) -> bool:
    """Whether an expression means a function of a module."""
    known = lowering.functions.get(lowering.env.get(node.id)) if isinstance(node, gast.Name) else None  # another name of it
    found = lowering.static_object(node) if known is None else known.obj
    return isinstance(found, types.FunctionType | types.BuiltinFunctionType | np.ufunc) or bool(written_by(found))


def _is_callable(lowering: Any, node: Any) -> bool:
    """Whether an expression means something of a module that is called, a class too."""
    return callable(lowering.static_object(node))


def may_be_callable(lowering: Any, node: Any) -> bool:
    """Whether an expression may mean what is known of functions: a local function, a partial, a display or a choice of such."""
    if isinstance(node, gast.Starred):
        return may_be_callable(lowering, node.value)
    if isinstance(node, gast.Name):
        return isinstance(lowering.env.get(node.id), Known)
    if not isinstance(node, gast.Call):
        return means_function(node, lambda part: may_be_callable(lowering, part))
    if isinstance(node.func, gast.Attribute) and may_be_callable(lowering, node.func.value):
        return True
    if isinstance(node.func, gast.Name) and isinstance(fn := lowering.env.get(node.func.id), Known):
        return any(returns_function(c.node, lowering.static_object) for c in closures(fn))
    maker = lowering.static_object(node.func)
    return maker is functools.partial or getter(lowering, node) is not None or _is_derivative(lowering, node) or makes_functions(maker)


def _foreign(lowering: Any, fn: Ref) -> Closure:
    """A function from elsewhere as one that is defined here."""
    source = check(with_keywords(with_inserted(read(fn.obj))))
    lowering.origins.append(source)
    number = len(lowering.origins)
    lowering.resolver.foreign[str(number)] = Resolver(source, reached=fn)
    tree, code = copy.deepcopy(source.node), fn.obj.__code__
    own = {*code.co_varnames, *code.co_cellvars}
    body = tree.body if isinstance(tree.body, list) else [tree.body]
    names = {n.id: f"{n.id}@@{number}" for part in body for n in gast.walk(part) if isinstance(n, gast.Name) and n.id not in own}
    renamed = [Renamed(names).visit(part) for part in body]
    tree.body = renamed if isinstance(tree.body, list) else renamed[0]
    tree.origin = number
    defaults = tuple((p.var.base, p.default) for p in parameters(source) if p.default is not None)
    return Closure(tree, source.name, defaults)
