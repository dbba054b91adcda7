"""Array modules that are found at run time: ``xp = array_namespace(x)``, as code for several array libraries has it.

    xp = array_namespace(x)           xp = array_namespace(x)
    y = xp.exp(x)              ==>    xp.1 = array_module(xp)        says so if it is not NumPy (or CuPy)
                                      y = np.exp(x)

No array has a method ``exp``, and NumPy has a function of that name: what ``exp`` is asked of is an array module.  So is what
``array_namespace`` gives, and ``xp`` in ``xp.sum(y)`` if y has a derivative, for an array's method takes an axis there.  NumPy's
functions hand CuPy's arrays on to CuPy.

    p, n = prepared(x)                an array's method takes such an n, too: it is one of an array, and the run says so if p is a module
    y = p.reshape(n, 1)

    for t in terms:                   an object of a class that is known is no module; what stands in a list may be an object of any class, which
        y = t.square(x)               is asked while running, module or not: see callees
"""

from __future__ import annotations

import inspect
import operator
import types
from dataclasses import replace
from typing import Any

import numpy as np

from tangentx.analysis.activity import find_varied
from tangentx.analysis.classes import ClassOf, find_classes, is_own_class
from tangentx.analysis.facts import find_facts
from tangentx.analysis.kinds import MEMBERS
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Attribute, Block, Call, Const, Each, Effect, Expr, For, Function, Let, Method, Ref, Stmt, Unpack, Var, While
from tangentx.ir.walk import map_atoms, map_blocks, source_targets, statements, stmt_targets
from tangentx.rules.table import Rulebook
from tangentx.transform.build import helper

__all__ = ["settle_namespaces"]

# functions that give one, alone or as the first of several things; what they do give is checked while running
GIVE_ONE = frozenset({"array_namespace", "get_array_module", "get_array_namespace"})
GIVE_IT_FIRST = frozenset({"get_namespace", "get_namespace_and_device"})
MAKERS = frozenset({"empty", "ones", "zeros"})
TAKE_NUMBERS = frozenset({"reshape", "repeat"})  # an array's method takes numbers that a function may have returned with the array
DERIVED = ("elementwise", "reduction", "linear", "multilinear", "adjoint")


def settle_namespaces(function: Function, wrt: tuple[Var, ...], rulebook: Rulebook, fresh: Fresh, class_of: ClassOf) -> Function:
    """Calls of functions of an array module, named as NumPy's; ``wrt`` are arrays for certain."""
    varied: frozenset[Var] = frozenset()
    if any(_takes_an_array(s, rulebook) for s in statements(function.body)):
        varied = find_varied(function, wrt, find_facts(function, rulebook, settled=False), rulebook)
    of_a_class = {v for v, cls in (*((p.var, p.cls) for p in function.params), *function.cells) if is_own_class(cls)}
    numbers = {s.target for s in statements(function.body) if isinstance(s, Let) and _is_arithmetic(s.value)}
    none = {*wrt, *numbers, *of_a_class}
    methods = _methods(function)
    found = [(v, s) for s in statements(function.body) if (v := _asked(s, rulebook, varied)) is not None and v not in none and s not in methods]
    objects, items = (find_classes(function, class_of), _items(function)) if found else ({}, frozenset())
    asked = {v: None for v, s in found if v not in objects and (v not in items or _takes_an_array(s, rulebook))}
    asked |= dict.fromkeys(_given(function))
    checked = {s for s in statements(function.body) if isinstance(s, Effect)}  # the function comes here once more when calls are inlined
    if not asked and checked.issuperset(methods.values()):
        return function
    named = {v: fresh(v.base) for v in asked}
    modules: dict[Any, types.ModuleType] = dict.fromkeys(named.values(), np)
    params = [p.var for p in function.params]
    checks = {v: Let(new, helper("array_module", v), function.place) for v, new in named.items()}

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> list[Stmt]:
        targets = [v for v in stmt_targets(stmt) if v in named]
        before = [check] if (check := methods.get(stmt)) is not None and check not in checked else []
        stmt = map_atoms(stmt, lambda a: named.get(a, a) if isinstance(a, Var) else a)
        if isinstance(stmt, Let) and isinstance(stmt.value, Call):
            stmt = replace(stmt, value=_numpys(stmt, stmt.value, modules))
        return [*before, in_loop(map_blocks(stmt, block)), *(replace(checks[v], place=stmt.place) for v in targets)]

    def in_loop(stmt: Stmt) -> Stmt:
        """A loop with the checks of what has another value in each turn."""
        if not isinstance(stmt, For | While):
            return stmt
        items = [v for s in stmt.sources for v in source_targets(s)] if isinstance(stmt, For) else []
        first = [replace(checks[v], place=stmt.place) for v in items if v in named]
        first += [replace(checks[c.target], target=fresh(c.target.base), place=stmt.place) for c in stmt.carries if c.target in named]
        return replace(stmt, body=(*first, *stmt.body)) if isinstance(stmt, For) else replace(stmt, header=(*first, *stmt.header))

    first = tuple(checks[v] for v in asked if v in params or v in function.free)
    body = first + block(function.body)
    return replace(function, body=body, result=named.get(function.result, function.result) if isinstance(function.result, Var) else function.result)


