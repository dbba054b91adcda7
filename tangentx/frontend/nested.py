"""Derivatives inside: ``tx.grad`` of a function that is defined inside of the function being lowered.

    g = tx.grad(lambda y: x + y)          ==>          g_1 = grad(inner)(1.0, x)        what the lambda captures is handed over
    g(1.0)

``lowering`` and ``inner`` are the ``Lowering`` of the function and of the one inside.
The derivative itself is made later, from the ``Inner`` that the call's ``Ref`` holds.
"""

from __future__ import annotations

from typing import Any

import gast

from tangentx.frontend.inner import Closure, Derivative, captured, captures
from tangentx.frontend.liveness import Liveness, assigned
from tangentx.ir.nodes import Call, Expr, Function, Inner, Param, Ref

__all__ = ["call_derivative", "find_derivative"]


def find_derivative(lowering: Any, node: Any) -> Derivative | None:
    """``tx.grad(g)`` of a local function or lambda, or a name that was assigned one."""
    if isinstance(node, gast.Name):
        found = lowering.env.get(node.id)
        return found if isinstance(found, Derivative) else None
    if not (isinstance(node, gast.Call) and isinstance(node.func, gast.Name | gast.Attribute) and node.args):
        return None
    verb, first = lowering.resolver.static(node.func, lowering.is_local), node.args[0]
    if verb is None or getattr(verb.obj, "__module__", "") != "tangentx.api":
        return None
    closure = lowering._closure(first, "inner") if isinstance(first, gast.Lambda) else lowering.env.get(getattr(first, "id", ""))
    if not isinstance(closure, Closure):
        return None
    given = [*node.args[1:], *(k.value for k in node.keywords if k.arg == "wrt")]
    wrt = given[0].value if given and isinstance(given[0], gast.Constant) else 0 if not given else None
    names = closure.parameters
    if verb.obj.__name__ != "grad" or wrt is None or (wrt not in names and not (type(wrt) is int and 0 <= wrt < len(names))):
        raise lowering.refuse("of a local function only grad, with one literal wrt, is supported yet", node, "Define it outside of the function.")
    return Derivative(closure, "grad", names[wrt] if isinstance(wrt, int) else wrt)


def call_derivative(lowering: Any, derivative: Derivative, node: Any, inner: Any) -> Expr:
    """A call of the derivative of a local function: what that captures is handed over behind its arguments."""
    closure = derivative.closure
    names = closure.parameters
    given = {**dict(closure.defaults), **dict(zip(names, map(lowering.atom, node.args), strict=False))}
    given.update((k.arg, lowering.atom(k.value)) for k in node.keywords)
    if set(given) != set(names) or len(node.args) > closure.positional:
        raise lowering.refuse(f"the arguments do not fit {derivative.name}({', '.join(names)})", node)
    atoms = {name: atom for name in captured(closure, lowering.env) if not isinstance(atom := lowering.env[name], Closure | Derivative)}
    body = inner.body
    inner.local = dict.fromkeys([*names, *atoms, *assigned(body)])
    inner.env = {name: found for name, found in lowering.env.items() if isinstance(found, Closure | Derivative)}
    params = tuple(Param(inner.fresh(name)) for name in (*names, *atoms))
    inner.env.update((p.var.base, p.var) for p in params)
    inner.live = Liveness(body, captures(body))
    inner.block(body[:-1])
    inner.stmt = lowering.stmt if isinstance(closure.node, gast.Lambda) else body[-1]
    result = inner.atom(body[-1].value)
    place = lowering.place(closure.node)
    function = Function(closure.name, params, tuple(inner.out), result, place, tuple(inner.resolver.free.values()), returns=place)
    lowering.resolver.free.update(inner.resolver.free)
    fn = Ref(Inner(function, derivative.mode, derivative.wrt), derivative.name, "<inner>", closure.name)
    return Call(fn, (*(given[name] for name in names), *atoms.values()))
