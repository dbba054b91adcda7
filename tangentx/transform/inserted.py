"""Inserted: the block of an ``insert_grad_of`` where the reverse sweep comes by.

    y = x * x                                     y = x * x
    if insert_grad_of:                            y_bar = ...                  from all that reads y below
        g = adjoint_of(y)                         g = y_bar
        print(g, x)                     ==>       print(g, x)
        g.1 = np.clip(g, -1, 1)                   g.1 = np.clip(g, -1, 1)
        effect replace_adjoint(y, g.1)            x_bar = 2.0 * g.1 * x
    z = sin(y)

The block's own statements are not differentiated here: they are code of the gradient, and of its derivative.
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.errors import AliasError, NotDifferentiable
from tangentx.ir.nodes import Atom, Call, Effect, Expr, For, If, Let, Method, Place, Stmt, Store, Var, While
from tangentx.ir.walk import defined, free_vars, map_atoms, map_blocks, statements
from tangentx.rules.inserted import adjoint_of, replace_adjoint, sources
from tangentx.transform.adjoints import Adjoints
from tangentx.transform.build import helper

__all__ = ["INSERTED", "insert", "refuse_replaced"]

INSERTED = "Inserted"  # the sweep of a statement of such a block


def refuse_replaced(stmt: If, active: frozenset[Var]) -> None:
    """Forward mode passes over a block that looks at an adjoint; one that replaces it has no meaning there.

    Raises:
        NotDifferentiable: the block gives an adjoint another value.
    """
    refuse_writes(stmt)
    for var in sources(stmt, replaced_only=True):
        if var in active:
            reason = f"insert_grad_of({var.base}) replaces an adjoint, and forward mode has none"
            raise NotDifferentiable(reason, stmt.place, "Use grad or vjp; hvp of the gradient goes through the block.")


def refuse_writes(stmt: If) -> None:
    """The block may not write into what the function computes with: the rest of the reverse reads it.

    Raises:
        AliasError: it does.
    """
    own = defined(stmt.then)
    for s in statements(stmt.then):
        if isinstance(s, Store) and s.base not in own:
            name = s.base.base
            reason = f"the block of insert_grad_of writes into {name}, which the function computes with"
            raise AliasError(reason, s.place, f"Write into a copy: {name} = {name}.copy()")


def insert(sweep: Adjoints, stmt: If) -> None:
    """Adds the block to the sweep, unless the derivative does not pass through any of its values."""
    values = sources(stmt)
    if not any(v in sweep.active for v in values):
        return
    refuse_writes(stmt)
    place = stmt.place.derived("Grad of")
    body = tuple(s for s in stmt.then if not _call_of(s, replace_adjoint) and not _call_of(s, adjoint_of))
    writes = any(isinstance(s, Store) for s in statements(body))
    names: dict[Atom, Atom] = {}
    for s in stmt.then:
        if (call := _call_of(s, adjoint_of)) and isinstance(s, Let):
            bar = _adjoint(sweep, call.args[0], place)
            copied = writes and not sweep.facts.of(s.target).scalar
            sweep.out.append(Let(s.target, Call(Method("copy"), (bar,)) if copied else bar, place))
    own = {t for s in stmt.then if isinstance(s, Let) for t in (s.target,)}
    names.update((v, sweep.now(v, place)) for v in free_vars(body) if v not in own)
    sweep.out.extend(map_atoms(_moved(s), lambda a: names.get(a, a)) for s in body)
    replaced = sources(stmt, replaced_only=True)
    for s in stmt.then:
        if (call := _call_of(s, replace_adjoint)) and call.args[0] in replaced:
            var, new = call.args
            assert isinstance(var, Var)
            _replace(sweep, var, new, place)
    for var in values:
        sweep.owned.discard(sweep.adjoint.get(var))  # the block may have kept it


def _adjoint(sweep: Adjoints, var: Atom, place: Place) -> Atom:
    assert isinstance(var, Var)
    if var not in sweep.active:
        return sweep.zero(var, place)
    if var not in sweep.adjoint:
        sweep.adjoint[var] = sweep.zero(var, place)
    return sweep.adjoint[var]


def _replace(sweep: Adjoints, var: Var, new: Atom, place: Place) -> None:
    """The adjoint is another value now: a number, or an array of the variable's shape (a number stands for all items)."""
    if var not in sweep.active:
        return
    base = f"{var.base}_bar"
    value: Expr = new
    if not sweep.facts.same_shape(new, var):
        value = helper("broadcast_like", new, sweep.now(var, place))
    sweep.adjoint[var] = sweep.let(base, value, place)


def _call_of(stmt: Stmt, function: object) -> Call | None:
    value = stmt.value if isinstance(stmt, Let | Effect) else None
    return value if isinstance(value, Call) and getattr(value.fn, "obj", None) is function else None


def _moved(stmt: Stmt) -> Stmt:
    """A statement as it stands in the gradient, with its comments; nobody's mirror has its label."""
    place = replace(stmt.place, sweep=(INSERTED, *stmt.place.sweep))
    new = replace(stmt, place=place)
    if isinstance(new, If | For | While):
        new = replace(new, label=0)
    return map_blocks(new, lambda b: tuple(map(_moved, b)))
