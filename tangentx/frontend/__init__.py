"""From a function to the IR: source, refusal, desugaring, names, lowering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tangentx.frontend.arms import GivenUp
from tangentx.frontend.check import check
from tangentx.frontend.contexts import may_swallow, may_swallow_at
from tangentx.frontend.inserted import with_inserted
from tangentx.frontend.keywords import with_keywords
from tangentx.frontend.lower import lower
from tangentx.frontend.paused import Paused, read_paused
from tangentx.frontend.source import Source, read
from tangentx.frontend.stars import Shape, shape, spread_classes
from tangentx.frontend.template import read_rule
from tangentx.frontend.yields import with_yields_listed
from tangentx.ir.nodes import Function

__all__ = [
    "GivenUp", "Paused", "Shape", "Source", "check", "lower", "may_swallow", "may_swallow_at", "read", "read_function", "read_rule", "shape",
    "spread_classes",
]  # fmt: skip


def read_function(fn: Callable[..., Any], given_up: GivenUp | None = None, shape: Shape | None = None) -> Function:
    """The IR of a Python function, for one shape of call; ``given_up`` are statements that are refused where they are reached.

    Before: a function object.  After: ``Function`` in structured SSA.

    Raises:
        SourceNotFound: there is no source.
        UnsupportedSyntax: something in it cannot be differentiated.
    """
    found = read_paused(fn) if isinstance(fn, Paused) else with_yields_listed(read(fn))
    source = replace(with_keywords(with_inserted(found)), shape=shape)
    return lower(check(source if given_up is None else given_up.applied(source)))
