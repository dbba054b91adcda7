"""Signs: ``np.sign`` is a constant for real numbers; for complex ones it turns with them.

s = np.sign(x)               ==>      check_real(x)                 the user's; nothing is known of x
                                      s = np.sign(x)
s = np.sign(z)               ==>      NotDifferentiable             the user's; z: complex
s = np.sign(x)               ==>      s = direction(x)              that of a derivative of abs(x), which is differentiated again
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

import numpy as np

import tangentx.runtime as rt
from tangentx.analysis.reals import Reals
from tangentx.errors import NotDifferentiable
from tangentx.ir.nodes import Atom, Block, Call, Effect, Function, Let, Ref, Stmt
from tangentx.ir.walk import map_blocks
from tangentx.transform.build import helper

__all__ = ["settle_signs"]


def settle_signs(function: Function, varied: Container[Atom], reals: Reals) -> Function:
    """The function with a check before each sign of what may be complex, or with one that has a derivative.

    Raises:
        NotDifferentiable: the sign of a complex number that depends on the arguments.
    """

    def block(b: Block) -> Block:
        done: list[Stmt] = []
        for stmt in b:
            done += [new for new in _settled(map_blocks(stmt, block), varied, reals) if new not in done[-1:]]  # the check stands there already
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
