"""Local functions that are not put in place of their calls: those that call themselves, and those whose derivative is taken.

    def power(n):                                      power(4, x)         a function of the program:
        return 1.0 if n == 0 else x * power(n - 1)     Function power(n, x): ... power(n - 1, x)
    power(4)                                    ==>
    g = tx.grad(lambda y: x + y)
    g(1.0)                                             grad(inner)(1.0, x)

What such a function captures is handed over behind its arguments, as it is where it is called.
``lowering`` and ``inner`` are the ``Lowering`` of the function and of the one inside.
The function itself is made later, from the ``Inner`` that the call's ``Ref`` holds.
"""

from __future__ import annotations

from typing import Any

import gast

from tangentx.frontend.inner import Closure, Derivative, Lost, captured, closures, instance, reached
from tangentx.frontend.known import mapped, variables
from tangentx.frontend.nodes import load
from tangentx.frontend.scopes import nonlocals
from tangentx.ir.nodes import Atom, Call, Const, Expr, Function, Inner, Param, Ref, Var

__all__ = ["call_derivative", "call_recursive", "find_derivative", "is_recursive", "is_verb"]

VERBS = ("grad", "value_and_grad", "vjp", "jvp")


def is_verb(lowering: Any, node: Any) -> bool:
    """Whether what is called is one of tangentx's own functions."""
    return getattr(lowering.static_object(node), "__module__", "") == "tangentx.api"


def find_derivative(lowering: Any, node: Any) -> Derivative:
    """``tx.grad(g)`` of a local function or lambda."""
    first, verb = node.args[0], lowering.resolver.static(node.func, lowering.is_local)
    closure = lowering.closure(first, "inner") if isinstance(first, gast.Lambda) else lowering.argument(first)
    if not isinstance(closure, Closure):
        reason = "only the derivative of one local function is supported here, as it was defined"
        raise lowering.refuse(reason, node, "Take the derivative of a function that calls it.")
    given = [*node.args[1:], *(k.value for k in node.keywords if k.arg == "wrt")]
    wrt = _wrt(given[0], closure.parameters) if given else closure.parameters[:1]
    if verb.obj.__name__ not in VERBS or not wrt or any(k.arg != "wrt" for k in node.keywords):
        reason = f"of a local function only {', '.join(VERBS)}, with wrt written out, are supported"
        raise lowering.refuse(reason, node, "Define it outside of the function.")
    single = not (given and isinstance(given[0], gast.Tuple))
    return Derivative(closure, verb.obj.__name__, tuple(wrt), single)


def _wrt(node: Any, names: list[str]) -> list[str] | None:
    """The parameters that a literal wrt means."""
    found = []
    for item in node.elts if isinstance(node, gast.Tuple) else [node]:
        value = item.value if isinstance(item, gast.Constant) else None
        if type(value) is int and 0 <= value < len(names):
            value = names[value]
        if value not in names:
            return None
        found.append(value)
    return found


def call_derivative(lowering: Any, derivative: Derivative, node: Any) -> Expr:
    """A call of the derivative of a local function."""
    closure, seeds = derivative.closure, {}
    if derivative.mode in ("jvp", "vjp"):
        wanted = [f"{name}_dot" for name in derivative.wrt] if derivative.mode == "jvp" else ["init_grad"]
        seeds = {k.arg: lowering.atom(k.value) for k in node.keywords if k.arg in wanted}
        node = gast.copy_location(gast.Call(node.func, node.args, [k for k in node.keywords if k.arg not in wanted]), node)
    if found := next((name for c in (closure, *_functions(closure, lowering.env)) for name in c.writes), ""):
        reason = f"{closure.name} writes to {found.partition('@')[0]!r}, which is of the function around it"
        raise lowering.refuse(reason, node, "Return the value: its derivative has no such effect.")
    given = lowering.arguments(closure, node)
    atoms = _captured(lowering, closure, node)
    function = _function(lowering, closure, atoms, node)
    inner = Inner(function, derivative.mode, derivative.wrt, derivative.single, len(closure.all_parameters))
    fn = Ref(inner, derivative.name, "<inner>", closure.name)
    return Call(fn, (*(given[name] for name in closure.all_parameters), *atoms.values()), tuple(seeds.items()))


def _functions(closure: Closure, env: dict[str, Any]) -> list[Closure]:
    """The local functions that one reaches."""
    return [inner for other in reached(closure, env).values() for inner in closures(other)]


