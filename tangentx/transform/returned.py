"""Returned: copies of what calls returned in a forward sweep, where that is written later: the pair of value and tangent is not written.

h_pair = layer_jvp(v, v_dot)               a, a_dot = layer_jvp(v, v_dot)
a = layer(v); a.1 = store a[0] = e   ==>   a.1 = own_copy(a, v)             what was given to a callee that may return it stays what it is

The result of the first half of a callee is a value and what was kept for its reverse.  Of that one, which is copied at once, nothing was given.
"""

from __future__ import annotations

from collections.abc import Iterable

from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import library_name
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Build, Call, Const, Effect, Let, Place, Stmt, Store, Unpack, Var
from tangentx.ir.walk import expr_atoms, merges, own_atoms
from tangentx.transform.build import helper
from tangentx.transform.called import copy_of_result

__all__ = ["copies_of_result", "find_halves"]


def find_halves(every: Iterable[Stmt]) -> frozenset[Var]:
    """The names of pairs whose second item is only copied: what is a part of it need not be what it was."""
    every = tuple(every)
    unpacked = {s.source: s.targets for s in every if isinstance(s, Unpack) and len(s.targets) == 2 and s.targets[1] is not None}
    kept: dict[Atom, Atom] = {targets[1]: source for source, targets in unpacked.items() if targets[1] is not None}
    pairs: dict[Atom, Atom] = {source: source for source in unpacked}  # with their names behind writes
    lost = set[Atom]()
    for stmt in every:
        call = stmt.value if isinstance(stmt, Let) and isinstance(stmt.value, Call) else None
        name = library_name(call) if call is not None else ""
        copies, first = name == "own_copy", name == "getitem" and call is not None and call.args[1] == Const(0)
        read = [*own_atoms(stmt)]
        lost |= {kept[a] for a in read if a in kept and not copies}
        if isinstance(stmt, Store) and stmt.base in pairs:
            pairs[stmt.target] = pairs[stmt.base]
            read = [stmt.value, stmt.index]
        if not (first or isinstance(stmt, Effect) or (isinstance(stmt, Unpack) and unpacked.get(stmt.source) == stmt.targets)):
            lost |= {pairs[a] for a in read if a in pairs}
    merged = [v for _, values in merges(every) for v in values]
    lost |= {kept[v] for v in merged if v in kept} | {pairs[v] for v in merged if v in pairs}
    return frozenset(source for source in unpacked if isinstance(source, Var) and source not in lost)


def copies_of_result(target: Var, result: Var, call: Call, hands_on: bool, half: bool, facts: Facts, fresh: Fresh, place: Place) -> list[Stmt]:
    """The statements that make ``target`` of the ``result`` of a call; ``hands_on``: it may be an argument, ``half``: see ``find_halves``."""
    given = [a for a in dict.fromkeys((call.fn, *expr_atoms(call))) if hands_on and isinstance(a, Var) and not facts.of(a).scalar]
    if not given or not half:
        return [*copy_of_result(target, result, given, facts.of(target), fresh, place)]
    value, kept, own_value, own_kept = fresh("value"), fresh("saved"), fresh("value"), fresh("saved")
    copied: list[Stmt] = [Unpack((value, kept), result, place), *copy_of_result(own_value, value, given, facts.of(target), fresh, place)]
    copied.append(Let(own_kept, helper("own_copy", kept), place))
    return [*copied, Let(target, Build("tuple", (own_value, own_kept)), place)]
