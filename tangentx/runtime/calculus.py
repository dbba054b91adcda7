"""Calculus on samples: differences, integrals, interpolation and convolution along an axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from tangentx.runtime.shapes import unbroadcast_shape, with_length

__all__ = [
    "convolved", "correlated", "cut_off", "knots", "lags", "moving", "panels", "period_places", "slopes", "undiff", "ungradient", "unslope",
    "untrapezoid", "untrapezoid_x", "widened",
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


def cut_off(shape_a: tuple[int, ...], shape_b: tuple[int, ...], mode: str, axes: Any = None) -> list[tuple[int, int]]:
    """How much of the full convolution a mode of SciPy's leaves out, before and behind, along each axis (else along ``axes`` only).

    ``centre`` is the mode ``same`` of ``scipy.signal.correlate2d``, which is another one where the second shape is even.
    """
    along = range(len(shape_a)) if axes is None else [i % len(shape_a) for i in np.ravel(axes)]
    widths = [(0, 0)] * len(shape_a)
    for i in along:
        n, m = shape_a[i], shape_b[i]
        start, size = {"full": (0, n + m - 1), "same": ((m - 1) // 2, n), "centre": (m // 2, n), "valid": (min(n, m) - 1, abs(n - m) + 1)}[mode]
        widths[i] = (start, n + m - 1 - start - size)
    return widths


def lags(g: Any, w: Any, n: int, axis: int = -1) -> Any:
    """The sums of ``g[i] * w[i - k]`` along an axis and over all others, for ``k < n``: the adjoint of the weights of a moving average."""
    g, w = np.moveaxis(g, axis, -1), np.moveaxis(w, axis, -1)
    return np.stack([(g[..., k:] * w[..., : max(w.shape[-1] - k, 0)]).sum() for k in range(n)])


def moving(s: Any, w: Any, axis: int = -1, back: bool = False) -> Any:
    """A moving average of ``w`` with weights ``s`` along an axis, of the same length; ``back``: of what comes, not of what came."""
    line = np.moveaxis(w, axis, -1)
    y = np.zeros_like(line, dtype=np.result_type(s, w))
    for k in range(min(len(s), line.shape[-1])):
        here, there = slice(k, None), slice(None, line.shape[-1] - k)
        if back:
            y[..., there] += s[k] * line[..., here]
        else:
            y[..., here] += s[k] * line[..., there]
    return np.moveaxis(y, -1, axis)


def slopes(f: Any, spacings: Any = (), axis: Any = None, edge_order: Any = 1) -> Any:
    """``np.gradient``."""
    return np.gradient(f, *spacings, axis=axis, edge_order=edge_order)


def ungradient(g: Any, shape: tuple[int, ...], spacings: Any = (), axis: Any = None, edge_order: Any = 1) -> Any:
    """The adjoint of ``np.gradient(f, *spacings, axis=axis, edge_order=edge_order)``, whose result is a list or a tuple along several axes."""
    axes = range(len(shape)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    steps = [1.0] * len(axes) if not spacings else list(spacings) * len(axes) if len(spacings) == 1 else spacings
    each = g if isinstance(g, list | tuple) else [g]
    return sum(unslope(part, shape, step, k, edge_order) for part, step, k in zip(each, steps, axes) if np.ndim(part))  # a bare 0.0 is unread


def unslope(g: Any, shape: tuple[int, ...], step: Any, axis: int, edge_order: Any) -> Any:
    """The adjoint of ``np.gradient`` along one axis.

    A slope is made of values at most two places away, so the gradients of five vectors, one at every fifth place, hold all its weights.
    """
    total, n = np.zeros_like(g, shape=shape), shape[axis]
    lanes, bars, place = np.moveaxis(total, axis, -1), np.moveaxis(g, axis, -1), np.arange(n, like=g)
    weights = np.stack([np.gradient(np.equal(place % 5, k).astype(g.real.dtype), step, edge_order=edge_order) for k in range(5)])
    for k in range(-2, 3):
        rows, columns = slice(max(0, -k), min(n, n - k)), slice(max(0, k), min(n, n + k))
        lanes[..., columns] += (weights[(place + k) % 5, place].astype(g.dtype) * bars)[..., rows]
    return total
