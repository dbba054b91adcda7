"""What derivatives are held against: finite differences with an error estimate."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["difference", "directional", "randomly_like", "shifted"]


def difference(f: Callable[[float], Any], h: float = 0.02) -> tuple[Any, Any]:
    """The derivative of ``f`` at 0 and an estimate of its error, by Ridders' extrapolation of central differences.

    C. J. F. Ridders, "Accurate computation of F'(x) and F'(x)F''(x)", Advances in Engineering Software 4 (1982).
    """
    rows: list[list[Any]] = []
    best, error = None, np.inf
    for k in range(8):
        row = [(np.asarray(f(h), float) - np.asarray(f(-h), float)) / (2.0 * h)]
        factor = 1.0
        for j in range(k):
            factor *= 4.0
            row.append((factor * row[j] - rows[-1][j]) / (factor - 1.0))
            wrong = max(np.max(np.abs(row[-1] - row[-2]), initial=0.0), np.max(np.abs(row[-1] - rows[-1][j]), initial=0.0))
            if wrong <= error:
                best, error = row[-1], wrong
        rows.append(row)
        h /= 2.0
    return best, error


def randomly_like(value: Any, rng: np.random.Generator) -> Any:
    """A random value of the same structure."""
    if isinstance(value, list | tuple):
        return type(value)(randomly_like(v, rng) for v in value)
    return rng.normal(size=np.shape(value)) if np.shape(value) else float(rng.normal())


def shifted(value: Any, direction: Any, h: float) -> Any:
    """``value + h * direction`` through lists and tuples."""
    if isinstance(value, list | tuple):
        return type(value)(shifted(v, d, h) for v, d in zip(value, direction, strict=True))
    return value + h * direction


def inner(a: Any, b: Any) -> float:
    """The inner product through lists and tuples."""
    if isinstance(a, list | tuple):
        return sum(inner(x, y) for x, y in zip(a, b, strict=True))
    return float(np.sum(np.asarray(a) * np.asarray(b)))


def directional(f: Callable[..., Any], args: tuple[Any, ...], directions: dict[int, Any]) -> tuple[Any, Any]:
    """The derivative of ``f(*args)`` along ``directions`` (by position), and its error."""

    def along(h: float) -> Any:
        return f(*copy.deepcopy(tuple(shifted(a, directions[k], h) if k in directions else a for k, a in enumerate(args))))

    return difference(along)
