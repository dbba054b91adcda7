"""Entered: the results of calls that are written into later on, under whatever name.

z = standardised(x)                 z: entered               the callee may keep that very array for its reverse
v = z[1:]
v.1 = store v[0] = e

rows = [f(x), f(y)]                 neither: another object is put into the list
rows.1 = store rows append z
"""

from __future__ import annotations

from collections.abc import Iterable

from tangentx.analysis.aliases import KEEP, sharing
from tangentx.analysis.containers import changes_container
from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Append, Atom, Build, Call, Each, Expr, For, Function, Let, Local, Pop, ReadTape, Stmt, Store, Unpack, Var
from tangentx.ir.walk import merges, statements

__all__ = ["find_entered"]

Graph = dict[Var, set[Var]]
REPLACE = ("", "setattr", "add_field")  # writes that change what stands at a place of the value itself


def find_entered(function: Function, active: frozenset[Var], facts: Facts) -> frozenset[Var]:
    """The ``active`` results of calls of the user's functions that a write may reach."""
    every = tuple(statements(function.body))
    results = {
        s.target for s in every if isinstance(s, Let) and s.target in active and isinstance(s.value, Call) and isinstance(s.value.fn, Local | Var)
    }
    results = {v for v in results if not facts.of(v).scalar}
    stores = [s for s in every if isinstance(s, Store)]
    if not results or not stores:
        return frozenset()
    defs = {s.target: s.value for s in every if isinstance(s, Let)}
    same, parts, held = Graph(), Graph(), Graph()
    for a, b in _versions(every):
        same.setdefault(a, set()).add(b)
        same.setdefault(b, set()).add(a)
    for stmt in every:
        for graph, target, sources in _looks(stmt, facts, defs, results, parts, held):
            graph.setdefault(target, set()).update(a for a in sources if isinstance(a, Var))
    slots = [s.base for s in stores if s.through is None and (s.op in REPLACE or changes_container(s, facts))]
    deep = [a for s in stores if s.through is not None or not (s.op in REPLACE or changes_container(s, facts)) for a in (s.base, s.through)]
    whole = _reached(slots, same)
    deep += [v for name in whole for v in parts.get(name, ())]  # what stood in a list, or now stands there, is not written: the list may be a part
    return frozenset((whole | _reached([v for v in deep if v is not None], same, parts, held)) & results)


def _reached(names: Iterable[Var], *graphs: Graph) -> set[Var]:
    found, stack = set(names), list(names)
    while stack:
        name = stack.pop()
        more = {v for graph in graphs for v in graph.get(name, ())} - found
        found |= more
        stack += more
    return found


def _versions(every: Iterable[Stmt]) -> list[tuple[Var, Var]]:
    """Names of one value: what is written and what it is called then, values of joins and carries."""
    every = tuple(every)
    pairs: list[tuple[Var, Atom]] = [(s.target, s.base) for s in every if isinstance(s, Store)]
    pairs += [(s.target, s.value) for s in every if isinstance(s, Let) and isinstance(s.value, Var)]
    pairs += [(t, v) for t, values in merges(every) for v in values]
    return [(a, b) for a, b in pairs if isinstance(b, Var)]


def _looks(
    stmt: Stmt, facts: Facts, defs: dict[Var, Expr], results: set[Var], parts: Graph, held: Graph
) -> list[tuple[Graph, Var, tuple[Atom, ...]]]:
    """What is a part of something, or holds something; the results themselves are copied, so nothing leads through them."""
    if isinstance(stmt, Let) and stmt.target not in results:
        if isinstance(stmt.value, Build):
            return [(held, stmt.target, stmt.value.items)]
        if isinstance(stmt.value, Call) and (how := sharing(stmt.value, facts, defs)) not in ("fresh", "none"):
            every = (*stmt.value.args, *(a for _, a in stmt.value.kwargs))
            return [(held if how == "holds" else parts, stmt.target, every if how in ("unknown", "holds") else every[:1])]
    if isinstance(stmt, Store):
        written = stmt.through or stmt.base
        kept = stmt.op in KEEP and facts.of(written).kind != "array" and not facts.of(stmt.value).scalar
        return [(held, written, (stmt.value,))] if kept else []
    if isinstance(stmt, Unpack):
        return [(parts, t, (stmt.source,)) for t in stmt.targets if t is not None]
    if isinstance(stmt, Pop):
        return [(parts, t, (stmt.tape,)) for t in stmt.targets if t is not None]
    if isinstance(stmt, Append):
        return [(held, stmt.tape, stmt.values)]
    sources = stmt.sources if isinstance(stmt, For) else ()
    items: list[tuple[Graph, Var, tuple[Atom, ...]]] = [(parts, s.target, (s.sequence,)) for s in sources if isinstance(s, Each)]
    return items + [(parts, t, (s.tape,)) for s in sources if isinstance(s, ReadTape) for t in s.targets if t is not None]
