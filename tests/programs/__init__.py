"""A corpus of plain functions.  Each module has a list ``CASES``: function, arguments, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Case"]


@dataclass(frozen=True)
class Case:
    """``wrt``: the positions.  Every program is held to second order; ``second``: why its gradient is refused, in one of the modes at least;
    ``mixed``: why the tangent's derivative is, where the gradient's is right.
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    wrt: tuple[int, ...] = (0,)
    second: str = ""
    mixed: str = ""

    @property
    def name(self) -> str:
        """For test ids."""
        return f"{self.function.__module__.rpartition('.')[2]}.{self.function.__name__}"
