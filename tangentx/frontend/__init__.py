"""From a function to the IR: source, refusal, desugaring, names, lowering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tangentx.frontend.check import check
from tangentx.frontend.lower import lower
from tangentx.frontend.source import Source, read
from tangentx.frontend.template import read_rule
from tangentx.ir.nodes import Function

__all__ = ["Source", "check", "lower", "read", "read_function", "read_rule"]


def read_function(fn: Callable[..., Any]) -> Function:
    """The IR of a Python function.

    Before: a function object.  After: ``Function`` in structured SSA.

    Raises:
        SourceNotFound: there is no source.
        UnsupportedSyntax: something in it cannot be differentiated.
    """
    return lower(check(read(fn)))
