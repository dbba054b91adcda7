"""A corpus of plain functions.  Each module has a list ``CASES``: function, arguments, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Case"]


@dataclass(frozen=True)
class Case:
    """``wrt``: positions; ``order``: 2 asks for second derivatives, too; ``loud``: the mode that is refused (``grad2``)."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    wrt: tuple[int, ...] = (0,)
    order: int = 2
    loud: str = ""

    @property
    def name(self) -> str:
        """For test ids."""
        return f"{self.function.__module__.rpartition('.')[2]}.{self.function.__name__}"
