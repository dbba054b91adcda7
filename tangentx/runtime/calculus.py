"""Calculus on samples: differences, integrals, interpolation and convolution along an axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from tangentx.runtime.shapes import unbroadcast_shape, with_length

__all__ = [
    "convolved", "correlated", "knots", "panels", "period_places", "undiff", "untrapezoid", "untrapezoid_x", "widened",
]  # fmt: skip


def widened(g: Any, axis: int, before: int = 0, behind: int = 0) -> Any:
    """``g`` with that many zeros before and behind it along an axis."""
    return np.pad(g, [(before, behind) if i == axis % np.ndim(g) else (0, 0) for i in range(np.ndim(g))]) if before or behind else g


def undiff(g: Any, shape: tuple[int, ...], n: int = 1, axis: int = -1, before: int = 0, behind: int = 0) -> Any:
    """The adjoint of a part of that shape in ``np.diff``; ``before`` and ``behind`` are the numbers of elements that stand beside it."""
    length = shape[axis] + before + behind
    if not np.shape(g)[axis]:
        return np.zeros_like(g, shape=shape)
    for _ in range(n if length > n else 0):
        g = -np.diff(widened(g, axis, 1, 1), axis=axis)
    return g if not before and not behind else g[(slice(None),) * (axis % len(shape)) + (slice(before, before + shape[axis]),)]


def untrapezoid(g: Any, shape: tuple[int, ...], x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    """The adjoint of ``y`` in ``np.trapezoid(y, x, dx, axis)``."""
    n = shape[axis]
    if n == 0:
        return np.zeros_like(g, shape=shape)
    steps = dx if x is None else np.diff(x, axis=axis if np.ndim(x) > 1 else -1)
    steps = np.reshape(steps, with_length((1,) * len(shape), axis, n - 1)) if x is not None and np.ndim(x) == 1 else steps
    half = np.broadcast_to(np.expand_dims(g, axis) * steps / 2, with_length(shape, axis, n - 1))
    return widened(half, axis, 0, 1) + widened(half, axis, 1, 0)


def untrapezoid_x(g: Any, y: Any, shape: tuple[int, ...], axis: int = -1) -> Any:
    """The adjoint of ``x`` in ``np.trapezoid(y, x, axis=axis)``."""
    steps = undiff(panels(g, y, axis), np.shape(y), 1, axis)
    return unbroadcast_shape(np.moveaxis(steps, axis, -1) if len(shape) == 1 else steps, shape)


def panels(g: Any, y: Any, axis: int = -1) -> Any:
    """``g`` times the mean heights of the panels of the trapezoidal rule: the adjoint of ``dx``, panel by panel."""
    lanes = np.moveaxis(np.asarray(y), axis, 0)
    return np.expand_dims(g, axis) * np.moveaxis((lanes[1:] + lanes[:-1]) / 2, 0, axis)


def convolved(n: int, m: int, mode: str) -> Any:
    """Where the elements of ``np.convolve`` of sizes n and m stand in the full convolution."""
    short, long = sorted((n, m))
    start, size = {"f": (0, n + m - 1), "s": ((short - 1) // 2, long), "v": (short - 1, long - short + 1)}[mode[:1]]
    return np.arange(start, start + size)


def correlated(n: int, m: int, mode: str) -> Any:
    """Where the elements of ``np.correlate`` stand in the full one: if ``v`` is the longer, that of ``v`` and ``a`` is turned round."""
    places = convolved(n, m, mode)
    return places if n >= m else n + m - 2 - places[::-1]


def period_places(xp: Any, period: Any) -> Any:
    """Where the points that ``np.interp`` puts in order for a period stand in ``xp``: the last, all, the first."""
    order = np.argsort(np.mod(xp, abs(period)))
    return np.concatenate([order[-1:], order, order[:1]])


def knots(xp: Any, period: Any) -> Any:
    """The points in order, with one more at each end, a period away."""
    points = np.take(np.mod(xp, abs(period)), period_places(xp, period))
    points[0], points[-1] = points[0] - abs(period), points[-1] + abs(period)
    return points
