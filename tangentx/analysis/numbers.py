"""Names that are numbers or arrays, not lists or dicts, because of what is done with them.

y = x * w                    x, w
z = layer(x, w)              those that layer does such things with
s = x[0]; t = a + b          nothing is known: lists have items, and ``+`` joins them
r = a * 3                    nor here: a list is repeated
"""

from __future__ import annotations

import operator
from collections.abc import Mapping

from tangentx.analysis.fact import Fact, Facts
from tangentx.ir.nodes import Block, Call, Const, Effect, For, Function, Let, Local, Ref, Span, Var
from tangentx.ir.walk import blocks, source_targets, statements, stmt_targets
from tangentx.rules.table import Rulebook

__all__ = ["checked_kinds", "find_numbers", "implied_scalars"]


def find_numbers(function: Function, rulebook: Rulebook, functions: Mapping[str, Function]) -> frozenset[Var]:
    """These names; ``functions`` are those of the program, which calls lead to."""
    return frozenset(_numbers(function, rulebook, functions, {}))


def implied_scalars(function: Function, facts: Facts, rulebook: Rulebook) -> dict[Var, str]:
    """Names that must be scalars because of how they are used, and their kinds.

    ``float``: an argument of ``math``, or of an elementwise operation whose result is a scalar; ``int``: a bound of ``range``.
    Only uses in the block that makes the name count: they run whenever it is made.
    """
    found: dict[Var, str] = {}

    def block(b: Block, made: set[Var]) -> None:
        for stmt in b:
            made.update(stmt_targets(stmt))
        for stmt in reversed(b):
            for inner in blocks(stmt):
                items = {t for s in stmt.sources for t in source_targets(s)} if isinstance(stmt, For) else set()
                block(inner, items)
            if isinstance(stmt, For):
                bounds = [a for s in stmt.sources if isinstance(s, Span) for a in (s.start, s.stop, s.step)]
                found.update({a: "int" for a in bounds if isinstance(a, Var) and a in made and facts.of(a).kind != "int"})
            if not (isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref)):
                continue
            fn = stmt.value.fn
            scalar = facts.of(stmt.target).scalar or stmt.target in found
            if fn.module == "math" and fn.attr not in ("fsum", "prod", "dist", "sumprod") or scalar and rulebook.rule(fn, "elementwise"):
                found.update({a: "float" for a in stmt.value.args if isinstance(a, Var) and a in made and not _known(facts.of(a))})

    block(function.body, {p.var for p in function.params})
    return found


def _known(fact: Fact) -> bool:
    """Whether it is a scalar, or an array: one with a single element stands where numbers do, and can be written."""
    return fact.scalar or fact.kind == "array"


def checked_kinds(function: Function) -> dict[Var, str]:
    """Names that a check in the block that makes them proves to be of a builtin class: where the check does not run, nothing of them does."""
    found: dict[Var, str] = {}

    def block(b: Block, made: set[Var]) -> None:
        for stmt in b:
            made.update(stmt_targets(stmt))
            for inner in blocks(stmt):
                block(inner, {t for s in stmt.sources for t in source_targets(s)} if isinstance(stmt, For) else set())
            call = stmt.value if isinstance(stmt, Effect) else None
            if isinstance(call, Call) and getattr(call.fn, "text", "") == "check_class" and call.args[0] in made:
                found.update({call.args[0]: cls.text} if isinstance(cls := call.args[1], Ref) and cls.module == "builtins" else {})  # type: ignore[dict-item]

    block(function.body, {p.var for p in function.params})
    return found


def _numbers(function: Function, rulebook: Rulebook, functions: Mapping[str, Function], known: dict[str, set[int]]) -> set[Var]:
    found: set[Var] = set()
    for stmt in statements(function.body):
        call = stmt.value if isinstance(stmt, Let) and isinstance(stmt.value, Call) else None
        if call is not None and isinstance(call.fn, Local):
            at = _positions(call.fn.name, rulebook, functions, known)
            found.update(a for k, a in enumerate(call.args) if k in at and isinstance(a, Var))
        elif call is not None and isinstance(call.fn, Ref) and call.fn.obj is not operator.add and rulebook.rule(call.fn, "elementwise"):
            repeats = call.fn.obj is operator.mul and any(isinstance(a, Const) and type(a.value) is int for a in call.args)
            found.update(a for a in call.args if isinstance(a, Var) and not repeats)
    return found


def _positions(name: str, rulebook: Rulebook, functions: Mapping[str, Function], known: dict[str, set[int]]) -> set[int]:
    """The parameters of a function of the program that are such names."""
    if name not in known:
        known[name] = set()  # while it is asked for: a function that calls itself
        function = functions.get(name)
        inside = _numbers(function, rulebook, functions, known) if function is not None else set()
        known[name] = {k for k, p in enumerate(function.params if function is not None else ()) if p.var in inside}
    return known[name]
