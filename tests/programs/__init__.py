"""A corpus of plain functions.  Each module has a list ``CASES``: function, arguments, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Case"]


@dataclass(frozen=True)
class Case:
    """``wrt``: the positions; every program is held to first and second order, in every order of the modes."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    wrt: tuple[int, ...] = (0,)

    @property
    def name(self) -> str:
        """For test ids."""
        return f"{self.function.__module__.rpartition('.')[2]}.{self.function.__name__}"
