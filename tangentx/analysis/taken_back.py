"""What a derivative takes back from its tapes, and so may be: its arrays are restored in place, which others show that look into them.

append tape <- i, q.1
a = qs.2[0]                          qs.2 holds q.1
for i.3, q.6 in tape backwards:      q.6: (q.1,)
    q.5 = store q.6[...] = q_saved   a shows that
"""

from __future__ import annotations

from collections.abc import Callable

from tangentx.ir.nodes import Append, Atom, For, Function, Pop, ReadTape, Var
from tangentx.ir.walk import statements

__all__ = ["taken_back"]


def taken_back(function: Function, same: Callable[[Var], Var]) -> list[tuple[Var, tuple[Atom, ...]]]:
    """(what is taken from a tape, what was put there); ``same`` gives one name of all that a tape has. Tapes may stand on tapes."""
    every = tuple(statements(function.body))
    reads = [(s.tape, s.targets) for s in every if isinstance(s, Pop)]
    reads += [(source.tape, source.targets) for s in every if isinstance(s, For) for source in s.sources if isinstance(source, ReadTape)]
    puts: dict[tuple[Var, int], list[Atom]] = {}
    for stmt in (s for s in every if reads and isinstance(s, Append)):
        for k, value in enumerate(stmt.values):
            puts.setdefault((same(stmt.tape), k), []).append(value)
    places: dict[Var, dict[tuple[Var, int], None]] = {}
    for tape, targets in reads:
        for k, target in enumerate(targets):
            if target is not None and isinstance(tape, Var):
                places.setdefault(same(target), {})[same(tape), k] = None

    def values(tape: Var, k: int, seen: frozenset[Var]) -> list[Atom]:
        """What was put into a field, be it of a tape that stood on another one."""
        inner = [v for at in places.get(tape, ()) for v in values(*at, seen | {tape})] if tape not in seen else []
        tapes = dict.fromkeys([tape, *(same(v) for v in inner if isinstance(v, Var))])
        return [v for t in tapes for v in puts.get((t, k), ())]

    return [
        (target, tuple(values(same(tape), k, frozenset())))
        for tape, targets in reads
        for k, target in enumerate(targets)
        if target is not None and isinstance(tape, Var)
    ]
