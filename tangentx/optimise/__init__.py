"""Optimisation: passes IR -> IR that make the derivative short and fast.

    dead      what nobody needs                     scalars   adjoints of full sums stay scalars
    fold      literals, identities, copies          chains    flat products, signs in sums
    share     repeated expressions                  merge     neighbouring branches on one test

``optimise`` runs them to a fixpoint, or for ROUNDS rounds; ``defer`` is for the text alone and stands apart.
"""

from __future__ import annotations

from collections.abc import Callable

from tangentx.ir.nodes import Function
from tangentx.optimise.chains import flatten_chains
from tangentx.optimise.dead import remove_dead
from tangentx.optimise.fold import fold
from tangentx.optimise.merge import merge_branches
from tangentx.optimise.scalars import keep_scalars
from tangentx.optimise.share import share

__all__ = ["PASSES", "RAW_PASSES", "ROUNDS", "optimise"]

Pass = Callable[[Function], Function]

PASSES: tuple[Pass, ...] = (remove_dead, fold, share, keep_scalars, flatten_chains, merge_branches)
RAW_PASSES: tuple[Pass, ...] = (remove_dead, fold, share, keep_scalars, flatten_chains)
ROUNDS = 2


def optimise(function: Function, raw: bool = False) -> Function:
    """The function after all passes, to a fixpoint of at most a few rounds; ``raw``: it has not been recorded yet."""
    for _ in range(ROUNDS):
        before = function
        for step in RAW_PASSES if raw else PASSES:
            function = step(function)
        if function == before:
            return function
    return remove_dead(function)
