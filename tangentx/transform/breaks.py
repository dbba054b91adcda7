"""Idle breaks: an iteration that ends in ``break`` before it has changed anything carried is left out of the reverse.

    r = x * x - a                              r = x * x - a
    if abs(r) < tol: break        ==>          x.2 = x.1 - r / x
    else: x.2 = x.1 - r / x                    back: x.2
    join x.3 = x.1 | x.2; back: x.3

The reverse then has no test at all, and ``record`` appends only in the arm that goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tangentx.analysis.fact import Facts
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import UNDEF, Append, Atom, Block, Break, Carry, Const, For, If, Join, Pop, Raise, Stmt, Var, While
from tangentx.ir.walk import defined, free_vars, map_atoms, statements, stmt_targets
from tangentx.rules.inserted import is_insert

__all__ = ["ended", "handed_on", "idle_arm", "idle_breaks", "may_break", "without_idle_breaks"]


def idle_arm(body: Block, carries: tuple[Carry, ...], watched: frozenset[Var]) -> str | None:
    """``"then"`` or ``"orelse"``: the arm of a body's last If that breaks with every watched carry unchanged; else None.

    A tape with adjoints that grows or shrinks before the break has changed, too; code inserted into the reverse runs in every
    iteration.
    """
    last = body[-1] if body else None
    if not isinstance(last, If) or any((isinstance(s, Append | Pop) and s.tape in watched) or is_insert(s) for s in statements(body[:-1])):
        return None
    joins = {j.target: j for j in last.joins}
    for arm in ("then", "orelse"):
        block: Block = getattr(last, arm)
        moves = any((isinstance(s, Append | Pop) and s.tape in watched) or is_insert(s) for s in statements(block))
        if moves or not (block and isinstance(block[-1], Break)):
            continue
        left: dict[Atom, Atom] = {t: getattr(j, arm) for t, j in joins.items()}
        if all(left.get(c.back, c.back) == c.target for c in carries if c.target in watched):
            return arm
    return None


def without_idle_breaks(stmt: For | While, watched: frozenset[Var]) -> tuple[Block, tuple[Carry, ...]]:
    """The body and the carries as they are in an iteration that does not break idly."""
    body, carries = stmt.body, stmt.carries
    while arm := idle_arm(body, carries, watched):
        last = body[-1]
        assert isinstance(last, If)
        body, carries = _without(body, carries, last, arm)
    return body, carries


def idle_breaks(block: Block, watched: frozenset[Var]) -> frozenset[int]:
    """The labels of the Ifs whose breaks the reverse leaves out.

    ``record`` asks for them: once dead code is gone, other breaks look idle, too, but the reverse goes through those iterations.
    """
    found: set[int] = set()
    for stmt in statements(block):
        if isinstance(stmt, For | While):
            body, carries = stmt.body, stmt.carries
            while arm := idle_arm(body, carries, watched):
                last = body[-1]
                assert isinstance(last, If)
                found.add(last.label)
                body, carries = _without(body, carries, last, arm)
    return frozenset(found)


def _without(body: Block, carries: tuple[Carry, ...], last: If, arm: str) -> tuple[Block, tuple[Carry, ...]]:
    other = "orelse" if arm == "then" else "then"
    values: dict[Atom, Atom] = {j.target: getattr(j, other) for j in last.joins}
    return body[:-1] + getattr(last, other), tuple(Carry(c.target, c.init, values.get(c.back, c.back)) for c in carries)


def may_break(stmt: Stmt) -> bool:
    """Whether a statement may end the loop around it."""
    arms = (*stmt.then[-1:], *stmt.orelse[-1:]) if isinstance(stmt, If) else ()
    return isinstance(stmt, Break) or any(map(may_break, arms))


def ended(block: Block, made: Iterable[Stmt], fresh: Fresh, facts: Facts) -> Block:
    """The block with more statements at its end: in front of one that may leave it there, or in its arms where they need what those make.

    if c: u.2 = store u.1[0] = e; break             if c: u.2 = store u.1[0] = e; v.1 = u.2[1:]; break
    else: (nothing)                         ==>     else: v.2 = u.1[1:]
    join u.3 = u.2 | u.1                            join u.3 = u.2 | u.1, v.3 = v.1 | v.2
    v.3 = u.3[1:]
    """
    made = tuple(made)
    last = block[-1] if block else None
    if not isinstance(last, Raise) and not (last is not None and may_break(last)):
        return (*block, *made)
    assert last is not None
    if not (isinstance(last, If) and defined((last,)) & free_vars(made).keys()):
        return (*block[:-1], *made, last)
    return (*block[:-1], _in_arms(last, made, fresh, facts))


def _in_arms(last: If, made: tuple[Stmt, ...], fresh: Fresh, facts: Facts) -> If:
    """Each arm makes them from what it hands on."""
    targets = [t for s in made for t in stmt_targets(s)]
    values: list[list[Atom]] = []
    for arm in ("then", "orelse"):
        body: Block = getattr(last, arm)
        if body and isinstance(body[-1], Raise):
            values.append([Const(UNDEF)] * len(targets))
            continue
        handed: dict[Atom, Atom] = {j.target: getattr(j, arm) for j in last.joins}
        names: dict[Atom, Var] = {t: fresh(t.base) for t in targets}
        facts.facts.update({new: facts.of(old) for old, new in names.items()})
        handed.update(names)
        mine = tuple(map_atoms(s, lambda a, handed=handed: handed.get(a, a), lambda v, names=names: names[v]) for s in made)  # type: ignore[misc]
        last = replace(last, then=ended(body, mine, fresh, facts)) if arm == "then" else replace(last, orelse=ended(body, mine, fresh, facts))
        values.append(list(names.values()))
    return replace(last, joins=(*last.joins, *(Join(t, a, b) for t, a, b in zip(targets, *values, strict=True))))


def handed_on(body: Block, backs: set[Atom]) -> set[Var]:
    """The joins of last branches that may break, of which the next iteration wants tangents: their arms must give them."""
    if not (body and isinstance(tail := body[-1], If) and may_break(tail)):
        return set()
    joins = [j for j in tail.joins if j.target in backs]
    found = {j.target for j in joins}
    return found | handed_on(tail.then, {j.then for j in joins}) | handed_on(tail.orelse, {j.orelse for j in joins})
