"""The order of derived statements, and where a function returns: what makes copies disappear.

An update of an adjoint moves below the last read of the value that it replaces, so that both can have one name; so does
a statement of the user's whose tangent reads what it overwrites:

    p_bar.2 = p_bar.1 * x                   x_bar.2 = x_bar.1 + p_bar.1 * p
    x_bar.2 = x_bar.1 + p_bar.1 * p   ==>   p_bar.2 = p_bar.1 * x

A tuple that is returned after a last ``If`` is built in its arms, if that sets no name of the user's, and no adjoint of one
unless an arm has nothing else to do:

    if stop: a = x                          if stop: r1 = (x, None)
    else: a, s = g(x)                       else: a, s = g(x); r2 = (a, s)
    join b = x | a; join t = undef | s      join r = r1 | r2
    r = (b, t); return r              ==>   return r
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tangentx.backend.ownership import named, reads
from tangentx.backend.purity import is_pure
from tangentx.ir.nodes import Atom, Block, Build, Expr, Function, If, Join, Let, Stmt, Unpack, Var
from tangentx.ir.walk import blocks, expr_atoms, map_blocks, map_expr, statements, stmt_targets

__all__ = ["order_updates", "return_early"]

_FARTHEST = 40  # statements that an update may move past


def order_updates(function: Function, inline: dict[Var, Expr]) -> Function:
    """A regrouped function with the updates of its adjoints below the last reads of the old values."""
    return replace(function, body=_ordered(function.body, inline))


def _ordered(block: Block, inline: dict[Var, Expr]) -> Block:
    block = tuple(map_blocks(s, lambda b: _ordered(b, inline)) for s in block)
    if not any(s.place.sweep for s in block):
        return block
    read = [list(_all_reads(s, inline)) for s in block]
    made = {target: k for k, s in enumerate(block) for target in stmt_targets(s)}
    places: list[tuple[int, bool, int]] = []
    for k in range(len(block)):
        end = _end(block, k, read, made, inline)
        places.append((end, end != k, k))
    return tuple(block[k] for _, _, k in sorted(places))


def _end(block: Block, k: int, read: list[list[Var]], made: dict[Var, int], inline: dict[Var, Expr]) -> int:
    """The last statement after the k-th that reads what it replaces, and that it may move below; k if there is none."""
    stmt, end = block[k], k
    targets = stmt_targets(stmt)
    if not _moves(stmt, inline) or (isinstance(stmt, Let) and isinstance(stmt.value, Var)):
        return end
    for j in range(k + 1, min(k + _FARTHEST, len(block))):
        other = block[j]
        if other.place.own or not _moves(other, inline) or any(t in read[j] for t in targets):
            break
        if _origin(other) != _origin(stmt) or (stmt.place.sweep and stmt.place.sweep != other.place.sweep):
            break
        if any(v.base == t.base and made.get(v, -1) < k for v in read[j] for t in targets):
            end = j
    return end


def _origin(stmt: Stmt) -> tuple[str, int, str]:
    return (stmt.place.file, stmt.place.line, stmt.place.text)


def _moves(stmt: Stmt, inline: dict[Var, Expr]) -> bool:
    return isinstance(stmt, Let | Unpack) and _is_quiet(stmt.value if isinstance(stmt, Let) else stmt.source, inline)


def _is_quiet(value: Expr, inline: dict[Var, Expr]) -> bool:
    value = inline.get(value, value) if isinstance(value, Var) else value
    return is_pure(value) and all(_is_quiet(inline[a], inline) for a in expr_atoms(value) if isinstance(a, Var) and a in inline)


def _all_reads(stmt: Stmt, inline: dict[Var, Expr]) -> Iterator[Var]:
    """Every name that is read where the statement is printed, by its blocks too."""
    waiting: list[Atom] = list(reads(stmt))
    for inner in statements(b for block in blocks(stmt) for b in block):
        waiting += reads(inner)
    while waiting:
        atom = waiting.pop()
        if isinstance(atom, Var):
            if atom in inline:
                waiting += expr_atoms(inline[atom])
            else:
                yield atom


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
    if not tail or not isinstance(final, If) or final.guard or not isinstance(result, Var) or not all(isinstance(s, Let) for s in tail):
        return block, result
    inside: dict[Var, int] = {}
    for stmt in tail:
        for atom in reads(stmt):
            if isinstance(atom, Var):
                inside[atom] = inside.get(atom, 0) + 1
    targets = [j.target for j in final.joins]
    short = any(all(isinstance(s, Let) and s.place.text.endswith(":") for s in arm) for arm in (final.then, final.orelse))
    if not targets or any(t.base in bases or (named(t, bases) and not short) for t in targets):
        return block, result
    if result not in stmt_targets(tail[-1]) or any(inside.get(t, 0) != count.get(t, 0) for t in targets):
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
