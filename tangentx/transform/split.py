"""Split: a function and its reverse in two halves, for calls of the user's functions.

    y = tanh(z)                      def layer_fwd(x, w):            def layer_bwd(saved, y_bar):
    ---- cut ----            ==>         z = x * w                       w, x, y = saved
    z_bar = ... y ... w ...              y = tanh(z)                     z_bar = y_bar * (1.0 - y * y)
                                         return y, (w, x, y)             return z_bar * w, z_bar * x

What the second half reads and the first half knows is handed over in one plain tuple.
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import UNDEF, Atom, Block, Build, Carry, Const, For, Function, If, Join, Let, Param, Stmt, Unpack, Var, While
from tangentx.ir.walk import defined, free_vars, statements, stmt_targets

__all__ = ["split"]


def split(function: Function, cut: int, seed: Var, value: Atom, names: tuple[str, str], fresh: Fresh) -> tuple[Function, Function]:
    """``function.body[:cut]`` computes ``value``; the rest, from ``seed`` on, computes ``function.result``."""
    first, second = function.body[:cut], function.body[cut:]
    known = defined(first) | {p.var for p in function.params} | set(function.free)
    reads = dict.fromkeys(free_vars(second))
    if isinstance(function.result, Var) and function.result not in defined(second):
        reads[function.result] = None
    order = [p.var for p in function.params] + [*function.free] + [t for s in statements(first) for t in stmt_targets(s)]
    handed = tuple(v for v in order if v in reads and v in known and v != seed)
    first = tuple(_settled(s, set(handed)) for s in first)
    place = function.returns or function.place
    saved, both = fresh("saved"), fresh("value_and_saved")
    forward = replace(
        function,
        name=names[0],
        params=tuple(replace(p, kind="positional", default=None) for p in function.params),
        body=(*first, Let(saved, Build("tuple", handed), place), Let(both, Build("tuple", (value, saved)), place)),
        result=both,
    )
    taken = fresh("saved")
    unpack = (Unpack(handed, taken, place),) if handed else ()
    backward = replace(function, name=names[1], params=(Param(taken, annotation="tuple"), Param(seed)), body=(*unpack, *second), free=(), doc="")
    return forward, backward


def _settled(stmt: Stmt, handed: set[Var]) -> Stmt:
    """A value that is handed over exists on every path: None where the primal never made it."""

    def exists(atom: Atom, target: Var) -> Atom:
        return Const(None) if target in handed and atom == Const(UNDEF) else atom

    if isinstance(stmt, If):
        joins = tuple(Join(j.target, exists(j.then, j.target), exists(j.orelse, j.target)) for j in stmt.joins)
        needed = handed | {a for j in joins if j.target in handed for a in (j.then, j.orelse) if isinstance(a, Var)}
        return replace(stmt, joins=joins, then=_block(stmt.then, needed), orelse=_block(stmt.orelse, needed))
    if isinstance(stmt, For | While):
        carries = tuple(Carry(c.target, exists(c.init, c.target), c.back) for c in stmt.carries)
        return replace(stmt, carries=carries)
    return stmt


def _block(block: Block, needed: set[Var]) -> Block:
    return tuple(_settled(s, needed) for s in block)
