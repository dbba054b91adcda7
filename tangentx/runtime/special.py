"""Derivatives, of every order, of the special functions that NumPy has without them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

__all__ = ["i0_derivative", "sinc_derivative"]


def i0_derivative(x: Any, n: int) -> Any:
    """The ``n``-th derivative of ``np.i0``: I0(x) is the mean of cosh(x cos t) over a quarter turn (DLMF 10.32.1).

    The midpoint rule converges exponentially: 64 points are enough up to where ``np.i0`` overflows.
    """
    cosines = [math.cos(math.pi * (k + 0.5) / 128) for k in range(64)]
    return sum(c**n * (np.sinh if n % 2 else np.cosh)(c * x) for c in cosines) / 64


def sinc_derivative(x: Any, n: int) -> Any:
    """The ``n``-th derivative of ``np.sinc``: near 0 its power series, elsewhere by the recurrence that the derivatives of ``x sinc(x)`` make."""
    u = math.pi * x
    is_near = np.abs(u) < n + 1
    near, square, first = 0.0, np.where(is_near, u * u, 0.0), (n + 1) // 2
    for k in reversed(range(first, first + n + 12)):
        near = near * square + (-1) ** k / ((2 * k + 1) * math.factorial(2 * k - n))
    far, safe = np.sinc(x), np.where(is_near, 1.0, u)
    for k in range(1, n + 1):
        far = ((np.sin, np.cos)[k % 2](u) * (-1) ** (k // 2) - k * far) / safe
    return math.pi**n * np.where(is_near, near * u ** (n % 2), far)
