"""Structures: the names that may hold a list, a tuple or a dict, though nobody says so.

def f(p):                  p: handed on whole, and nothing says that it is an array: its adjoints are added by ``add``
    return g(p) * h(p)
def f(x):                  x: an array or a number, since it stands in arithmetic with a number
    return g(x) - 2.0 * x
"""

from __future__ import annotations

from collections.abc import Iterable

from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, For, If, Let, Local, Method, Param, Ref, Stmt, Var, While
from tangentx.ir.walk import source_targets, stmt_targets
from tangentx.rules.table import Rulebook

__all__ = ["find_structures"]

HELPERS = ("add", "add_at", "cast_like", "put_at", "zeros_like")
ARITHMETIC = ("add", "sub", "mul", "truediv", "pow", "neg", "lt", "le", "gt", "ge")
OF_CONTAINERS = ("append", "clear", "copy", "count", "extend", "get", "index", "insert", "items", "keys", "pop", "setdefault", "update", "values")


def find_structures(params: Iterable[Param], stmts: tuple[Stmt, ...], facts: Facts, rulebook: Rulebook) -> frozenset[Var]:
    """The names of unknown kind that may hold a structure, as far as the statements of a function say."""
    defs = {s.target: s.value for s in stmts if isinstance(s, Let)}
    joined: dict[Var, list[Atom]] = {}
    for stmt in stmts:
        if isinstance(stmt, If):
            joined.update({j.target: [j.then, j.orelse] for j in stmt.joins})
        elif isinstance(stmt, For | While):
            joined.update({c.target: [c.init, c.back] for c in stmt.carries})
    numbers: dict[Atom, None] = {}  # what arithmetic makes
    for var, value in defs.items():
        if isinstance(value, Call) and (_copies(value) or _hands_on(value)):
            joined[var] = [value.args[0]]
        elif isinstance(value, Call) and not isinstance(value.fn, Local | Var) and getattr(value.fn, "attr", "") != "getitem":
            numbers.update({var: None} if rulebook.rule(value.fn, "elementwise", "reduction", "linear", "multilinear") else {})
    numbers.update({a: None for value in defs.values() if isinstance(value, Call) for a in _numeric(value)})
    while more := [t for t, values in joined.items() if t not in numbers and all(a in numbers or isinstance(a, Const) for a in values)]:
        numbers.update(dict.fromkeys(more))
    tested = {a for value in defs.values() if isinstance(value, Call) and getattr(value.fn, "attr", "") == "isinstance" for a in value.args[:1]}
    every = {p.var for p in params} | set(joined) | {v for s in stmts for v in _targets(s)}
    known = {v for v in every if v in numbers and v not in tested or facts.of(v).scalar or facts.of(v).kind == "array"}
    return frozenset(v for v in every - known if not isinstance(defs.get(v), Build))


def _targets(stmt: Stmt) -> tuple[Var, ...]:
    own = stmt_targets(stmt)
    return (*own, *(t for s in stmt.sources for t in source_targets(s))) if isinstance(stmt, For) else tuple(own)


def _copies(call: Call) -> bool:
    """Whether the value is a copy of its first operand, of the same class."""
    name = call.fn.name if isinstance(call.fn, Method) and not call.fn.own else getattr(call.fn, "text", "")
    return name in ("copy", "copied", "snapshot") and len(call.args) == 1


def _hands_on(call: Call) -> bool:
    """Whether it is a helper whose value is a structure where its first operand is one: ``add``, in a derivative that is differentiated."""
    return isinstance(call.fn, Ref) and call.fn.module == "tangentx.runtime" and call.fn.attr in HELPERS and bool(call.args)


def _numeric(call: Call) -> tuple[Atom, ...]:
    """The operands that only an array or a number can be."""
    if isinstance(call.fn, Method | Attribute):
        of_arrays = call.fn.name not in OF_CONTAINERS if isinstance(call.fn, Method) else call.fn.name in ("T", "shape", "ndim")
        return call.args[:1] if of_arrays and not call.fn.own else ()
    if not isinstance(call.fn, Ref) or call.fn.module != "operator" or call.fn.attr not in ARITHMETIC:
        return ()
    numbers = [a for a in call.args if isinstance(a, Const) and isinstance(a.value, int | float)]
    joins = call.fn.attr in ("add", "mul")  # [1.0] * 2 is a list
    return call.args if call.fn.attr == "neg" or any(not joins or isinstance(a.value, float) for a in numbers) else ()
