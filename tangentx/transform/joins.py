"""Lists that are joined or repeated, told apart from sums and products by what is known of their kinds.

ys = xs + [v]                ys = concat(xs, [v])             printed as it was
ys = [v] * n        ==>      ys = repeat([v], n)             n is a count: it never varies, be it of a container that does
t += (v,)                    t.1 = concat(t, (v,))            a tuple is a value

A value of unknown kind that meets a list that varies is one too: a check says so while running, and another one that ``x + x`` is
no list.  What meets a list of numbers may be an array: a branch on its class decides.  ``+=`` of a list is a write: see ``lists``.
"""

from __future__ import annotations

import numbers
import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import numpy as np

import tangentx.runtime as rt
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import is_part
from tangentx.analysis.numbers import find_numbers
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Build, Call, Each, Effect, Expr, For, Function, If, Join, Let, Method, Ref, Stmt, Var
from tangentx.ir.walk import map_blocks, statements
from tangentx.rules.table import Rulebook
from tangentx.transform.build import builtin, helper, library, op

__all__ = ["settle_joins"]

SEQUENCES = ("list", "tuple")
BUILTINS = {"list": list, "tuple": tuple, "int": int}
ADDS, TIMES = (operator.add, operator.iadd), (operator.mul, operator.imul)
CONCAT = Ref(operator.concat, "+", "operator", "concat")
REPEAT = Ref(rt.repeat, "*", "operator", "repeat")


def settle_joins(function: Function, active: frozenset[Var], facts: Facts, rulebook: Rulebook, fresh: Fresh) -> Function:
    """The function with every active join of lists as one; where none is left to find, with checks of what is taken for numbers."""
    defs: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
    words = {p.var: p.said.partition("[")[0].lower() for p in function.params}
    said: dict[Atom, str] = {var: word for var, word in words.items() if word in SEQUENCES}  # checks that are made where it matters show it

    def each(b: Block, settle: Callable[[Let, Call], list[Stmt] | None]) -> Block:
        out: list[Stmt] = []
        for stmt in b:
            made = settle(stmt, stmt.value) if isinstance(stmt, Let) and isinstance(stmt.value, Call) else None
            out += made if made is not None else [map_blocks(stmt, lambda inner: each(inner, settle))]
        return tuple(out)

    def first(stmt: Let, call: Call) -> list[Stmt] | None:
        made = joined(stmt, call, active, facts, defs, said)
        return made if made is not None else counted(stmt, call, active, facts, fresh, defs, words)

    body = each(function.body, first)
    if body == function.body:
        there = {s for s in statements(function.body) if isinstance(s, Effect)}
        known, items = find_numbers(function, rulebook, {}), _sequences(function, facts)
        body = each(body, lambda stmt, call: repeated(stmt, call, active, facts, there, items))
        body = each(body, lambda stmt, call: None if known.intersection(call.args) else arithmetic(stmt, call, active, facts, there, fresh, defs))
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


def counted(
    stmt: Let, call: Call, active: frozenset[Var], facts: Facts, fresh: Fresh, defs: Mapping[Atom, Expr], params: Collection[Atom]
) -> list[Stmt] | None:
    """``[0.0] * d["n"]``, a list that does not vary and what is not known: a count, or an array that meets the list in arithmetic.

    One item is taken for one to be repeated if something of a container is the count, and a check says so; else a branch on the class decides.
    """
    if stmt.target not in active or len(call.args) != 2 or not isinstance(call.fn, Ref) or not any(call.fn.obj is f for f in TIMES):
        return None
    found = [k for k in (0, 1) if facts.of(call.args[k]).kind in SEQUENCES and call.args[k] not in active]
    if len(found) != 1 or facts.of(count := call.args[1 - found[0]]).kind != "any" or not isinstance(count, Var):
        return None
    items = call.args[found[0]]
    repeat, made = replace(call, fn=REPEAT, args=(items, count)), defs.get(items)
    if isinstance(made, Build) and len(made.items) == 1 and count not in params:
        return [Effect(helper("check_count", count), stmt.place), replace(stmt, value=repeat)]
    whole = Ref(numbers.Integral, "Integral", "numbers", "Integral")
    return _branch(stmt, call, found[0], builtin("isinstance", count, whole), repeat, ("is_count", "items"), fresh)


