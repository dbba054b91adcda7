"""Proved: parts of an array that are values of their own, since a check of the run says so.

t = u[i]; u.1 = store u[j] = e; check_apart(t, u.1); f(t)        t was taken for a number, and it is one
v = u[1:]; check_apart(v, w); f(v)                               v is apart from w, but a view of u all the same
"""

from __future__ import annotations

import operator
from collections.abc import Mapping

from tangentx.ir.nodes import Atom, Attribute, Call, Const, Effect, Let, Ref, Stmt, Store, Var
from tangentx.ir.walk import merges

__all__ = ["apart", "find_proved"]


def apart(stmt: Stmt) -> tuple[Atom, Atom] | None:
    """The part and the array of ``check_apart(part, array)``, by which the run shows that the part is a value of its own."""
    call = stmt.value if isinstance(stmt, Effect) else None
    return (call.args[0], call.args[1]) if isinstance(call, Call) and getattr(call.fn, "text", "") in ("check_apart", "check_kept") else None


def find_proved(every: tuple[Stmt, ...], views: Mapping[Var, Call]) -> frozenset[Atom]:
    """Parts of which a check says that they are apart from the array that they were taken from, not just from another one.

    ``views`` are the reads that made them.
    """
    found: dict[Atom, None] = {}
    for part, array in filter(None, map(apart, every)):
        base: Atom = part
        while isinstance(base, Var) and base in views and part not in found:
            base = views[base].args[0]
            if base == array or array in _versions(base, every):
                found[part] = None
    return frozenset(found)


def _versions(first: Atom, every: tuple[Stmt, ...]) -> set[Atom]:
    """The names that surely stand for one array, as it is written after it had its first name."""
    pairs: dict[Atom, tuple[Atom, ...]] = dict[Atom, tuple[Atom, ...]](merges(every))
    pairs.update({s.target: (s.base,) for s in every if isinstance(s, Store)})
    reads = [s for s in every if isinstance(s, Let) and isinstance(s.value, Call) and _is_read(s.value)]
    where = [s.value for s in reads if s.target == first]
    firsts = {first, *(s.target for s in reads if s.value in where)}
    found: set[Atom] = set(firsts)
    while more := {t for t, values in pairs.items() if t not in found and found.intersection(values)}:
        found |= more
    while other := {t for t in found - firsts if not all(v in found or isinstance(v, Const) for v in pairs[t])}:
        found -= other
    return found


def _is_read(call: Call) -> bool:
    """Whether it reads what stands in a container or an object: twice the same, if that is one name."""
    return isinstance(call.fn, Attribute) or (isinstance(call.fn, Ref) and call.fn.obj is operator.getitem)
