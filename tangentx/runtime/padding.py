"""``np.pad``: each axis in turn, so that the corners belong to the last one; a lane of an axis is padded by itself."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tangentx.errors import NotDifferentiable
from tangentx.runtime.reductions import quantile_share, share
from tangentx.runtime.shapes import untake

__all__ = ["padded", "unpad", "unpad_stat", "unpad_values"]

STATISTICS = ("maximum", "mean", "median", "minimum")
MOVES = ("edge", "reflect", "symmetric", "wrap")


def unpad(g: Any, shape: tuple[int, ...], pad_width: Any, mode: Any = "constant", reflect_type: str = "even") -> Any:
    """The adjoint of ``np.pad`` where the array only lends its shape: it is linear in the array."""
    pairs = _pairs(pad_width, len(shape))
    if mode in ("constant", "empty") or not shape:
        return g[tuple(slice(i, i + n) for (i, _), n in zip(pairs, shape))] if shape else g
    if mode in MOVES and reflect_type == "even":
        return untake(g, shape, np.pad(np.arange(math.prod(shape)).reshape(shape), pairs, mode))
    if mode not in (*MOVES, "linear_ramp"):
        raise _refused(mode)
    for axis in reversed(range(len(shape))):
        keywords = {} if mode == "linear_ramp" else {"reflect_type": reflect_type}
        g = np.moveaxis(_unlane(np.moveaxis(g, axis, 0), shape[axis], pairs[axis], mode, keywords), 0, axis)
    return g


def unpad_stat(g: Any, a: Any, pad_width: Any, mode: str, stat_length: Any = None) -> Any:
    """The adjoint of ``np.pad`` with the mean, the median, the largest or the smallest element: a tie is shared evenly."""
    steps = _steps(a, pad_width, mode, stat_length)
    for axis, (before, _), first, last in reversed(steps):
        lanes, n = np.moveaxis(g, axis, 0), first.shape[axis]
        head, tail = lanes[:before].sum(axis=0), lanes[before + n :].sum(axis=0)
        g = np.moveaxis(lanes[before : before + n], 0, axis) + first * np.expand_dims(head, axis) + last * np.expand_dims(tail, axis)
    return g


def unpad_values(g: Any, shape: tuple[int, ...], pad_width: Any, mode: str = "constant") -> Any:
    """The adjoint of ``constant_values`` (or of the ``end_values`` of a ramp), as pairs, one for each axis."""
    pairs, values = _pairs(pad_width, len(shape)), np.zeros_like(g, shape=(len(shape), 2))
    for axis in reversed(range(len(shape))):
        (before, after), lanes = pairs[axis], np.moveaxis(g, axis, 0)
        head, tail = (part.sum(axis=tuple(range(1, part.ndim))) for part in (lanes[:before], lanes[len(lanes) - after :]))
        falling = [np.linspace(1.0, 0.0, n, endpoint=False) if mode == "linear_ramp" else np.ones(n) for n in (before, after)]
        values[axis, 0], values[axis, 1] = falling[0] @ head, falling[1] @ tail[::-1]
        lane = _unlane(lanes, shape[axis], pairs[axis], mode, {}) if mode == "linear_ramp" else lanes[before : before + shape[axis]]
        g = np.moveaxis(lane, 0, axis)
    return values


def padded(g: Any, a: Any, pad_width: Any, mode: Any, end_values: Any = 0.0, stat_length: Any = None, reflect_type: str = "even") -> Any:
    """The tangent of ``np.pad``, in the modes that do not pad with a constant."""
    if mode in ("linear_ramp", "empty") or mode in MOVES:
        keywords = {"linear_ramp": {"end_values": end_values}, "reflect": {"reflect_type": reflect_type}, "symmetric": {"reflect_type": reflect_type}}
        return np.pad(g, pad_width, "constant" if mode == "empty" else mode, **keywords.get(mode, {}))
    if mode not in STATISTICS:
        raise _refused(mode)
    for axis, (before, after), first, last in _steps(a, pad_width, mode, stat_length):
        head, tail = (np.sum(weight * g, axis=axis, keepdims=True) for weight in (first, last))
        g = np.concatenate([np.repeat(head, before, axis), g, np.repeat(tail, after, axis)], axis=axis)
    return g


def _pairs(width: Any, ndim: int) -> list[Any]:
    """The numbers of elements before and behind each axis."""
    if isinstance(width, dict):
        pairs = [[0, 0] for _ in range(ndim)]
        for axis, pair in width.items():
            pairs[axis] = [int(n) for n in np.broadcast_to(pair, 2)]
        return pairs
    found: list[Any] = [[None, None]] * ndim if width is None else np.broadcast_to(width, (ndim, 2)).tolist()
    return found


def _unlane(g: Any, n: int, pair: Any, mode: str, keywords: dict[str, Any]) -> Any:
    """The adjoint of padding the first axis, where element ``j`` is ``inner[j] * a[place[j]] + first[j] * a[0] + last[j] * a[-1]``."""
    units = [np.equal(np.arange(n), i).astype(g.dtype) for i in (0, n - 1)]
    first, last = units[0], units[1] * (n > 1)
    inner = np.pad(1.0 - first - last, pair, mode, **keywords).astype(g.dtype)  # type: ignore[call-overload]
    places = np.pad(np.arange(n), pair, "edge" if mode == "linear_ramp" else mode)  # type: ignore[call-overload]
    bar = untake(g * inner.reshape(-1, *[1] * (g.ndim - 1)), (n, *g.shape[1:]), places, 0)
    for end, unit in ((0, first), (-1, last)):
        bar[end] += np.tensordot(np.pad(unit, pair, mode, **keywords), g, 1)  # type: ignore[call-overload]
    return bar


def _steps(a: Any, pad_width: Any, mode: str, stat_length: Any) -> list[tuple[int, Any, Any, Any]]:
    """For each axis the widths, and the weights of the elements of which the padding before and behind is made."""
    steps, pairs, lengths = [], _pairs(pad_width, np.ndim(a)), _pairs(stat_length, np.ndim(a))
    for axis in range(np.ndim(a)):
        n = a.shape[axis]
        heads, tails = (n if length is None else min(length, n) for length in lengths[axis])
        weights = []
        for part in (slice(0, heads), slice(n - tails, n)):
            index = (slice(None),) * axis + (part,)
            weight = np.zeros_like(a)
            weight[index] = _weight(a[index], mode, axis)
            weights.append(weight)
        steps.append((axis, pairs[axis], *weights))
        here = [pair if i == axis else (0, 0) for i, pair in enumerate(pairs)]
        a = np.pad(a, here, mode, stat_length=None if stat_length is None else lengths)  # type: ignore[call-overload]
    return steps


def _weight(a: Any, mode: str, axis: int) -> Any:
    if mode == "median":
        return quantile_share(a, 0.5, axis)
    if mode == "mean":
        return np.full_like(a, 1.0 / a.shape[axis])
    return share(a, np.max(a, axis, keepdims=True) if mode == "maximum" else np.min(a, axis, keepdims=True), axis)


def _refused(mode: Any) -> NotDifferentiable:
    what = "a function as mode" if callable(mode) else f"mode={mode!r}"
    return NotDifferentiable(f"np.pad with {what} has no derivative here", None, "Write the padding out with np.concatenate.")
