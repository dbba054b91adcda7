"""Unsure names: what they show may change by a write that data flow does not tell them of.

w = x.copy()
z = w if c else y                z may be the array that is written below: who wants to know later what it held then, has to keep a copy
s = sum(z * z)
w.1 = store w[0] = 0.0           that w changes is told to whoever reads w: here the write says so itself
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tangentx.analysis.containers import changes_container
from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Atom, Block, Build, For, Function, If, Let, Stmt, Store, Var, While
from tangentx.ir.walk import blocks, merges, source_targets, statements, stmt_targets

__all__ = ["find_changed_items", "find_unsure"]

Point = tuple[int, frozenset[int]]  # the number of a statement, and the loops around it


def find_unsure(
    function: Function, array: Callable[[Var], Var], looks: Callable[[Var], frozenset[Var]], holds: Callable[[Var], frozenset[Var]], facts: Facts
) -> frozenset[Var]:
    """The names that may show a write to another name, made while they may be used.

    ``array`` gives one of the names of an array, ``looks`` such a name of each array that a value may be a part of or hold, ``holds`` of those
    that it holds alone: who puts another object in a container does not change the parts that were taken out of it.
    """
    made, writes = _points(function)
    origins = _origins(tuple(statements(function.body)))
    found: set[Var] = set()
    for stmt, (number, loops) in writes:
        slot, own = changes_container(stmt, facts), origins(stmt.base)
        shows, written = (holds, frozenset({array(stmt.base)})) if slot else (looks, looks(stmt.base))
        for var, (start, around) in made.items():
            later = number > start or loops & around
            if later and var not in own and var != stmt.target and not written.isdisjoint(shows(var)):
                found.add(var)
    return frozenset(found)


def find_changed_items(
    function: Function, reads: Iterable[tuple[Var, Atom]], array: Callable[[Var], Var], looks: Callable[[Var], frozenset[Var]], facts: Facts
) -> frozenset[Var]:
    """The items of containers that a write into another item may change: both may be one list.

    row = rows[i]; other = rows[j]; other.append(k)              row may have grown; ``reads`` are the reads of items
    """
    same = _objects(tuple(statements(function.body)), reads, array, looks)
    made, writes = _points(function)
    origins = _origins(tuple(statements(function.body)))
    found: set[Var] = set()
    for stmt, (number, loops) in writes:
        if not changes_container(stmt, facts):
            continue
        own, written = origins(stmt.base), same(stmt.base)
        for var, (start, around) in made.items():
            later = number > start or loops & around
            if later and var not in own and var != stmt.target and not facts.of(var).scalar and not written.isdisjoint(same(var)):
                found.add(var)
    return frozenset(found)


def _objects(
    every: tuple[Stmt, ...], reads: Iterable[tuple[Var, Atom]], array: Callable[[Var], Var], looks: Callable[[Var], frozenset[Var]]
) -> Callable[[Var], frozenset[object]]:
    """For a name the objects that it may be: an item of a container may be all that it was given."""
    puts: list[tuple[Var, tuple[Atom, ...]]] = [(s.target, s.value.items) for s in every if isinstance(s, Let) and isinstance(s.value, Build)]
    puts += [(s.base, (s.value,)) for s in every if isinstance(s, Store)]
    held: dict[Var, set[object]] = {}
    for container, values in puts:
        held.setdefault(array(container), set()).update(array(v) for v in values if isinstance(v, Var))
    found: dict[Var, set[object]] = {}
    for target, source in reads:
        for place in looks(source) if isinstance(source, Var) else ():
            found.setdefault(array(target), set()).update(held.get(place, ()), {("an item of", place)})
    return lambda var: frozenset({array(var), *found.get(array(var), ())})


def _points(function: Function) -> tuple[dict[Var, Point], list[tuple[Store, Point]]]:
    """Where each name is made, and each write of an array."""
    made: dict[Var, Point] = {p.var: (0, frozenset()) for p in function.params}
    writes: list[tuple[Store, Point]] = []
    number = 0

    def block(b: Block, loops: frozenset[int]) -> None:
        nonlocal number
        for stmt in b:
            number += 1
            inner = loops | {number} if isinstance(stmt, For | While) else loops
            targets = stmt_targets(stmt)
            if isinstance(stmt, For):
                targets = (*targets, *(t for s in stmt.sources for t in source_targets(s)))
            made.update(dict.fromkeys(targets, (number, inner)))
            if isinstance(stmt, Store) and stmt.op not in ("setattr", "add_field"):
                writes.append((stmt, (number, inner)))
            for each in blocks(stmt):
                block(each, inner)
            if isinstance(stmt, If):
                number += 1
                made.update(dict.fromkeys(targets, (number, inner)))

    block(function.body, frozenset())
    return made, writes


def _roots(before: Mapping[Atom, tuple[Atom, ...]]) -> dict[Atom, frozenset[Atom]]:
    """For a name that was another one before: where that begins."""
    found: dict[Atom, frozenset[Atom]] = dict.fromkeys(before, frozenset())
    changed = True
    while changed:
        changed = False
        for name, earlier in before.items():
            more: frozenset[Atom] = frozenset().union(*(found.get(a, frozenset({a})) for a in earlier))
            changed, found[name] = changed or more != found[name], more
    return found


def _origins(every: tuple[Stmt, ...]) -> Callable[[Var], set[Atom]]:
    """For a name the names that it was before: versions of its array, the values of joins and carries of one array."""
    before: dict[Atom, tuple[Atom, ...]] = {}
    for stmt in every:
        if isinstance(stmt, Store):
            before[stmt.target] = (stmt.base,)
        elif isinstance(stmt, Let) and isinstance(stmt.value, Var):
            before[stmt.target] = (stmt.value,)
    joined: dict[Atom, tuple[Atom, ...]] = dict(merges(every))
    roots = _roots({**before, **joined})
    # z = w if c else u: who takes back a write to z has not taken back one to w
    before.update({target: parts for target, parts in joined.items() if len(roots[target]) == 1})
    known: dict[Var, set[Atom]] = {}

    def origins(var: Var) -> set[Atom]:
        if var not in known:
            found: set[Atom] = {var}
            stack: list[Atom] = [var]
            while stack:
                more = [v for v in before.get(stack.pop(), ()) if v not in found]
                found.update(more)
                stack += more
            known[var] = found
        return known[var]

    return origins
