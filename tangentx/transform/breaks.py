"""Idle breaks: an iteration that ends in ``break`` before it has changed anything carried is left out of the reverse.

    r = x * x - a                              r = x * x - a
    if abs(r) < tol: break        ==>          x.2 = x.1 - r / x
    else: x.2 = x.1 - r / x                    back: x.2
    join x.3 = x.1 | x.2; back: x.3

The reverse then has no test at all, and ``record`` appends only in the arm that goes on.
"""

from __future__ import annotations

from tangentx.ir.nodes import Append, Atom, Block, Break, Carry, For, If, Pop, Var, While
from tangentx.ir.walk import statements

__all__ = ["idle_arm", "idle_breaks", "without_idle_breaks"]


def idle_arm(body: Block, carries: tuple[Carry, ...], watched: frozenset[Var]) -> str | None:
    """``"then"`` or ``"orelse"``: the arm of a body's last If that breaks with every watched carry unchanged; else None.

    A tape with adjoints that grows or shrinks before the break has changed, too.
    """
    last = body[-1] if body else None
    if not isinstance(last, If) or any(isinstance(s, Append | Pop) and s.tape in watched for s in statements(body[:-1])):
        return None
    joins = {j.target: j for j in last.joins}
    for arm in ("then", "orelse"):
        block: Block = getattr(last, arm)
        if not (block and isinstance(block[-1], Break)) or any(isinstance(s, Append | Pop) and s.tape in watched for s in statements(block)):
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
