"""Parameters that are annotated as lists or dicts: a function that writes checks that they are, and then knows it.

def f(xs: list[float]):                 def f(xs: list[float]):
    ys = xs[:]                 ==>          check_class(xs, list)
    ys[0] = 1.0                             ys = xs[:]             a copy, where an array would give a view
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.ir.nodes import Effect, Function, Param, Ref, Store
from tangentx.ir.walk import statements
from tangentx.transform.build import helper

__all__ = ["settle_annotations"]

KINDS: dict[str, type] = {"list": list, "List": list, "dict": dict, "Dict": dict}


def settle_annotations(function: Function) -> Function:
    """The function with a check of each such parameter, if it writes anything."""
    if not function.body or not any(isinstance(s, Store) for s in statements(function.body)):
        return function
    wanted = [(p, cls) for p in function.params if (cls := _annotated(p)) is not None]
    checks = [Effect(helper("check_class", p.var, Ref(cls, cls.__name__, "builtins", cls.__name__)), function.body[0].place) for p, cls in wanted]
    known = {s.value for s in statements(function.body) if isinstance(s, Effect)}
    return replace(function, body=(*(c for c in checks if c.value not in known), *function.body))


def _annotated(param: Param) -> type | None:
    return KINDS.get(param.annotation.strip("'\" ").partition("[")[0].rpartition(".")[2])
