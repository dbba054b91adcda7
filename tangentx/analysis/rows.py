"""Rows: items of loops that are changed in place and are surely arrays, because of what is done with them.

for row in A: row *= 2              row is an array: of a number nothing would be left
for row in A:
    row -= row.mean()               it is: a number has no mean
    total += row @ row
for k, p in params.items():
    p -= lr * g[k]                  it is: of a number nothing would be left
vs = [np.zeros_like(p) for p in ps]
for p, v in zip(ps, vs):
    v *= 0.9                        it is, by what was put into the list
    p += v
for v in x:
    v *= 2                          nobody knows: v may be a number, and x stays as it is
    total += v
"""

from __future__ import annotations

import operator
from collections.abc import Collection

from tangentx.analysis.aliases import is_inplace
from tangentx.analysis.kinds import FULL_REDUCTIONS, library_name
from tangentx.ir.nodes import Atom, Build, Call, Each, For, Function, Let, Ref, Stmt, Store, Unpack, Var
from tangentx.ir.walk import edge_atoms, merges, own_atoms, statements

__all__ = ["changed_rows"]

OF_ARRAYS = FULL_REDUCTIONS | {"dot", "norm", "outer", "vdot", "inner", "argmax", "argmin", "argsort", "sort", "cumsum"}
MAKERS = frozenset({"zeros", "ones", "empty", "full", "zeros_like", "ones_like", "empty_like", "full_like"})


def _items(every: tuple[Stmt, ...], of: Collection[Atom] | None = None) -> set[Var]:
    """What loops go through, and what is taken out of containers, or of these: ``for W, b in layers``, ``params[k]``."""
    taken = [(s.target, s.sequence) for stmt in every if isinstance(stmt, For) for s in stmt.sources if isinstance(s, Each)]
    taken += [(t, stmt.source) for stmt in every if isinstance(stmt, Unpack) for t in stmt.targets if t is not None]
    for stmt in every:
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref) and stmt.value.fn.obj is operator.getitem:
            taken.append((stmt.target, stmt.value.args[0]))
    return {target for target, container in taken if of is None or container in of}


def _lists_of_arrays(every: tuple[Stmt, ...]) -> set[Atom]:
    """Lists and dicts that arrays of zeros, or the like, are put into: ``vs = [np.zeros_like(p) for p in ps]``."""
    lets = [s for s in every if isinstance(s, Let)]
    made = {s.target for s in lets if isinstance(s.value, Call) and library_name(s.value) in MAKERS}
    found: set[Atom] = {s.target for s in lets if isinstance(s.value, Build) and s.value.items and made.issuperset(s.value.items)}
    found |= {v for s in every if isinstance(s, Store) and s.op in ("append", "") and s.value in made for v in (s.base, s.target)}
    flows = [*merges(every), *((s.target, (s.value,)) for s in lets if isinstance(s.value, Var))]
    while more := {target for target, atoms in flows if target not in found and not found.isdisjoint(atoms)}:
        found |= more
    return found


def changed_rows(function: Function, arrays: Collection[Atom]) -> dict[Var, Var]:
    """The results of ``row += e`` of which ``row`` is such an item, and that item; ``arrays`` are names that are used as arrays."""
    every = tuple(statements(function.body))
    items = _items(every)
    changed = {s.target: s.value.args[0] for s in every if is_inplace(s) and isinstance(s, Let) and isinstance(s.value, Call)}
    if not items.intersection(changed.values()):
        return {}
    calls = [s.value for s in every if isinstance(s, Let) and isinstance(s.value, Call) and isinstance(s.value.fn, Ref)]
    sure = {*arrays, *(a for c in calls if library_name(c) in OF_ARRAYS for a in c.args[:1]), *_items(every, _lists_of_arrays(every))}
    later = {old: new for new, old in changed.items()}
    others = {function.result}
    for stmt in every:
        others.update((*own_atoms(stmt), *edge_atoms(stmt)) if not is_inplace(stmt) else list(own_atoms(stmt))[1:])
    found: dict[Var, Var] = {}
    for new, old in changed.items():
        if old not in items:
            continue
        names: list[Atom] = [old, new]
        while names[-1] in later and names[-1] != old:
            names.append(later[names[-1]])
        if any(n in sure for n in names) or not any(n in others for n in names[1:]):
            found.update((n, old) for n in names[1:] if isinstance(n, Var) and isinstance(old, Var))
    return found