def is_recursive(closure: Closure, env: dict[str, Any]) -> bool:
    """Whether a local function calls itself, perhaps through others."""
    return any(closure is other for other in reached(closure, env).values())


def call_recursive(lowering: Any, closure: Closure, node: Any) -> Expr:
    """A call of a local function that calls itself: a function of the program."""
    given = lowering.arguments(closure, node)
    for other in (closure, *_functions(closure, lowering.env)):
        if other.writes:
            what = "writes into" if other.writes[0] not in nonlocals(other.body) else "writes to"
            reason = f"{other.name} calls itself and {what} {other.writes[0].partition('@')[0]!r}, which is of the function around it"
            raise lowering.refuse(reason, node, "Return the value; leave a memo out, or fill it in a loop.")
    if held := next((o for o in (closure, *reached(closure, lowering.env).values()) if variables(o)), None):
        through = "" if held is closure else f" through {held.name}, which"
        raise lowering.refuse(
            f"{closure.name} calls itself{through or ' and'} has a default that is computed", node, "Pass the value as an argument."
        )
    atoms = _captured(lowering, closure, node)
    reads = {name: other for name, other in reached(closure, lowering.env).items() if isinstance(other, Closure)}
    known = next((k for k in lowering.recursive if k[0] is closure and k[1] == reads and set(k[2]) == set(atoms)), None)
    if known is None:
        known = (closure, reads, list(atoms), Inner(None, "call", (), True, len(closure.all_parameters)))
        lowering.recursive.append(known)
        object.__setattr__(known[3], "function", _function(lowering, closure, atoms, node))  # its body holds the Inner already
    fn = Ref(known[3], closure.name, "<inner>", closure.name)
    return Call(fn, (*(given[name] for name in closure.all_parameters), *(atoms[name] for name in known[2])))


def _captured(lowering: Any, closure: Closure, node: Any) -> dict[str, Atom]:
    """What the function, and those that it calls, read of the function around."""
    found: dict[str, Atom] = {}
    for name in captured(closure, [*lowering.env, *lowering.source.cells], lowering.env):
        value = lowering.env.get(name)
        if isinstance(value, Lost):
            raise lowering.refuse_lost(value, node)
        if value is None and name not in lowering.local:
            value = lowering.resolver.name(gast.copy_location(load(name), node))
        if isinstance(value, Var | Const):
            found[name] = value
    for value in reached(closure, lowering.env).values():
        found.update((_key(var), var) for var in variables(value))
    return found


def _key(var: Var) -> str:
    """The key of a value that a local function holds: a default that is computed."""
    return f"{var.base}@@@{var.version}"


def _function(lowering: Any, closure: Closure, atoms: dict[str, Atom], node: Any) -> Function:
    """The local function as one of its own, with what it captures as its last parameters."""
    lowering._calls += 1
    body, keys = instance(closure, lowering._calls, lowering.static_object)
    inner = lowering.lowering(body)
    inner._calls, inner.recursive, inner.writers = lowering._calls, lowering.recursive, lowering.writers
    inner.origins, inner.opened, inner.resolver.foreign = lowering.origins, lowering.opened, lowering.resolver.foreign
    inner.local = {**lowering.local, **dict.fromkeys([*keys.values(), *atoms])}
    inner.env = {name: found for name, found in lowering.env.items() if isinstance(found, Ref)}
    params: list[Param] = []
    for key in [*(keys[name] for name in closure.all_parameters), *atoms]:
        base = name = key.partition("@")[0]
        taken, number = {p.var.base for p in params}, 0
        while name in taken:
            number += 1
            name = f"{base}_{number}"
        params.append(Param(inner.fresh(name)))
        inner.env[key] = params[-1].var
    for name in reached(closure, lowering.env):
        if name in lowering.env:
            inner.env[name] = mapped(lowering.env[name], lambda atom: inner.env.get(_key(atom), atom) if isinstance(atom, Var) else atom)
    inner.enter(body, set())
    inner.block(body[:-1])
    inner.stmt = lowering.stmt if isinstance(closure.node, gast.Lambda) else body[-1]
    result = Const(None) if body[-1].value is None else inner.atom(body[-1].value)
    lowering._calls = inner._calls
    place = lowering.place(closure.node)
    lowering.resolver.free.update(inner.resolver.free)
    return Function(closure.name, tuple(params), tuple(inner.out), result, place, tuple(inner.resolver.free.values()), returns=place)
