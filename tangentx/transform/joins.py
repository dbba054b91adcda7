"""Lists that are joined or repeated, told apart from sums and products by what is known of their kinds.

ys = xs + [v]                ys = concat(xs, [v])             printed as it was
ys = [v] * n        ==>      ys = repeat([v], n)
t += (v,)                    t.1 = concat(t, (v,))            a tuple is a value

A value of unknown kind that meets a list that varies is one too: a check says so while running.  What meets a list of numbers may
be an array: a branch on its class decides.  ``+=`` of a list is a write: see ``lists``.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

import tangentx.runtime as rt
from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Call, Effect, Expr, If, Join, Let, Method, Ref, Stmt, Var
from tangentx.transform.build import helper, library, op

__all__ = ["joined"]

SEQUENCES = {"list": list, "tuple": tuple}
ADDS, TIMES = (operator.add, operator.iadd), (operator.mul, operator.imul)
CONCAT = Ref(operator.concat, "+", "operator", "concat")
REPEAT = Ref(rt.repeat, "*", "operator", "repeat")


def joined(stmt: Let, call: Call, active: frozenset[Var], facts: Facts, defs: Mapping[Atom, Expr], fresh: Fresh) -> list[Stmt] | None:
    """The statement as one of lists, with the check that it needs; None if it is arithmetic, as far as is known."""
    if stmt.target not in active or len(call.args) != 2 or not isinstance(call.fn, Ref):
        return None
    kinds = [facts.of(a).kind for a in call.args]
    found = [k for k in (0, 1) if kinds[k] in SEQUENCES]
    if not found:
        return None
    if not any(call.args[k] in active for k in found):
        return _either(stmt, call, found[0], kinds, fresh) if len(found) == 1 and any(call.fn.obj is f for f in ADDS) else None
    first = found[0]
    other = call.args[1 - first]
    if any(call.fn.obj is f for f in ADDS):
        made, wanted = replace(call, fn=CONCAT), kinds[first]
    elif any(call.fn.obj is f for f in TIMES):
        made, wanted = replace(call, fn=REPEAT, args=(call.args[first], other)), "int"
    else:
        return None
    if kinds[1 - first] == wanted:
        return [replace(stmt, value=made)]
    if kinds[1 - first] != "any" or not isinstance(other, Var):
        return None
    cls = Ref({**SEQUENCES, "int": int}[wanted], wanted, "builtins", wanted)
    return [Effect(helper("check_class", _whole(other, defs), cls), stmt.place), replace(stmt, value=made)]


def _either(stmt: Let, call: Call, first: int, kinds: list[str], fresh: Fresh) -> list[Stmt] | None:
    """``xs + [2.0]`` where xs varies and may be a list or an array: which of the two is seen while running."""
    other = call.args[1 - first]
    if kinds[1 - first] != "any" or not isinstance(other, Var):
        return None
    kind = kinds[first]
    test, both, array, total = fresh(f"is_{kind}"), fresh(stmt.target.base), fresh("array"), fresh(stmt.target.base)
    given: list[Atom] = [other, array] if first else [array, other]
    cls = Ref(SEQUENCES[kind], kind, "builtins", kind)
    made = Let(array, library(np.array, "np.array", "numpy", call.args[first]), stmt.place)
    return [
        Let(test, Call(Ref(isinstance, "isinstance", "builtins", "isinstance"), (other, cls)), stmt.place),
        If(
            test,
            (Let(both, replace(call, fn=CONCAT), stmt.place),),
            (made, Let(total, replace(call, args=tuple(given)), stmt.place)),
            (Join(stmt.target, both, total),),
            stmt.place,
        ),
    ]


def _whole(part: Var, defs: Mapping[Atom, Expr]) -> Var:
    """What a value is a part or a copy of, of the same class: then the check says something of that too."""
    value = defs.get(part)
    if isinstance(value, Call) and value.args and isinstance(value.args[0], Var):
        index = defs.get(value.args[1]) if len(value.args) == 2 else None
        part_of = value == op("getitem", *value.args) and isinstance(index, Call) and isinstance(index.fn, Ref) and index.fn.obj is slice
        return _whole(value.args[0], defs) if part_of or value == Call(Method("copy"), value.args) else part
    return _whole(value, defs) if isinstance(value, Var) else part
