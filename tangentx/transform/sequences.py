"""``+`` and ``*`` of lists and tuples join and repeat, which is not what the rules of ``+`` and ``*`` differentiate.

out = out + [x * i]          ==>      NotDifferentiable: joining or repeating a list has no derivative yet
"""

from __future__ import annotations

import operator
from collections.abc import Callable

from tangentx.analysis.facts import Facts
from tangentx.errors import NotDifferentiable
from tangentx.ir.nodes import Atom, Call, Place, Ref

__all__ = ["refuse_joined"]

JOINS = (operator.add, operator.iadd, operator.mul, operator.imul)


def refuse_joined(call: Call, facts: Facts, active: Callable[[Atom], bool], place: Place) -> None:
    """A list that carries a derivative may meet an array in arithmetic, and nothing else.

    Raises:
        NotDifferentiable: a list or tuple is joined or repeated, as far as the kinds are known.
    """
    if not (isinstance(call.fn, Ref) and any(call.fn.obj is f for f in JOINS)):
        return
    kinds = [facts.of(a).kind for a in call.args]
    sequences = [a for a, kind in zip(call.args, kinds) if kind in ("list", "tuple")]
    if len(sequences) == len(call.args) or (any(active(a) for a in sequences) and "array" not in kinds):
        hint = "Write into an array by index, or use np.array and np.concatenate."
        raise NotDifferentiable("joining or repeating a list has no derivative yet", place, hint)
