"""Operands: parameters that are no arguments of the derivative, and meet what is one in an operator.

def loss(w, x, n):           x, for ``w * x`` is the rule's product if x is a number or an array; a class of the
    y = w * x                user's may mean anything by it, so ``check_inputs(x, w=w)`` looks at x while running
    return y[n]              n is not one: an index
"""

from __future__ import annotations

from collections.abc import Collection

from tangentx.analysis.kinds import ANNOTATIONS
from tangentx.errors import NotDifferentiable
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Each, For, Function, Let, Local, Ref, Stmt, Store, Unpack, Var
from tangentx.ir.walk import merges, statements

__all__ = ["operands", "with_parts"]


def operands(function: Function, wrt: Collection[Var], active: Collection[Var]) -> tuple[Var, ...]:
    """These parameters, where annotations say nothing of them; those whose parts are operands, too."""
    every = tuple(statements(function.body))
    _refuse_matrices(every, active)
    met = {a for s in every if isinstance(s, Let) and isinstance(s.value, Call) for a in _meeting(s.target, s.value, active)}
    parts = [(t, a) for s in every for t, a in _parts(s)]
    parts += [(t, v) for t, values in merges(every) for v in values]
    while more := {a for t, a in parts if t in met} - met:
        met |= more
    return tuple(p.var for p in function.params if p.var in met and p.var not in wrt and _unknown(p.annotation) and p.cls is None)


def _refuse_matrices(every: tuple[Stmt, ...], active: Collection[Var]) -> None:
    """``S * v`` of a matrix class of ``scipy.sparse`` is a product of matrices, which rules do not know."""
    for s in every:
        if isinstance(s, Let) and s.target in active and isinstance(s.value, Call) and getattr(s.value.fn, "attr", "") in ("mul", "imul", "pow"):
            for ref in (a for a in s.value.args if isinstance(a, Ref)):
                classes = {cls.__name__ for cls in type(ref.obj).__mro__}
                if "spmatrix" in classes and not classes & {"sparray", "_sparray"}:
                    reason = f"{ref.text} is a {type(ref.obj).__name__}, whose * is a product of matrices"
                    raise NotDifferentiable(reason, s.place, "Write @, or use a sparse array such as csr_array.")


def with_parts(function: Function, active: frozenset[Var]) -> frozenset[Var]:
    """The active names, and those for parts of their values: what is written there shows in them."""
    pairs = [pair for s in statements(function.body) for pair in _parts(s)]
    found = set(active)
    while more := {t for t, a in pairs if a in found} - found:
        found |= more
    return frozenset(found)


def _unknown(annotation: str) -> bool:
    return ANNOTATIONS.get(annotation.strip("'\" "), "any") == "any"


def _meeting(target: Var, call: Call, active: Collection[Var]) -> tuple[Atom, ...]:
    """The operands of an operator, or of a call that may lead to one, whose value varies; what an unknown index is looked up in."""
    if isinstance(call.fn, Ref) and call.fn.attr == "getitem" and call.fn.module == "operator":
        return call.args[:1]
    operator = isinstance(call.fn, Ref) and call.fn.module == "operator"
    met = target in active and (operator or isinstance(call.fn, Local | Var))
    return tuple(a for a in (*call.args, *(v for _, v in call.kwargs)) if a not in active) if met else ()


def _parts(stmt: Stmt) -> list[tuple[Var, Atom]]:
    """The names for parts of a value, and the value."""
    if isinstance(stmt, For):
        return [(s.target, s.sequence) for s in stmt.sources if isinstance(s, Each)]
    if isinstance(stmt, Unpack):
        return [(t, stmt.source) for t in stmt.targets if t is not None]
    if isinstance(stmt, Store):
        return [(stmt.target, stmt.base)]
    value = stmt.value if isinstance(stmt, Let) else None
    if isinstance(value, Call) and (isinstance(value.fn, Attribute) or getattr(value.fn, "attr", "") in ("getitem", "copied")):
        return [(stmt.target, value.args[0])]  # type: ignore[union-attr]
    if isinstance(value, Build):
        return [(stmt.target, a) for a in value.items]  # type: ignore[union-attr]
    return [(stmt.target, value)] if isinstance(value, Var) else []  # type: ignore[union-attr]
