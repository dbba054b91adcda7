"""Splice: the body of a callee that writes into its arguments becomes part of its caller, where its effects can be seen.

def fill(a, v):                          y = np.zeros(3)
    a[0] = v                             y.1 = store y[0] = x
...                           ==>        ...
fill(y, x)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Call, Effect, Function, Let, Stmt, Var
from tangentx.ir.walk import defined, map_atoms, map_blocks, statements
from tangentx.rules.inserted import is_insert, sources

__all__ = ["Found", "copy_of", "splice"]

Found = tuple[Function, tuple[Atom, ...]]  # a callee and its arguments, in the order of its parameters


def splice(function: Function, find: Callable[[Let | Effect, Call], Found | None], fresh: Fresh) -> Function:
    """The function with the bodies of the callees that ``find`` gives in place of their calls."""

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in expand(stmt))

    def expand(stmt: Stmt) -> Block:
        if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and (found := find(stmt, stmt.value)) is not None:
            body, result = copy_of(*found, fresh)
            return (*body, Let(stmt.target, result, stmt.place)) if isinstance(stmt, Let) else body
        return (map_blocks(stmt, block),)

    return replace(function, body=block(function.body))


def copy_of(callee: Function, arguments: tuple[Atom, ...], fresh: Fresh) -> tuple[Block, Atom]:
    """The body with names of its own, and what it returns.  A parameter that is a literal here gets a name,
    and so does one whose adjoint is asked for inside: it is not that of the argument."""
    names: dict[Atom, Atom] = {}
    first: list[Stmt] = []
    hooked = {v for s in statements(callee.body) if is_insert(s) for v in sources(s)}
    for param, given in zip(callee.params, arguments, strict=True):
        names[param.var] = given
        if not isinstance(given, Var) or param.var in hooked:
            names[param.var] = named = fresh(param.var.base)
            first.append(Let(named, given, callee.place))
    for var in sorted(defined(callee.body)):
        names[var] = fresh(var.base)

    def target(var: Var) -> Var:
        new = names[var]
        assert isinstance(new, Var)
        return new

    body = tuple(map_atoms(s, lambda a: names.get(a, a), target) for s in callee.body)
    return (*first, *body), names.get(callee.result, callee.result)
