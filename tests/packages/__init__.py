"""Functions of installed packages, unchanged: code that nobody wrote for tangentx.  Each module has a list ``FOUND``."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

__all__ = ["MATRIX", "OTHER", "POSITIVE", "SHARES", "SQUARE", "VECTOR", "VECTOR_2", "Found", "found"]

VECTOR, VECTOR_2 = np.array([0.3, -1.2, 0.7, 1.9]), np.array([1.1, 0.2, -0.6, 0.5])
POSITIVE, SHARES = np.array([0.4, 1.3, 0.8, 2.1]), np.array([0.1, 0.25, 0.4, 0.25])
MATRIX = np.array([[0.2, -0.5, 1.1], [0.9, 0.3, -0.7], [-1.3, 0.8, 0.6], [0.4, 1.2, -0.1]])
OTHER = np.array([[0.7, 0.1, -0.9], [-0.4, 1.5, 0.2], [0.3, -0.8, 1.2], [1.1, 0.6, -0.3], [-0.2, 0.5, 0.9]])
SQUARE = np.array([[1.7, 0.3, -0.4], [0.2, 2.1, 0.6], [-0.5, 0.1, 1.4]])


@dataclass(frozen=True)
class Found:
    """``function``: where it is (``"scipy.optimize:rosen"``), or a function that only calls it.

    ``own`` is the package's own derivative, called with the same arguments: the gradient of a number, or for each element of the
    value its derivative with respect to each of ``wrt``; ``order`` 1: second derivatives are not asked for.
    """

    function: str | Callable[..., Any]
    args: tuple[Any, ...]
    wrt: tuple[int, ...] = (0,)
    kwargs: dict[str, Any] = field(default_factory=dict)
    own: str | Callable[..., Any] = ""
    order: int = 2

    @property
    def name(self) -> str:
        """For test ids."""
        return self.function if isinstance(self.function, str) else f"{self.function.__module__.rpartition('.')[2]}.{self.function.__name__}"


def found(where: str | Callable[..., Any]) -> Callable[..., Any]:
    """The function behind ``"package.module:name"``."""
    if not isinstance(where, str):
        return where
    module, _, path = where.partition(":")
    value: Any = importlib.import_module(module)
    for name in path.split("."):
        value = getattr(value, name)
    return value
