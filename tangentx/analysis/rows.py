"""Rows: items of loops that are changed in place and are surely arrays, because of what is done with them.

for row in A: row *= 2              row is an array: of a number nothing would be left
for row in A:
    row -= row.mean()               it is: a number has no mean
    total += row @ row
for v in x:
    v *= 2                          nobody knows: v may be a number, and x stays as it is
    total += v
"""

from __future__ import annotations

from collections.abc import Collection

from tangentx.analysis.aliases import is_inplace
from tangentx.analysis.kinds import FULL_REDUCTIONS, library_name
from tangentx.ir.nodes import Atom, Call, Each, For, Function, Let, Ref, Var
from tangentx.ir.walk import edge_atoms, own_atoms, statements

__all__ = ["changed_rows"]

OF_ARRAYS = FULL_REDUCTIONS | {"dot", "norm", "outer", "vdot", "inner", "argmax", "argmin", "argsort", "sort", "cumsum"}


def changed_rows(function: Function, arrays: Collection[Atom]) -> frozenset[Var]:
    """The results of ``row += e`` of which ``row`` is such an item; ``arrays`` are names that are used as arrays."""
    every = tuple(statements(function.body))
    items = {s.target for stmt in every if isinstance(stmt, For) for s in stmt.sources if isinstance(s, Each)}
    changed = {s.target: s.value.args[0] for s in every if is_inplace(s) and isinstance(s, Let) and isinstance(s.value, Call)}
    if not items.intersection(changed.values()):
        return frozenset()
    calls = [s.value for s in every if isinstance(s, Let) and isinstance(s.value, Call) and isinstance(s.value.fn, Ref)]
    sure = {*arrays, *(a for c in calls if library_name(c) in OF_ARRAYS for a in c.args[:1])}
    later = {old: new for new, old in changed.items()}
    others = {function.result}
    for stmt in every:
        others.update((*own_atoms(stmt), *edge_atoms(stmt)) if not is_inplace(stmt) else list(own_atoms(stmt))[1:])
    found: set[Var] = set()
    for new, old in changed.items():
        if old not in items:
            continue
        names: list[Atom] = [old, new]
        while names[-1] in later and names[-1] != old:
            names.append(later[names[-1]])
        if any(n in sure for n in names) or not any(n in others for n in names[1:]):
            found.update(n for n in names[1:] if isinstance(n, Var))
    return frozenset(found)
