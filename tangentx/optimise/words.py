"""Words: reads of a container by a word that put a key there, should it be a defaultdict, for ``dead``.

y = d['b']; n = len(d)        ==>        d['b']; n = len(d)          nobody reads y, and len(d) counts the key
"""

from __future__ import annotations

from collections.abc import Sequence

from tangentx.ir.nodes import Atom, Call, Const, Each, For, If, Let, Ref, Stmt, Store, Var, While
from tangentx.ir.walk import own_atoms, source_atoms, source_targets

__all__ = ["reads_before_looks"]


def reads_before_looks(stmts: Sequence[Stmt], ends: Sequence[int]) -> dict[int, list[int]]:
    """For each statement that looks at a container as a whole (by its number), the reads of an item by a word that may come before it.

    ``ends``: the number behind each statement's last inner one. In a loop a read may be of the iteration before.
    """
    same: dict[Atom, Atom] = {}  # by a version that a write has made, the first one
    reads = _reads(stmts, same)
    if not reads:
        return {}
    found: dict[int, list[int]] = {}
    looped = 0  # where the outermost loop around ends
    for me, stmt in enumerate(stmts):
        if isinstance(stmt, For | While):
            looped = max(looped, ends[me])
        if isinstance(stmt, Store | If) or not stmt.place.own or _item(stmt) or (isinstance(stmt, Let) and isinstance(stmt.value, Var)):
            continue
        atoms = [*own_atoms(stmt), *(a for s in stmt.sources for a in source_atoms(s))] if isinstance(stmt, For) else own_atoms(stmt)
        before = [r for a in dict.fromkeys(same.get(a, a) for a in atoms) for r in reads.get(a, ()) if r < max(me, looped)]
        if before:
            found[me] = before
    return found


def _reads(stmts: Sequence[Stmt], same: dict[Atom, Atom]) -> dict[Atom, list[int]]:
    """The reads of an item by a word, by their container; fills ``same``."""
    reads: dict[Atom, list[int]] = {}
    words: set[Atom] = set()  # what a loop goes through, which may be words
    for me, stmt in enumerate(stmts):
        if isinstance(stmt, For):
            words.update(t for s in stmt.sources if isinstance(s, Each) for t in source_targets(s))
        if isinstance(stmt, Store):
            same[stmt.target] = same.get(stmt.base, stmt.base)
        elif isinstance(stmt, Let) and isinstance(stmt.value, Var):
            same[stmt.target] = same.get(stmt.value, stmt.value)
        elif isinstance(call := _item(stmt), Call) and stmt.place.own:
            key = call.args[1]
            if key in words or (isinstance(key, Const) and isinstance(key.value, str)):
                reads.setdefault(same.get(call.args[0], call.args[0]), []).append(me)
    return reads


def _item(stmt: Stmt) -> Call | None:
    call = stmt.value if isinstance(stmt, Let) else None
    item = isinstance(call, Call) and isinstance(call.fn, Ref) and call.fn.module == "operator" and call.fn.attr == "getitem"
    return call if item and isinstance(call, Call) and isinstance(call.args[0], Var) else None
