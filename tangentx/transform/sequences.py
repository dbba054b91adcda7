"""Lists and tuples where rules want arrays.

y = np.dot(w, xs)            ==>      array = np.array(xs); y = np.dot(w, array)           so NumPy takes them
out = out + [x * i]          ==>      out = concat(out, [x * i])                             see ``joins``
out = [x] + (x,)             ==>      NotDifferentiable
"""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import ALIKE
from tangentx.errors import NotDifferentiable
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Call, Function, Let, Place, Ref, Stmt, Var
from tangentx.ir.walk import map_blocks, map_expr, statements
from tangentx.rules.table import Bound, Rulebook
from tangentx.transform.build import bind

__all__ = ["refuse_joined", "settle_sequences"]

JOINS = (operator.add, operator.iadd, operator.mul, operator.imul)


SEQUENCES = ("list", "tuple")


def settle_sequences(function: Function, active: frozenset[Var], facts: Facts, rulebook: Rulebook, fresh: Fresh) -> Function:
    """An active list that is given to a function of NumPy's becomes an array first, but for functions whose rules know lists."""

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> list[Stmt]:
        if not (isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref)):
            return [map_blocks(stmt, block)]
        call, before = stmt.value, list[Stmt]()
        for name in _taken_for_arrays(call, facts, active, rulebook, stmt):
            array = fresh("array")
            before.append(Let(array, Call(Ref(np.array, "np.array", "numpy", "array"), (name,)), stmt.place))
            call = map_expr(call, lambda a, name=name, array=array: array if a == name else a)  # type: ignore[misc,assignment]
        return [*before, replace(stmt, value=call)]

    return replace(function, body=block(function.body))


def _taken_for_arrays(call: Call, facts: Facts, active: frozenset[Var], rulebook: Rulebook, stmt: Let) -> list[Var]:
    args = [a for a in (*call.args, *(a for _, a in call.kwargs)) if isinstance(a, Var) and a in active and facts.of(a).kind in SEQUENCES]
    rule = rulebook.rule(call.fn, "elementwise", "reduction", "linear", "multilinear", "adjoint") if args else None
    if rule is None or not isinstance(call.fn, Ref) or not call.fn.module.startswith(("numpy", "scipy")):
        return []
    bound = bind(rulebook, rule, call, stmt.place)
    params = dict(zip(inspect.signature(rule.function).parameters, bound.template.params)) if rule.function else {}
    named = {a: name for name, a in bound.atoms.items()}
    return [a for a in dict.fromkeys(args) if a in named and (rule.word == "elementwise" or not _knows_lists(bound, params.get(named[a])))]


def _knows_lists(bound: Bound, param: Atom | None) -> bool:
    """Whether the rule gives a list its adjoint as a list."""
    made = [s.value for s in statements(bound.template.body) if isinstance(s, Let) and isinstance(s.value, Call)]
    return any(getattr(c.fn, "attr", "") in (*ALIKE, "unbroadcast") and param in c.args[1:] for c in made)


def refuse_joined(call: Call, facts: Facts, active: Callable[[Atom], bool], place: Place) -> None:
    """A list that carries a derivative may meet an array in arithmetic, and nothing else.

    Raises:
        NotDifferentiable: a list or tuple is joined or repeated, as far as the kinds are known.
    """
    if not (isinstance(call.fn, Ref) and any(call.fn.obj is f for f in JOINS)):
        return
    kinds = [facts.of(a).kind for a in call.args]
    sequences = [a for a, kind in zip(call.args, kinds) if kind in ("list", "tuple")]
    if len(sequences) == len(call.args) or (any(active(a) for a in sequences) and "array" not in kinds):
        raise NotDifferentiable("a list is joined to this, or repeated so", place, "Join lists to lists, and repeat them by a whole number.")
