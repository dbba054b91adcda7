"""The order of derived statements, and where a function returns: what makes copies disappear.

An update of an adjoint moves below the last read of the value that it replaces, so that both can have one name:

    p_bar.2 = p_bar.1 * x                   x_bar.2 = x_bar.1 + p_bar.1 * p
    x_bar.2 = x_bar.1 + p_bar.1 * p   ==>   p_bar.2 = p_bar.1 * x

A tuple that is returned after a last ``If`` is built in its arms, where that needs no name of the user's:

    if stop: a = x                          if stop: r1 = (x, None)
    else: a, s = g(x)                       else: a, s = g(x); r2 = (a, s)
    join b = x | a; join t = undef | s      join r = r1 | r2
    r = (b, t); return r              ==>   return r
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.backend.ownership import group_of, named, reads
from tangentx.backend.purity import is_pure
from tangentx.ir.nodes import Atom, Block, Build, For, Function, If, Join, Let, Stmt, Var, While
from tangentx.ir.walk import blocks, map_blocks, map_expr, statements, stmt_targets

__all__ = ["order_updates", "return_early"]


def order_updates(function: Function) -> Function:
    """The function with the updates of its adjoints below the last reads of the old values."""
    return replace(function, body=_ordered(function.body))


def _ordered(block: Block) -> Block:
    block = tuple(map_blocks(s, _ordered) for s in block)
    read: dict[str, dict[Var, int]] = {}  # base -> value -> where it is read last
    first: dict[Var, int] = {}
    made: dict[Var, int] = {}
    for k, stmt in enumerate(block):
        for atom in _all_reads(stmt):
            if isinstance(atom, Var):
                read.setdefault(atom.base, {})[atom] = k
                first.setdefault(atom, k)
        for target in stmt_targets(stmt):
            made[target] = k
    places: list[tuple[int, int]] = []
    for k, stmt in enumerate(block):
        end = k
        if isinstance(stmt, Let) and stmt.place.sweep and is_pure(stmt.value) and not _is_alias(stmt):
            old = [j for v, j in read.get(stmt.target.base, {}).items() if v != stmt.target and made.get(v, -1) < k < j]
            last = max((j for j in old if group_of(block[j].place) == group_of(stmt.place)), default=k)
            if first.get(stmt.target, last + 1) > last and all(isinstance(s, Let) and is_pure(s.value) for s in block[k + 1 : last + 1]):
                end = last
        places.append((end, k))
    return tuple(block[k] for _, k in sorted(places, key=lambda p: (p[0], p[0] != p[1], p[1])))


def _is_alias(stmt: Let) -> bool:
    return isinstance(stmt.value, Var)


def _all_reads(stmt: Stmt) -> list[Atom]:
    if not isinstance(stmt, If | For | While):
        return list(reads(stmt))
    return [*reads(stmt), *(a for b in blocks(stmt) for s in statements(b) for a in reads(s))]


def return_early(function: Function, count: dict[Var, int], bases: frozenset[str]) -> Function:
    """The function with the tuples that it returns built in the arms of its last If."""
    versions: dict[str, int] = {}
    for stmt in statements(function.body):
        for target in stmt_targets(stmt):
            versions[target.base] = max(versions.get(target.base, 0), target.version)
    body, result = _early(function.body, function.result, count, bases, versions)
    return replace(function, body=body, result=result)


def _early(block: Block, result: Atom, count: dict[Var, int], bases: frozenset[str], versions: dict[str, int]) -> tuple[Block, Atom]:
    cut = len(block)
    while cut and isinstance(last := block[cut - 1], Let) and isinstance(last.value, Build) and last.value.kind == "tuple":
        cut -= 1
    tail = block[cut:]
    final = block[cut - 1] if cut else None
    if not tail or not isinstance(final, If) or not isinstance(result, Var) or not all(isinstance(s, Let) for s in tail):
        return block, result
    inside: dict[Var, int] = {}
    for stmt in tail:
        for atom in reads(stmt):
            if isinstance(atom, Var):
                inside[atom] = inside.get(atom, 0) + 1
    targets = [j.target for j in final.joins]
    if not targets or any(named(t, bases) or inside.get(t, 0) != count.get(t, 0) for t in targets) or result not in [*stmt_targets(tail[-1])]:
        return block, result
    arms: list[Block] = []
    ends: list[Atom] = []
    for arm in (True, False):
        values: dict[Atom, Atom] = {j.target: j.then if arm else j.orelse for j in final.joins}
        copies = _copies(tail, values, versions)
        body, end = _early((*(final.then if arm else final.orelse), *copies), values[result], count, bases, versions)
        arms.append(body)
        ends.append(end)
    returned = _new(result.base, versions)
    count[returned] = 1
    new = replace(final, then=arms[0], orelse=arms[1], joins=(Join(returned, ends[0], ends[1]),))
    return (*block[: cut - 1], new), returned


def _copies(tail: Block, values: dict[Atom, Atom], versions: dict[str, int]) -> list[Stmt]:
    """The tail for one arm: the joins' values for their targets, new names for its own."""
    done: list[Stmt] = []
    for stmt in tail:
        assert isinstance(stmt, Let)
        value = map_expr(stmt.value, lambda a: values.get(a, a))
        target = _new(stmt.target.base, versions)
        values[stmt.target] = target
        done.append(Let(target, value, stmt.place))
    return done


def _new(base: str, versions: dict[str, int]) -> Var:
    versions[base] = versions.get(base, 0) + 1
    return Var(base, versions[base])
