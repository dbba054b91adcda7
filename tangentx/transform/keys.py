"""Keys: who goes through what may be a dict gets its keys, which have no derivative; that it is none is checked while running.

for k in sorted(c): s += k * c[k]        ==>        check_no_dict(c)
                                                    for k in sorted(c): ...
d = dict(m)                                         check_keyed(m)                     m may be a list of pairs

Only where something speaks for a dict: it is asked for what no number, and no slice, is the index of, or for its items.
"""

from __future__ import annotations

import operator
from collections.abc import Container
from dataclasses import replace

from tangentx.analysis.aliases import index_kind
from tangentx.analysis.evidence import root, versions
from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Atom, Block, Call, Each, Effect, Expr, For, Function, Let, Method, Ref, Stmt, Store, Unpack, Var
from tangentx.ir.walk import map_blocks, statements
from tangentx.transform.build import helper, op
from tangentx.transform.protocols import CONSUMERS

__all__ = ["with_keys_checked"]

OF_DICTS = ("items", "keys", "values", "get")


def with_keys_checked(function: Function, active: Container[Atom], facts: Facts) -> Function:
    """The function with a check in front of whatever goes through the items of what may be a dict, and uses them as values."""
    same = versions(function)
    defs: dict[Var, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
    suspects = {root(a, same) for s in statements(function.body) if (a := _asked(s, facts, defs)) is not None and facts.of(a).kind == "any"}
    merged = {a for s in statements(function.body) if (a := _made_of_it(s)) is not None and facts.of(a).kind in ("any", "list", "tuple")}
    if not suspects and not merged:
        return function

    def block(stmts: Block) -> Block:
        return tuple(new for stmt in stmts for new in checked(stmt))

    def checked(stmt: Stmt) -> Block:
        found = [a for a in _gone_through(stmt, active) if facts.of(a).kind == "any" and root(a, same) in suspects]
        keyed = [a] if (a := _made_of_it(stmt)) in merged else []
        checks = [("check_no_dict", a) for a in dict.fromkeys(found)] + [("check_keyed", a) for a in keyed]
        return (*(Effect(helper(name, a), stmt.place) for name, a in checks), map_blocks(stmt, block))

    return replace(function, body=block(function.body))


def _made_of_it(stmt: Stmt) -> Var | None:
    """What ``dict(m)`` or ``{**m}`` takes the keys of: nothing else is done with them."""
    source = stmt.sources[0] if isinstance(stmt, For) and len(stmt.sources) == 1 and len(stmt.body) == 2 else None
    if not isinstance(source, Each) or not isinstance(source.sequence, Var) or not isinstance(stmt, For):
        return None
    read, put = stmt.body
    taken = isinstance(read, Let) and read.value == op("getitem", source.sequence, source.target)
    kept = isinstance(put, Store) and isinstance(read, Let) and (put.op, put.index, put.value) == ("", source.target, read.target)
    return source.sequence if taken and kept else None


def _asked(stmt: Stmt, facts: Facts, defs: dict[Var, Expr]) -> Var | None:
    """What is asked for an item by what may be a key, or as dicts are."""
    base, index = (stmt.base, stmt.index) if isinstance(stmt, Store) and stmt.op not in ("setattr", "add_field") else (None, None)
    value = stmt.value if isinstance(stmt, Let) else None
    if isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is operator.getitem:
        base, index = value.args  # type: ignore[assignment]
    if isinstance(value, Call) and isinstance(value.fn, Method) and value.fn.name in OF_DICTS and isinstance(value.args[0], Var):
        return value.args[0]
    if index is None or not isinstance(base, Var):
        return None
    return base if index_kind(index, facts, defs) in ("key", "unknown") else None


def _gone_through(stmt: Stmt, active: Container[Atom]) -> list[Var]:
    """What a statement takes the items of, as values."""
    found: list[Atom] = []
    if isinstance(stmt, For):
        found = [s.sequence for s in stmt.sources if isinstance(s, Each) and s.target in active]
    elif isinstance(stmt, Unpack):
        found = [stmt.source] if any(t in active for t in stmt.targets if t is not None) else []
    elif isinstance(stmt, Let) and isinstance(stmt.value, Call) and stmt.target in active and stmt.value.args:
        found = [stmt.value.args[0]] if any(getattr(stmt.value.fn, "obj", None) is c for c in CONSUMERS) else []
    return [a for a in found if isinstance(a, Var)]
