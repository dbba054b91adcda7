"""Lists that are joined or repeated, told apart from sums and products by what is known of their kinds.

ys = xs + [v]                ys = concat(xs, [v])             printed as it was
ys = [v] * n        ==>      ys = repeat([v], n)
t += (v,)                    t.1 = concat(t, (v,))            a tuple is a value

A value of unknown kind that meets a list is one too: a check says so while running, and another one that ``x + x`` is no list.
``+=`` of a list is a write: see ``lists``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import tangentx.runtime as rt
from tangentx.analysis.fact import Facts
from tangentx.analysis.numbers import find_numbers
from tangentx.ir.nodes import Atom, Block, Call, Effect, Expr, Function, Let, Method, Ref, Stmt, Var
from tangentx.ir.walk import map_blocks, statements
from tangentx.rules.table import Rulebook
from tangentx.transform.build import helper, op

__all__ = ["settle_joins"]

SEQUENCES = ("list", "tuple")
BUILTINS = {"list": list, "tuple": tuple, "int": int}
ADDS, TIMES = (operator.add, operator.iadd), (operator.mul, operator.imul)
CONCAT = Ref(operator.concat, "+", "operator", "concat")
REPEAT = Ref(rt.repeat, "*", "operator", "repeat")


def settle_joins(function: Function, active: frozenset[Var], facts: Facts, rulebook: Rulebook) -> Function:
    """The function with every active join of lists as one; where none is left to find, with checks of what is taken for numbers."""
    defs: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
    words = {p.var: p.annotation.strip("'\" ").partition("[")[0].lower() for p in function.params}
    said: dict[Atom, str] = {var: word for var, word in words.items() if word in SEQUENCES}  # checks that are made where it matters show it

    def each(b: Block, settle: Callable[[Let, Call], list[Stmt] | None]) -> Block:
        out: list[Stmt] = []
        for stmt in b:
            made = settle(stmt, stmt.value) if isinstance(stmt, Let) and isinstance(stmt.value, Call) else None
            out += made if made is not None else [map_blocks(stmt, lambda inner: each(inner, settle))]
        return tuple(out)

    body = each(function.body, lambda stmt, call: joined(stmt, call, active, facts, defs, said))
    if body == function.body:
        there = {s for s in statements(function.body) if isinstance(s, Effect)}
        numbers = find_numbers(function, rulebook, {})
        body = each(body, lambda stmt, call: arithmetic(stmt, call, active, facts, numbers, there))
    return replace(function, body=body)


def joined(stmt: Let, call: Call, active: frozenset[Var], facts: Facts, defs: Mapping[Atom, Expr], said: Mapping[Atom, str]) -> list[Stmt] | None:
    """The statement as one of lists, with the checks that it needs; None if it is arithmetic, as far as is known.

    ``said`` are the kinds of parameters by their annotations.
    """
    if stmt.target not in active or len(call.args) != 2 or not isinstance(call.fn, Ref):
        return None
    adds, times = (any(call.fn.obj is f for f in words) for words in (ADDS, TIMES))
    kinds = [said.get(_whole(a, defs), "any") if facts.of(a).kind == "any" else facts.of(a).kind for a in call.args]
    found = [k for k in (0, 1) if kinds[k] in SEQUENCES]
    if not (adds or times) or not any(call.args[k] in active for k in found):
        return None
    first, last = found[0], 1 - found[0]
    wanted = kinds[first] if adds else "int"
    if kinds[last] not in (wanted, "any"):
        return None
    made = replace(call, fn=CONCAT) if adds else replace(call, fn=REPEAT, args=(call.args[first], call.args[last]))
    unknown = {_whole(a, defs): w for a, w in ((call.args[first], kinds[first]), (call.args[last], wanted)) if facts.of(a).kind == "any"}
    checks = [Effect(helper("check_class", a, Ref(BUILTINS[w], w, "builtins", w)), stmt.place) for a, w in unknown.items()]
    return [*checks, replace(stmt, value=made)]


def arithmetic(stmt: Let, call: Call, active: frozenset[Var], facts: Facts, numbers: Collection[Var], there: Collection[Effect]) -> list[Stmt] | None:
    """``x + x`` and ``[0.5] + x``, of what is not known, behind a check that it is no list: its derivative would not be one of a list."""
    if stmt.target not in active or not isinstance(call.fn, Ref) or not any(call.fn.obj is f for f in ADDS):
        return None
    a, b = call.args
    unknown = [x for x in dict.fromkeys((a, b)) if x in active and x not in numbers and facts.of(x).kind == "any"]
    wanted = len(unknown) == 1 and (a == b or any(facts.of(x).kind in SEQUENCES for x in (a, b)))
    check = Effect(helper("check_no_list", *unknown), stmt.place)
    return [check, stmt] if wanted and check not in there else None


def _whole(part: Atom, defs: Mapping[Atom, Expr]) -> Atom:
    """What a value is a part or a copy of, of the same class: then the check says something of that too."""
    value = defs.get(part)
    if isinstance(value, Call) and value.args and isinstance(value.args[0], Var):
        index = defs.get(value.args[1]) if len(value.args) == 2 else None
        part_of = value == op("getitem", *value.args) and isinstance(index, Call) and isinstance(index.fn, Ref) and index.fn.obj is slice
        return _whole(value.args[0], defs) if part_of or value == Call(Method("copy"), value.args) else part
    return _whole(value, defs) if isinstance(value, Var) else part
