"""Recompute: what is cheaper to compute again than to record.

    for i in range(n):                        for mirror:
        x.2 = x.1 + r / (2.0 * x.1)               two_times_x.1 = 2.0 * x.1        again, from what is recorded anyway
    for mirror:                     ==>           ... / two_times_x.1
        ... / two_times_x

Constants of loops; indices made of integers and slices, everywhere; and the scalar arithmetic inside one statement of the user's (a
Python float operation costs what a tape field costs, and reads better).  Arrays and function values are never computed again.
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Build, Call, Const, For, If, Let, Ref, Span, Stmt, Var, While
from tangentx.ir.walk import defined, expr_atoms, map_atoms, map_blocks, source_targets, statements

__all__ = ["recompute"]

INTEGER = frozenset({"add", "sub", "neg", "mul", "floordiv", "mod"})
SCALAR = frozenset({"add", "sub", "neg", "mul", "truediv"})


def recompute(body: Block, facts: Facts, fresh: Fresh) -> Block:
    """Computes cheap values again at the top of each mirrored block (a loop's or an arm's) that reads them."""
    cheap = _cheap(body, facts)
    if not cheap:
        return body

    def rebuilt(block: Block) -> Block:
        block = walk(block)
        own = defined(block)
        names: dict[Atom, Var] = {}
        first: list[Stmt] = []

        def again(var: Atom) -> Atom:
            if not isinstance(var, Var) or var in own or var not in cheap:
                return var
            if var not in names:
                new = map_atoms(cheap[var], again)
                assert isinstance(new, Let)
                names[var] = fresh(var.base)
                first.append(replace(new, target=names[var], place=new.place.derived("Grad of")))
            return names[var]

        inner = tuple(map_atoms(s, again) for s in block)
        return (*first, *inner)

    def walk(block: Block, outside: bool = False) -> Block:
        return tuple(_mirrored(s, rebuilt, walk, outside) for s in block)

    def _mirrored(stmt: Stmt, inside, plain, outside: bool) -> Stmt:  # type: ignore[no-untyped-def]
        if getattr(stmt, "mirror", 0) and not (outside and isinstance(stmt, If)):
            return map_blocks(stmt, inside)
        return map_blocks(stmt, lambda b: plain(b, outside and not isinstance(stmt, For | While)))

    return walk(body, outside=True)


def _cheap(body: Block, facts: Facts) -> dict[Var, Let]:
    integers = {t for s in statements(body) if isinstance(s, For) for src in s.sources if isinstance(src, Span) for t in source_targets(src)}
    recorded = {v for s in statements(body) if isinstance(s, For | While) for v in defined(s.body)}
    cheap: dict[Var, Let] = {}
    for stmt in statements(body):
        if not isinstance(stmt, Let):
            continue
        if isinstance(stmt.value, Const) and stmt.target in recorded:
            cheap[stmt.target] = stmt
        elif _is_index(stmt, integers, cheap):
            cheap[stmt.target] = stmt
            if isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref) and stmt.value.fn.module == "operator":
                integers.add(stmt.target)
        elif _is_scalar_step(stmt, facts):
            cheap[stmt.target] = stmt
    return cheap


def _is_index(stmt: Let, integers: set[Var], cheap: dict[Var, Let]) -> bool:
    value = stmt.value
    if isinstance(value, Build):
        return value.kind == "tuple" and not stmt.place.sweep and all(isinstance(a, Const) or a in integers or a in cheap for a in value.items)
    if isinstance(value, Call) and isinstance(value.fn, Ref):
        ints = all(isinstance(a, Const) or a in integers for a in expr_atoms(value))
        if value.fn.obj is slice:
            return ints
        return value.fn.module == "operator" and value.fn.attr in INTEGER and ints and any(isinstance(a, Var) for a in value.args)
    return False


def _is_scalar_step(stmt: Let, facts: Facts) -> bool:
    """Whether it is arithmetic of known scalars inside a statement, with no name of the user's."""
    value = stmt.value
    if not (isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module == "operator" and value.fn.attr in SCALAR):
        return False
    scalar = facts.of(stmt.target).scalar and all(facts.of(a).scalar for a in value.args)
    return scalar and not stmt.place.names(stmt.target.base)