def arithmetic(
    stmt: Let, call: Call, active: frozenset[Var], facts: Facts, there: Collection[Effect], fresh: Fresh, defs: Mapping[Atom, Expr]
) -> list[Stmt] | None:
    """``x + x``, ``x.copy() + x`` and ``[0.5] + x``, of what is not known: lists would be joined."""
    if stmt.target not in active or not isinstance(call.fn, Ref) or not any(call.fn.obj is f for f in ADDS):
        return None
    kinds = [facts.of(a).kind for a in call.args]
    if kinds == ["any", "any"] and _copied(call.args[0], defs) == _copied(call.args[1], defs):
        check = Effect(helper("check_no_list", call.args[0]), stmt.place)
        return [check, stmt] if check not in there else None
    found = [k for k in (0, 1) if kinds[k] in SEQUENCES and kinds[1 - k] == "any" and isinstance(call.args[1 - k], Var)]
    return _either(stmt, call, found[0], kinds[found[0]], fresh) if found else None


def repeated(stmt: Let, call: Call, active: frozenset[Var], facts: Facts, there: Collection[Effect], items: Collection[Atom]) -> list[Stmt] | None:
    """``xs * 3``, of what is not known, where the result is used as lists are: a list would be repeated."""
    if stmt.target not in active or stmt.target not in items or not isinstance(call.fn, Ref) or not any(call.fn.obj is f for f in TIMES):
        return None
    kinds = [facts.of(a).kind for a in call.args]
    if sorted(kinds) != ["any", "int"]:
        return None
    check = Effect(helper("check_no_list", call.args[kinds.index("any")]), stmt.place)
    return [check, stmt] if check not in there else None


def _sequences(function: Function, facts: Facts) -> set[Atom]:
    """Names that a loop goes over, or of which single items are read."""
    found: set[Atom] = set()
    for stmt in statements(function.body):
        if isinstance(stmt, For):
            found.update(s.sequence for s in stmt.sources if isinstance(s, Each))
        elif isinstance(stmt, Let) and isinstance(stmt.value, Call) and stmt.value == op("getitem", *stmt.value.args[:2]):
            found.update(stmt.value.args[:1] if facts.of(stmt.value.args[1]).kind == "int" else ())
    return found


def _either(stmt: Let, call: Call, first: int, kind: str, fresh: Fresh) -> list[Stmt]:
    """``xs + [2.0]`` where xs varies and may be a list or an array: which of the two is seen while running."""
    test = builtin("isinstance", call.args[1 - first], Ref(BUILTINS[kind], kind, "builtins", kind))
    return _branch(stmt, call, first, test, replace(call, fn=CONCAT), (f"is_{kind}", stmt.target.base), fresh)


def _branch(stmt: Let, call: Call, first: int, test: Expr, made: Expr, bases: tuple[str, str], fresh: Fresh) -> list[Stmt]:
    """What is made of a list if the test says so, or else arithmetic with the array of its items; ``bases``: of the test's and the list's name."""
    shown, both, array, total = fresh(bases[0]), fresh(bases[1]), fresh("array"), fresh(stmt.target.base)
    given: list[Atom] = list(call.args)
    given[first] = array
    items = library(np.array, "np.array", "numpy", call.args[first])
    return [
        Let(shown, test, stmt.place),
        If(
            shown,
            (Let(both, made, stmt.place),),
            (Let(array, items, stmt.place), Let(total, replace(call, args=tuple(given)), stmt.place)),
            (Join(stmt.target, both, total),),
            stmt.place,
        ),
    ]


def _copied(atom: Atom, defs: Mapping[Atom, Expr]) -> Atom:
    """What a value is a copy of, or another name."""
    value = defs.get(atom)
    if isinstance(value, Call) and value.args and value == Call(Method("copy"), value.args[:1]):
        return _copied(value.args[0], defs)
    return _copied(value, defs) if isinstance(value, Var) else atom


def _whole(part: Atom, defs: Mapping[Atom, Expr]) -> Atom:
    """What a value is a part or a copy of, of the same class: then the check says something of that too."""
    value = defs.get(part)
    if isinstance(value, Call) and value.args and isinstance(value.args[0], Var):
        index = defs.get(value.args[1]) if len(value.args) == 2 else None
        part_of = value == op("getitem", *value.args) and is_part(index)
        return _whole(value.args[0], defs) if part_of or value == Call(Method("copy"), value.args) else part
    return _whole(value, defs) if isinstance(value, Var) else part
