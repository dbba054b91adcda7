"""Signs: ``np.sign`` is a constant for real numbers; for complex ones it turns with them.  Powers of real numbers are real, but for Python's.

s = np.sign(x)               ==>      check_real(x)                 the user's; nothing is known of x
                                      s = np.sign(x)
s = np.sign(z)               ==>      NotDifferentiable             the user's; z: complex
s = np.sign(x)               ==>      s = direction(x)              that of a derivative of abs(x), which is differentiated again
y = x**0.5                   ==>      check_power(x, 0.5)           the user's; x may be a negative number of Python's
                                      y = x**0.5
"""

from __future__ import annotations

import operator
from collections.abc import Container
from dataclasses import replace

import numpy as np

import tangentx.runtime as rt
from tangentx.analysis.fact import Facts
from tangentx.analysis.reals import Reals
from tangentx.errors import NotDifferentiable
from tangentx.ir.nodes import Atom, Block, Call, Const, Effect, Expr, Function, Let, Ref, Stmt, Var
from tangentx.ir.walk import map_blocks, statements
from tangentx.transform.build import helper

__all__ = ["settle_signs"]


def settle_signs(function: Function, varied: Container[Atom], facts: Facts, reals: Reals) -> Function:
    """The function with a check before each sign of what may be complex, or with one that has a derivative; before powers that may be.

    Raises:
        NotDifferentiable: the sign of a complex number that depends on the arguments.
    """

    lets = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}

    def block(b: Block) -> Block:
        done: list[Stmt] = []
        for stmt in b:
            checked = (*_powers(stmt, lets, varied, facts, reals), *_settled(map_blocks(stmt, block), varied, reals))
            done += [new for new in checked if new not in done[-1:]]  # the check stands there already
        return tuple(done)

    return replace(function, body=block(function.body))


def _settled(stmt: Stmt, varied: Container[Atom], reals: Reals) -> tuple[Stmt, ...]:
    call = stmt.value if isinstance(stmt, Let) else None
    if not (isinstance(stmt, Let) and isinstance(call, Call) and isinstance(call.fn, Ref) and call.fn.obj in (np.sign, rt.turned)):
        return (stmt,)
    x = call.args[-1]
    if x not in varied or reals.real(x):
        return (stmt,)
    if not stmt.place.own and call.fn.obj is np.sign:
        return (replace(stmt, value=helper("direction", x)),)
    if reals.complex(x):
        raise NotDifferentiable("np.sign of complex numbers is not constant, and has no rule", stmt.place, "Write z / np.abs(z).")
    return Effect(helper("check_real", x), stmt.place), stmt


def _powers(stmt: Stmt, lets: dict[Var, Expr], varied: Container[Atom], facts: Facts, reals: Reals) -> tuple[Stmt, ...]:
    """The check before a power that is taken for real."""
    call = stmt.value if isinstance(stmt, Let) and stmt.place.own else None
    if not (isinstance(call, Call) and isinstance(call.fn, Ref) and call.fn.obj in (operator.pow, operator.ipow, pow)):
        return ()
    base, exponent = call.args[:2]
    if base not in varied and exponent not in varied or reals.complex(base, exponent):
        return ()
    if any(facts.of(a).kind == "array" or _is_numpys(lets.get(a)) for a in (base, exponent)):  # type: ignore[arg-type]
        return ()
    whole = facts.of(exponent).kind in ("int", "bool") or isinstance(exponent, Const) and float(exponent.value).is_integer()
    positive = isinstance(base, Const) and base.value >= 0
    return () if whole or positive else (Effect(helper("check_power", base, exponent), stmt.place),)


def _is_numpys(value: Expr | None) -> bool:
    """Whether it is an array or a number of NumPy's, whose powers are real."""
    return isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module.partition(".")[0] in ("numpy", "scipy")
