"""Parameters that are annotated as lists, dicts or arrays: a function that writes checks that they are, and then knows it.

def f(xs: list[float]):                 def f(xs: list[float]):
    ys = xs[:]                 ==>          check_class(xs, list)
    ys[0] = 1.0                             ys = xs[:]             a copy, where an array would give a view

def f(xs: np.ndarray): ...          ==>     check_annotated(xs)    the other way round
"""

from __future__ import annotations

import operator
from dataclasses import replace

from tangentx.analysis.aliases import is_inplace
from tangentx.analysis.kinds import ANNOTATIONS as KNOWN
from tangentx.analysis.kinds import is_part
from tangentx.ir.nodes import Atom, Call, Each, Effect, Expr, For, Function, Let, Param, Ref, Store
from tangentx.ir.walk import own_atoms, statements
from tangentx.transform.build import helper

__all__ = ["settle_annotations"]

KINDS: dict[str, type] = {"list": list, "List": list, "dict": dict, "Dict": dict}


def settle_annotations(function: Function) -> Function:
    """The function with a check of each such parameter, if it writes anything."""
    every = tuple(statements(function.body))
    items = {s.target for stmt in every if isinstance(stmt, For) for s in stmt.sources if isinstance(s, Each)}
    changes = any(isinstance(s, Store) or is_inplace(s) and items.intersection(own_atoms(s)) for s in every)
    if not function.body or not changes:
        return function
    wanted = [(p, cls) for p in function.params if (cls := _annotated(p)) is not None]
    checks = [Effect(helper("check_class", p.var, Ref(cls, cls.__name__, "builtins", cls.__name__)), function.body[0].place) for p, cls in wanted]
    arrays = [p for p in function.params if KNOWN.get(p.said) == "array" and p.var in _sliced(function)]
    checks += [Effect(helper("check_annotated", p.var), function.body[0].place) for p in arrays]
    known = {s.value for s in statements(function.body) if isinstance(s, Effect)}
    return replace(function, body=(*(c for c in checks if c.value not in known), *function.body))


def _sliced(function: Function) -> set[Atom]:
    """What slices are taken of."""
    lets = [s for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Call)]
    defs: dict[Atom, Expr] = {s.target: s.value for s in lets}
    reads = [s.value for s in lets if isinstance(s.value, Call) and getattr(s.value.fn, "obj", None) is operator.getitem]
    return {call.args[0] for call in reads if is_part(defs.get(call.args[1]))}


def _annotated(param: Param) -> type | None:
    return KINDS.get(param.said.partition("[")[0].rpartition(".")[2])
