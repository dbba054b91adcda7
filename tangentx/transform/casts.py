"""Casts: a gradient has the floating-point type of its argument; where that is sure anyway, nothing is cast.

    x_bar = x_bar + unbroadcast(g, x)          ==>          x_bar = x_bar + unbroadcast(g, x)
    return cast_like(x_bar, x)                              return x_bar

Sure: what ``unbroadcast`` or ``zeros_like`` made, sums of that, what a loop or branch carries of it.  And where the argument is
the function's only array: all steps keep its type, but for helpers that start from the seed alone.  Not sure is the structure of what
the function makes an array of itself, ``np.asarray(x)``: that may be a list.
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Atom, Call, Const, Expr, For, Function, If, Let, Local, Method, Ref, Store, Var, While
from tangentx.ir.walk import rename, statements

__all__ = ["without_casts"]

# helpers that give the type of an array that they are given, where a seed is a Python float
KEEPING = frozenset({
    "cast_like", "unbroadcast", "zeros_like", "add", "add_at", "put_at", "matmul_left", "matmul_right", "broadcast_like", "stop_gradient", "share",
})  # fmt: skip

CONVERT = ("array", "asarray", "asanyarray", "asfarray", "ascontiguousarray", "atleast_1d", "atleast_2d")  # what lists are given to


def without_casts(function: Function, facts: Facts, real_parts: bool = False) -> Function:
    """Removes the casts of results whose type is sure.  ``facts`` are those of the parameters.

    ``real_parts``: the primal takes some of what may be complex, so an adjoint on the way may be real where its argument is not.
    """
    lets = [s for s in statements(function.body) if isinstance(s, Let)]
    calls = [s.value for s in lets if isinstance(s.value, Call)]
    arrays = [p for p in function.params if p.kind != "keyword" and not facts.of(p.var).scalar]
    alone = len(arrays) == 1 and not real_parts and not any(isinstance(a, Ref) and a.live for c in calls for a in c.args) and all(map(_keeps, calls))
    flows, own = _flows(function), {p.var for p in function.params} | set(function.free)
    bare = any(isinstance(s, Store) and s.value == Const(0.0) and facts.of(s.index).kind == "int" for s in statements(function.body))
    converted = {c.args[0] for c in calls if isinstance(c.fn, Ref) and c.fn.attr in CONVERT and c.args}
    casts: dict[Var, Atom] = {}
    for stmt in lets:
        if isinstance(stmt.value, Call) and _helper(stmt.value) == "cast_like":
            value, like = stmt.value.args
            if like not in own:  # of a list on the way, which shall be a list again
                continue
            if bare and facts.of(like).kind == "any":  # should it be a list of arrays, zeros of their structure are due
                continue
            if like in converted and facts.of(like).kind not in ("array", "float"):  # it may be a list, and so is its gradient
                continue
            if alone or _sure(value, like, flows, set()):
                casts[stmt.target] = value
    body = tuple(s for s in function.body if not (isinstance(s, Let) and s.target in casts))
    return rename(replace(function, body=body), casts)


def _helper(call: Expr) -> str:
    return call.fn.attr if isinstance(call, Call) and isinstance(call.fn, Ref) and call.fn.module == "tangentx.runtime" else ""


def _keeps(call: Call) -> bool:
    """Whether a call gives the type of its arrays."""
    if isinstance(call.fn, Local) or (isinstance(call.fn, Ref) and (call.fn.module, call.fn.attr) == ("numpy", "expand_dims")):
        return False
    name = _helper(call)
    return (not name or name in KEEPING) and not any(isinstance(a, Const) and isinstance(a.value, complex) for a in call.args)


def _flows(function: Function) -> dict[Var, list[Expr]]:
    """What each name may get its value from."""
    found: dict[Var, list[Expr]] = {}
    for stmt in statements(function.body):
        if isinstance(stmt, Let):
            found[stmt.target] = [stmt.value]
        elif isinstance(stmt, Store):
            found[stmt.target] = [stmt.base]
        elif isinstance(stmt, If):
            found.update({j.target: [j.then, j.orelse] for j in stmt.joins})
        elif isinstance(stmt, For | While):
            found.update({c.target: [c.init, c.back] for c in stmt.carries})
    return found


def _sure(value: Expr, like: Atom, flows: dict[Var, list[Expr]], open_: set[Var]) -> bool:
    """Whether a value surely has the type of ``like``."""
    if isinstance(value, Var):
        if value in open_:
            return True  # a loop's own value: as sure as what it starts from
        return value in flows and all(_sure(v, like, flows, open_ | {value}) for v in flows[value])
    if not isinstance(value, Call):
        return False
    if _helper(value) in ("unbroadcast", "zeros_like", "cast_like", "put_at"):
        return value.args[1 if _helper(value) in ("unbroadcast", "cast_like") else 0] == like
    if isinstance(value.fn, Method) and value.fn.name == "copy":
        return _sure(value.args[0], like, flows, open_)
    if isinstance(value.fn, Ref) and value.fn.module == "operator" and value.fn.attr in ("add", "sub"):
        return all(_sure(a, like, flows, open_) for a in value.args)
    return False
