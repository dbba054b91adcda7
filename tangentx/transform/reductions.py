"""The two modes of a reduction, from its partial derivatives with respect to the elements that it is made of.

y = np.max(x, axis=0)    ==>    x_bar = expanded(y_bar, np.shape(x), axis=0) * partial        y_dot = np.sum(x_dot * partial, axis=0)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from tangentx.ir.nodes import Atom, Call, Const, Var
from tangentx.rules.table import Bound
from tangentx.transform.build import helper, library, op

__all__ = ["spread", "summed"]

Emit = Callable[[str, Call], Atom]
DEFAULTS = (Const(None), Const(False))


def _along(bound: Bound) -> dict[str, Atom]:
    return {name: bound.atoms[name] for name in ("axis", "keepdims") if name in bound.atoms and bound.atoms[name] not in DEFAULTS}


def _may_be_small(bound: Bound, partials: list[Atom]) -> bool:
    """Whether the partials may only broadcast against the parameter; our own are tested to have its shape, unless they are numbers."""
    return not bound.rule.ours or any(isinstance(p, Const) for p in partials)


def spread(bound: Bound, adjoint: Atom, base: str, partial: Atom, emit: Emit) -> Atom:
    """The adjoint of the result with its axes back in place, so that it can be multiplied with the partial."""
    along, whole = _along(bound), _may_be_small(bound, [partial])
    if not whole and ("axis" not in along or along.get("keepdims") == Const(True)):
        return adjoint
    shape = emit("shape", library(np.shape, "np.shape", "numpy", bound.atoms[bound.template.params[1].base]))
    return emit(base, helper("unreduce" if whole else "expanded", adjoint, shape, **along))


def summed(bound: Bound, dots: dict[str, Atom], partials: dict[str, Atom], base: str, emit: Emit) -> Atom:
    """The tangents of the parameters times their partials, reduced as the values are."""
    total: Atom | None = None
    for name, dot in dots.items():
        partial, var = partials[name], bound.atoms[name]
        term = (
            dot
            if isinstance(partial, Const) and partial.value == 1
            else emit(f"{var.base}_dot" if isinstance(var, Var) else base, op("mul", dot, partial))
        )
        total = term if total is None else emit(base, op("add", total, term))
    assert total is not None
    first = bound.template.params[1].base
    if first not in dots and _may_be_small(bound, [*partials.values()]):
        total = emit(base, helper("broadcast_like", total, bound.atoms[first]))
    return emit(base, replace(library(np.sum, "np.sum", "numpy", total), kwargs=tuple(_along(bound).items())))
