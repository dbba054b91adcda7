"""Lists that are joined or repeated, told apart from sums and products by what is known of their kinds.

ys = xs + [v]                ys = concat(xs, [v])             printed as it was
ys = [v] * n        ==>      ys = repeat([v], n)
xs += [v, w]                 xs.1 = store xs append v; xs.2 = store xs.1 append w
xs += zs                     for z in zs: xs.1 = store xs append z
t += (v,)                    t.1 = concat(t, (v,))            a tuple is a value

A value of unknown kind that meets a list that varies is one too: a check says so while running.  What meets a list of numbers may
be an array: a branch on its class decides.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

import tangentx.runtime as rt
from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Build, Call, Carry, Const, Each, Effect, Expr, For, Function, If, Join, Let, Method, Ref, Stmt, Store, Var
from tangentx.ir.walk import map_blocks, statements
from tangentx.transform.build import helper, library, op

__all__ = ["extend_lists", "joined"]

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


def extend_lists(function: Function, facts: Facts, fresh: Fresh) -> Function:
    """``xs += items`` of what is known to be a list is said as the writes that it is."""
    defs: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> list[Stmt]:
        call = stmt.value if isinstance(stmt, Let) else None
        if not (isinstance(stmt, Let) and isinstance(call, Call) and isinstance(call.fn, Ref) and call.fn.obj is operator.iadd):
            return [map_blocks(stmt, block)]
        base, items = call.args
        if facts.of(base).kind != "list" or not isinstance(base, Var):
            return [stmt]
        if items == base:  # by what is in it now
            items = fresh("items")
            return [Let(items, Call(Method("copy"), (base,)), stmt.place), *extended(stmt, base, items)]
        display = defs.get(items)
        if isinstance(display, Build) and display.kind in SEQUENCES and display.items:
            *rest, last = display.items
            out: list[Stmt] = []
            for item in rest:
                out.append(Store(fresh(base.base), base, Const(-1), item, "append", stmt.place))
                base = out[-1].target  # type: ignore[union-attr]
            return [*out, Store(stmt.target, base, Const(-1), last, "append", stmt.place)]
        return extended(stmt, base, items)

    def extended(stmt: Let, base: Var, items: Atom) -> list[Stmt]:
        item, now = fresh("item"), fresh(base.base)
        body = (Store(now, stmt.target, Const(-1), item, "append", stmt.place),)
        return [For((Each(item, items),), (Carry(stmt.target, base, now),), body, stmt.place)]

    return replace(function, body=block(function.body))
