"""Whether what is not known may be a list: a part of one is a copy, of an array a view.

y = x * 2.0; v = y[1:]          y has no list in it: v is a view
v = x[1:]                       x may be a list
"""

from __future__ import annotations

from collections.abc import Mapping

from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import is_part, library_name
from tangentx.ir.nodes import Atom, Call, Const, Expr, Ref, Store, Var

__all__ = ["PARTS", "may_resize", "no_list"]

PARTS = frozenset({
    "split", "array_split", "hsplit", "vsplit", "dsplit", "broadcast_arrays", "unstack", "meshgrid", "list", "tuple", "dict", "sorted", "zip",
    "reversed", "values", "items", "enumerate", "set", "ix_", "iter", "nditer", "ndenumerate",
})  # fmt: skip


def no_list(atom: Atom, defs: Mapping[Var, Expr]) -> bool:
    """Whether the value comes from arithmetic that lists do not have: a part of it is a view."""
    value = defs.get(atom) if isinstance(atom, Var) else None
    if isinstance(value, Var):
        return no_list(value, defs)
    if not isinstance(value, Call) or library_name(value) in PARTS:
        return False
    if library_name(value) == "copy":
        return no_list(value.args[0], defs)
    if not isinstance(value.fn, Ref):
        return False
    if value.fn.module == "operator" and value.fn.attr in ("add", "mul", "iadd", "imul"):
        squared = value.fn.attr == "mul" and value.args[0] == value.args[1]
        return squared or any(no_list(a, defs) or isinstance(a, Const) and isinstance(a.value, float) for a in value.args)
    return value.fn.attr in ("sub", "truediv", "neg", "pow", "matmul") if value.fn.module == "operator" else value.fn.module == "numpy"


def may_resize(stmt: Store, facts: Facts, defs: Mapping[Var, Expr]) -> bool:
    """Whether ``x[i:j] = y``, of what is not known, may be one of lists, which may change the length of x."""
    part = defs.get(stmt.index) if isinstance(stmt.index, Var) else None
    known = facts.of(stmt.through or stmt.base).kind != "any" or no_list(stmt.base, defs)
    value = facts.of(stmt.value)
    return is_part(part) and not known and not value.scalar and value.kind != "array" and not no_list(stmt.value, defs)
