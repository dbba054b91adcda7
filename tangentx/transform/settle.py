"""What the literals of a call, or the defaults that it leaves, settle in a rule's body.

asked = where is True                                   g = unreduce(y_bar, shape, axis=1)
g = unreduce(y_bar, shape, axis=axis, keepdims=keepdims)
if asked:                                    ==>        with axis = 1, keepdims = False, where = True
    ...
a_bar = g * where
"""

from __future__ import annotations

import functools
import inspect
import operator
from dataclasses import replace
from typing import Any

import tangentx.runtime as rt
from tangentx.ir.nodes import Atom, Block, Call, Const, If, Let, Ref, Stmt, Var
from tangentx.ir.walk import map_atoms
from tangentx.rules.table import Bound

__all__ = ["settle"]


def settle(bound: Bound, outputs: dict[str, Atom]) -> tuple[Block, dict[str, Atom]]:
    """The rule's body for one call, and the outputs: parameters that are literals are read as those, copies are read through."""
    params = bound.template.params
    means: dict[Atom, Atom] = {p: a for p in params[1:] if isinstance(a := bound.atoms.get(p.base), Const)}

    def atom(a: Atom) -> Atom:
        return means.get(a, a)

    def block(stmts: Block) -> Block:
        out: list[Stmt] = []
        for stmt in stmts:
            now = _brief(_asked(map_atoms(stmt, atom), params))
            if isinstance(now, If) and isinstance(now.test, Const):
                joins = (Let(j.target, j.then if now.test.value else j.orelse, now.place) for j in now.joins)
                out.extend(block((*(now.then if now.test.value else now.orelse), *joins)))
            elif isinstance(now, If):
                out.append(map_atoms(replace(now, then=block(now.then), orelse=block(now.orelse)), atom))
            elif isinstance(now, Let) and isinstance(now.value, Var | Const | Ref):
                means[now.target] = now.value
            else:
                out.append(now)
        return tuple(out)

    return block(bound.template.body), {name: atom(a) for name, a in outputs.items()}


def _asked(stmt: Stmt, params: tuple[Var, ...]) -> Stmt:
    """``where is True`` asks whether the call says so, or leaves it out; then ``x * where`` is ``x``."""
    if isinstance(stmt, Let) and isinstance(stmt.value, Call) and stmt.value.args[1:] == (Const(True),):
        does, what = getattr(stmt.value.fn, "obj", None), stmt.value.args[0]
        if does is operator.mul:
            return replace(stmt, value=what)
        if does is operator.is_ and (what in params or isinstance(what, Const)):
            return replace(stmt, value=Const(what == Const(True)))
    return stmt


def _brief(stmt: Stmt) -> Stmt:
    """A call without what is given its default anyway: keywords, and the last of what is given by position; a cast of a bare zero is zero."""
    if not (isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref)):
        return stmt
    if stmt.value.fn.module == "tangentx.runtime" and stmt.value.fn.attr == "cast" and stmt.value.args[0] == Const(0.0):
        return replace(stmt, value=Const(0.0))
    defaults, args = _defaults(stmt.value.fn.obj), stmt.value.args
    kwargs = tuple((k, a) for k, a in stmt.value.kwargs if k not in defaults or a != defaults[k])
    if stmt.value.fn.module == "numpy":  # whose own default for keepdims is no value at all
        kwargs = tuple(pair for pair in kwargs if pair != ("keepdims", Const(False)))
    if stmt.value.fn.obj is rt.expanded and len(args) == 2 and (not kwargs or ("keepdims", Const(True)) in kwargs):  # no axes to put back
        return replace(stmt, value=args[0])
    while not kwargs and 0 < len(args) <= len(defaults) and args[-1] == list(defaults.values())[len(args) - 1]:
        args = args[:-1]
    return replace(stmt, value=replace(stmt.value, args=args, kwargs=kwargs))


@functools.cache
def _defaults(fn: Any) -> dict[str, Atom | None]:
    """The literal defaults of the parameters of a library's function, in order; None where there is no such default."""
    try:
        parameters = inspect.signature(fn).parameters.values()
    except (TypeError, ValueError):
        return {}
    if not callable(fn) or isinstance(fn, type) or any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters):
        return {}
    literal = (bool, int, float, str, tuple, type(None))
    return {p.name: Const(p.default) if isinstance(p.default, literal) else None for p in parameters}
