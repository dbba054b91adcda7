"""Pairs: a dict that is made of a list of pairs, or updated by one, takes them in one by one.

pairs = [("a", x), ("b", y)]
d = dict(pairs)                          for key in pairs: d[key] = pairs[key]       as it is said of a dict
                               ==>       for pair in pairs: key = pair[0]; d[key] = pair[1]

Only of a list that is visibly made of pairs: as indices of the list they would be errors.
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Build, Const, Each, For, Function, Let, Stmt, Store, Var
from tangentx.ir.walk import map_blocks, merges, statements
from tangentx.transform.build import op

__all__ = ["settle_pairs"]


def settle_pairs(function: Function, fresh: Fresh) -> Function:
    """The function with such loops over pairs."""
    lists = _lists_of_pairs(function)

    def block(b: Block) -> Block:
        return tuple(_settled(map_blocks(s, block), lists, fresh) for s in b)

    return replace(function, body=block(function.body)) if lists else function


def _lists_of_pairs(function: Function) -> frozenset[Atom]:
    """The lists whose items are all displays of two."""
    every = tuple(statements(function.body))
    made = {s.target: s.value for s in every if isinstance(s, Let) and isinstance(s.value, Build) and s.value.kind in ("list", "tuple")}
    pairs = {v for v, build in made.items() if len(build.items) == 2}
    found: dict[Atom, tuple[Atom, ...]] = {v: () for v, b in made.items() if all(a in pairs for a in b.items)}
    for stmt in every:
        if isinstance(stmt, Let) and isinstance(stmt.value, Var):
            found[stmt.target] = (stmt.value,)
        elif isinstance(stmt, Store) and stmt.through is None and stmt.op == "append" and stmt.value in pairs:
            found[stmt.target] = (stmt.base,)
    found.update(merges(every))
    while lost := [v for v, of in found.items() if any(a not in found for a in of)]:
        for v in lost:
            del found[v]
    return frozenset(found)


def _settled(stmt: Stmt, lists: frozenset[Atom], fresh: Fresh) -> Stmt:
    if not isinstance(stmt, For) or len(stmt.sources) != 1:
        return stmt
    source = stmt.sources[0]
    if not isinstance(source, Each) or source.sequence not in lists:
        return stmt
    read = op("getitem", source.sequence, source.target)
    if not any(isinstance(s, Let) and s.value == read for s in stmt.body):
        return stmt
    pair = fresh("pair")
    first = Let(source.target, op("getitem", pair, Const(0)), stmt.place)
    rest = tuple(replace(s, value=op("getitem", pair, Const(1))) if isinstance(s, Let) and s.value == read else s for s in stmt.body)
    return replace(stmt, sources=(replace(source, target=pair),), body=(first, *rest))
