"""Real parts: the adjoint of a real number is real, and so is its tangent.

z = x * 1j           (x: float)      ==>      x_bar = np.real(z_bar * 1j)
a = np.abs(z)        (z: complex)    ==>      a_dot = np.real(np.sign(z).conj() * z_dot)

What rules say of complex numbers is left out where they are surely real: ``np.conj(v)`` and ``np.real(v)`` are then ``v``.
A rule's test ``n is None`` is decided here where it is known what ``n`` is, and ``np.isrealobj(v)`` always: where nothing is known of
``v`` it holds, so that arm has to be right for both.
"""

from __future__ import annotations

import operator
from collections.abc import Container, Iterable
from dataclasses import replace

import numpy as np

from tangentx.analysis.fact import Facts
from tangentx.analysis.reals import Reals
from tangentx.ir.nodes import Atom, Attribute, Block, Call, Const, Function, If, Let, Method, Ref, Stmt, Var
from tangentx.ir.walk import map_atoms, map_blocks, rename, statements
from tangentx.transform.build import library

__all__ = ["is_real_part", "real_part", "takes_real_parts", "without_conjugates", "without_real_parts"]

SAME = ("conj", "conjugate", "real", "without_phase")  # of a real number: the number itself


def real_part(value: Atom) -> Call:
    """``np.real(value)``."""
    return library(np.real, "np.real", "numpy", value)


def takes_real_parts(function: Function, facts: Facts, reals: Reals) -> bool:
    """Whether it takes the real or the imaginary part of what may be complex, or numbers out of containers that may hold both."""
    lets = (s for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Call))
    return any(_takes_part(s.value, facts) and not reals.real(*s.value.args[:1]) for s in lets)  # type: ignore[arg-type,union-attr]


def _takes_part(call: Call, facts: Facts) -> bool:
    if isinstance(call.fn, Ref) and call.fn.obj is operator.getitem:
        return isinstance(call.args[1], Const) and isinstance(call.args[1].value, int | str) and facts.of(call.args[0]).kind != "array"
    own = isinstance(call.fn, Attribute) and (call.fn.own or getattr(np.ndarray, call.fn.name, None) is None)
    return own or (is_real_part(call) and _name(call) != "absolute")


def is_real_part(value: object) -> bool:
    """Whether it is one, or an imaginary part: real anyway."""
    return isinstance(value, Call) and _name(value) in ("real", "imag", "absolute")


def without_conjugates(stmts: Iterable[Stmt], reals: Reals) -> tuple[list[Stmt], dict[Atom, Atom]]:
    """The statements of a rule without conjugates and real parts of real values, and what those names are now.

    ``reals`` learns what the statements make.
    """
    same: dict[Atom, Atom] = {}
    kept: list[Stmt] = []
    for stmt in stmts:
        _settle(map_atoms(stmt, lambda a: same.get(a, a)), reals, kept, same)
    return kept, same


def without_real_parts(function: Function, reals: Reals) -> Function:
    """A derivative without the real parts of what is real; ``reals`` says what is known of its names."""
    lets = [s for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Call) and len(s.value.args) == 1]
    same = {s.target: s.value.args[0] for s in lets if _name(s.value) == "real" and not s.place.own and reals.real(*s.value.args)}  # type: ignore[arg-type,union-attr]
    return rename(replace(function, body=_dropped(function.body, same)), same)


def _dropped(block: Block, names: Container[Var]) -> Block:
    kept = (s for s in block if not (isinstance(s, Let) and s.target in names))
    return tuple(map_blocks(s, lambda b: _dropped(b, names)) for s in kept)


def _settle(stmt: Stmt, reals: Reals, kept: list[Stmt], same: dict[Atom, Atom]) -> None:
    if isinstance(stmt, If) and isinstance(stmt.test, Const):
        arm, then = (stmt.then, True) if stmt.test.value else (stmt.orelse, False)
        for inner in arm:
            _settle(map_atoms(inner, lambda a: same.get(a, a)), reals, kept, same)
        same.update({j.target: same.get(a, a) for j in stmt.joins for a in [j.then if then else j.orelse]})
    elif isinstance(stmt, Let) and isinstance(stmt.value, Call) and len(stmt.value.args) == 1 and _name(stmt.value) == "isrealobj":
        same[stmt.target] = Const(not reals.complex(stmt.value.args[0]))
    elif isinstance(stmt, Let) and isinstance(stmt.value, Call) and (answer := _is_none(stmt.value, reals.facts)) is not None:
        same[stmt.target] = Const(answer)
    elif isinstance(stmt, Let) and isinstance(stmt.value, Call) and _name(stmt.value) in SAME and reals.real(*stmt.value.args):
        same[stmt.target] = stmt.value.args[0]
    else:
        kept.append(stmt)
        reals.statement(stmt)


def _is_none(call: Call, facts: Facts) -> bool | None:
    """What ``n is None`` or ``n is not None`` gives where it is known what ``n`` is; else None."""
    if isinstance(call.fn, Ref) and call.fn.obj in (operator.is_, operator.is_not) and call.args[1] == Const(None):
        kind = facts.of(call.args[0]).kind
        return None if kind in ("any", "undef") else (kind == "none") == (call.fn.obj is operator.is_)
    return None


def _name(call: Call) -> str:
    """The name of a method, an attribute, or of a function of NumPy's."""
    if isinstance(call.fn, Ref):
        return call.fn.attr if call.fn.module in ("numpy", "tangentx.runtime") else ""
    return call.fn.name if isinstance(call.fn, Method | Attribute) and not call.fn.own else ""