def _items(function: Function) -> frozenset[Var]:
    """What a loop comes to, or an index gives, in something that holds several things, but for what the function sees to hold modules."""
    every = tuple(statements(function.body))
    sources = [source for s in every if isinstance(s, For) for source in s.sources]
    items = {v for s in sources if not (isinstance(s, Each) and _of_modules(s.sequence)) for v in source_targets(s)}
    items |= {v for s in every if isinstance(s, Unpack) and s.source in items for v in s.targets if v is not None}
    gets = ((s.target, s.value) for s in every if isinstance(s, Let) and isinstance(s.value, Call))
    return frozenset(items).union(v for v, c in gets if getattr(c.fn, "obj", None) is operator.getitem and not _of_modules(c.args[0]))


def _of_modules(holder: Atom) -> bool:
    """``BACKENDS["numpy"]``: a name of the outside stands for a list or dict of modules."""
    held = holder.obj if isinstance(holder, Ref) else None
    within = held.values() if isinstance(held, dict) else held if isinstance(held, list | tuple) else ()
    return bool(within) and all(isinstance(m, types.ModuleType) for m in within)


def _given(function: Function) -> list[Var]:
    """The names of what is known to be an array module by the function that gives it, and is asked for something."""
    every = tuple(statements(function.body))
    lets = {s.target: s.value for s in every if isinstance(s, Let)}
    used = {value.args[0] for value in lets.values() if isinstance(value, Call) and isinstance(value.fn, Method)}
    ones = [v for v, value in lets.items() if _is_call(value, GIVE_ONE)]
    pairs = [s for s in every if isinstance(s, Unpack) and isinstance(s.source, Var) and _is_call(lets.get(s.source), GIVE_IT_FIRST)]
    return [v for v in (*ones, *(s.targets[0] for s in pairs)) if v is not None and v in used]


def _is_call(value: Expr | None, names: frozenset[str]) -> bool:
    return isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.attr in names


def _is_arithmetic(value: Expr) -> bool:
    """Whether an operator has made it: no module, then, but perhaps an object that has such a method."""
    return isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module == "operator" and value.fn.attr != "getitem"


def _asked(stmt: Stmt, rulebook: Rulebook, varied: frozenset[Var]) -> Var | None:
    """What a function of NumPy's that no value has is asked of."""
    if not (isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Method | Attribute)):
        return None
    call, name = stmt.value, stmt.value.fn.name
    receiver = call.args[0]
    found = None if name in MEMBERS else getattr(np, name, None)
    if isinstance(call.fn, Attribute):
        known = name in ("linalg", "fft")
    elif found is None:
        known = _takes_an_array(stmt, rulebook) and call.args[1] in varied
    else:
        known = len(call.args) > 1 and (name in MAKERS or rulebook.rule(Ref(found, name, "numpy", name), *DERIVED) is not None)
    return receiver if known and isinstance(receiver, Var) else None


def _methods(function: Function) -> dict[Stmt, Stmt]:
    """``p.reshape(n, 1)`` where ``p, n = prepared(x)``, with the check that p is no module: such arguments a function of one takes, too."""
    every = tuple(statements(function.body))
    pairs = [{t for t in s.targets if t is not None} for s in every if isinstance(s, Unpack)]
    found: dict[Stmt, Stmt] = {}
    for stmt in every:
        call = stmt.value if isinstance(stmt, Let) and isinstance(stmt.value, Call) else None
        if call is None or not isinstance(call.fn, Method) or call.fn.name not in TAKE_NUMBERS or len(call.args) < 2:
            continue
        if any({*call.args[:2]} <= pair for pair in pairs):
            found[stmt] = Effect(helper("check_namesake", call.args[0], Const(call.fn.name)), stmt.place)
    return found


def _takes_an_array(stmt: Stmt, rulebook: Rulebook) -> bool:
    """``xp.sum(y)``: something stands where the array's method of that name has no array."""
    if not (isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Method) and len(stmt.value.args) > 1):
        return False
    rule = rulebook.rule(stmt.value.fn, *DERIVED)
    if rule is None or not hasattr(np, stmt.value.fn.name) or rule.function is None:
        return False
    return not any(name in rulebook.template(rule).outputs for name in list(inspect.signature(rule.function).parameters)[2:3])


def _numpys(stmt: Let, call: Call, modules: dict[Any, types.ModuleType]) -> Call:
    """The call as one of NumPy's, if it is asked of an array module."""
    module = modules.get(call.args[0]) if call.args and isinstance(call.fn, Method | Attribute) else None
    if module is None:
        return call
    name = call.fn.name  # type: ignore[union-attr]
    found = getattr(module, name, None)
    if isinstance(call.fn, Attribute):
        if isinstance(found, types.ModuleType):
            modules[stmt.target] = found
        return call
    text = f"{module.__name__}.{name}".replace("numpy", "np", 1)
    return call if found is None else Call(Ref(found, text, module.__name__, name), call.args[1:], call.kwargs)
