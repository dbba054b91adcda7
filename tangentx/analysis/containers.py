"""Containers: which writes change the items of a list or dict, rather than the numbers in an array.

ys.append(v)        store ys append v           changes
xs[i] = v           store xs[i] = v             changes if xs is known to be a list or dict
u[i] = v            store u[i] = v              does not, if u is an array (or not known)
"""

from __future__ import annotations

import operator

from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Block, Call, Const, If, Let, Ref, Stmt, Store, Var
from tangentx.ir.walk import blocks, merges

__all__ = ["END", "OPS", "SET_OPS", "all_names", "changes_container", "first_versions", "keyed", "resized", "spares_items", "written_kind"]

END = Const(-1)
SET_OPS = ("add", "discard", "remove")
OPS = ("append", "insert", "pop", "del", "clear", *SET_OPS)


def changes_container(stmt: Store, facts: Facts) -> bool:
    """Whether a write puts an item into a list or dict, or takes one out."""
    return stmt.op in OPS or (stmt.op == "" and (facts.of(stmt.through or stmt.base).kind in ("list", "dict") or _by_word(stmt, facts)))


def _by_word(stmt: Store, facts: Facts) -> bool:
    """Whether what is not known is written by a string: then it is a dict."""
    return facts.of(stmt.through or stmt.base).kind == "any" and facts.of(stmt.index).kind == "str"


def written_kind(stmt: Store) -> str:
    """``list`` if nothing else has such a write, as far as it says; else ``any``."""
    place = stmt.op in ("pop", "del") and isinstance(stmt.index, Const) and not isinstance(stmt.index.value, str)
    return "list" if place or stmt.op in ("append", "insert") else "any"


def first_versions(block: Block, found: dict[Var, Var]) -> dict[Var, Var]:
    """By each version that writes have made of a value: the one before them all.  It is of the same class."""
    for stmt in block:
        for inner in blocks(stmt):
            first_versions(inner, found)
        if isinstance(stmt, Store) and stmt.through is None:
            found[stmt.target] = found.get(stmt.base, stmt.base)
        for join in stmt.joins if isinstance(stmt, If) else ():
            arms = {found.get(a, a) if isinstance(a, Var) else a for a in (join.then, join.orelse)}
            if len(arms) == 1 and isinstance(first := arms.pop(), Var):
                found[join.target] = first
    return found


def resized(every: tuple[Stmt, ...]) -> set[Var]:
    """All names of what a write puts items into or takes them out of: lists, whatever is known of them."""
    return all_names({s.base for s in every if isinstance(s, Store) and s.op in OPS and s.through is None}, every)


def keyed(every: tuple[Stmt, ...], facts: Facts) -> set[Var]:
    """All names of what is read or written by a string: dicts."""
    found = {s.base for s in every if isinstance(s, Store) and s.through is None and s.op not in ("setattr", "add_field") and _by_word(s, facts)}
    for stmt in every:
        call = stmt.value if isinstance(stmt, Let) else None
        if isinstance(call, Call) and isinstance(call.fn, Ref) and call.fn.obj is operator.getitem and facts.of(call.args[1]).kind == "str":
            found.update(a for a in call.args[:1] if isinstance(a, Var))
    return all_names(found, every)


def all_names(some: set[Var], every: tuple[Stmt, ...]) -> set[Var]:
    """All versions of some values, and their other names."""
    pairs = [(s.target, s.base) for s in every if isinstance(s, Store)]
    pairs += [(t, v) for t, values in merges(every) for v in values if isinstance(v, Var)]
    pairs += [(s.target, s.value) for s in every if isinstance(s, Let) and isinstance(s.value, Var)]
    found = set(some)
    while True:
        more = {v for pair in pairs if not found.isdisjoint(pair) for v in pair}
        if more <= found:
            return found
        found |= more


def spares_items(stmt: Store, facts: Facts) -> bool:
    """Whether a write into a container leaves the items themselves as they are, so that who has one of them need not mind."""
    return changes_container(stmt, facts) or (stmt.op == "add_at" and facts.of(stmt.through or stmt.base).kind in ("list", "dict"))
