"""Calculus on samples along an axis: differences, integrals, interpolation, convolution.

Kinks: at a point of ``xp`` the slope of ``np.interp`` is the one on the right, at the last point and outside it is zero.
Refused: ``period`` of ``np.interp`` and the spacings of ``np.gradient`` as active numbers (write ``np.gradient(f) / h``).
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, multilinear, tangent


@linear(np.diff)
def diff(y, a, n=1, axis=-1, prepend=None, append=None):
    """
    >>> np.diff(T)
    >>> np.diff(T, 2, axis=1)
    >>> np.diff(V, 4)
    >>> np.diff(M, 2, 0, V[None], S)
    >>> np.diff(A23, append=A34[:2])
    """
    before = 0 if prepend is None else np.shape(prepend)[axis] if np.ndim(prepend) else 1
    behind = 0 if append is None else np.shape(append)[axis] if np.ndim(append) else 1
    size = np.shape(a)[axis]
    d[a] = rt.undiff(d[y], np.shape(a), n, axis, before=before, behind=behind)
    first = rt.undiff(d[y], rt.with_length(np.shape(a), axis, before), n, axis, behind=size + behind)
    last = rt.undiff(d[y], rt.with_length(np.shape(a), axis, behind), n, axis, before=before + size)
    d[prepend] = rt.unbroadcast(first, prepend)
    d[append] = rt.unbroadcast(last, append)


@linear(np.ediff1d)
def ediff1d(y, ary, to_end=None, to_begin=None):
    """
    >>> np.ediff1d(A23)
    >>> np.ediff1d(A23, S, V)
    """
    begun = d[y] if to_begin is None else d[y][np.size(to_begin) :]
    inner = begun if to_end is None else begun[: np.size(begun) - np.size(to_end)]
    d[ary] = np.reshape(rt.undiff(inner, (np.size(ary),)), np.shape(ary))
    d[to_begin] = np.reshape(d[y][: np.size(to_begin)], np.shape(to_begin))
    d[to_end] = np.reshape(d[y][np.size(y) - np.size(to_end) :], np.shape(to_end))


@multilinear(getattr(np, "trapezoid", None), getattr(np, "trapz", None))
def trapezoid(r, y, x=None, dx=1.0, axis=-1):
    """
    >>> np.trapezoid(V)
    >>> np.trapezoid(ZV, V)
    >>> np.trapezoid(V, V * V * V)
    >>> np.trapezoid(M, V, axis=0)
    >>> np.trapezoid(T, [0.0, 0.5, 2.0], axis=1)
    >>> np.trapezoid(T, dx=S)
    >>> np.trapezoid(M, dx=A23, axis=0)
    """
    d[y] = rt.untrapezoid(d[r], np.shape(y), x, dx, axis)
    d[x] = rt.untrapezoid_x(d[r], y, np.shape(x), axis)
    d[dx] = rt.unbroadcast(rt.panels(d[r], y, axis), dx)


@adjoint(np.interp)
def interp(y, x, xp, fp, left=None, right=None, period=None):
    """
    >>> np.interp(np.array([0.3, 1.7, 5.0, -1.0]), [0.0, 1.0, 2.5], V)
    >>> np.interp(S, [0.0, 1.0, 2.5], V)
    >>> np.interp(np.array([0.3, 1.7, 5.0, -1.0]), [0.0, 1.0, 2.5], V, S)
    >>> np.interp(np.array([0.3, 5.0, -1.0]), [0.0, 1.0, 2.5], V, right=S)
    >>> np.interp(np.array([0.3, 5.0, -1.0]), [0.0, 1.0, 2.5], V, left=0.0, right=2.0)
    >>> np.interp(np.array([0.3, 0.4, 5.0, -1.0]), np.sort(V), A34[0, :3])
    >>> np.interp(3.0 * A23, V, A34[0, :3], period=1.3)
    """
    at, points = x if period is None else np.mod(x, abs(period)), xp if period is None else rt.knots(xp, period)
    places = None if period is None else rt.period_places(xp, period)
    values = fp if period is None else np.take(fp, places)
    begin, end = np.take(points, 0), np.take(points, -1)
    above = d[y] if left is None or period is not None else d[y] * np.greater_equal(at, begin)
    kept = above if right is None or period is not None else above * np.less_equal(at, end)
    i = np.clip(np.searchsorted(points, at, side="right") - 1, 0, np.size(points) - 2)
    low, high = np.take(points, i), np.take(points, i + 1)
    t = np.clip((at - low) / (high - low), 0.0, 1.0)
    inside = np.equal(t, (at - low) / (high - low))
    slope = d[y] * inside * (np.take(values, i + 1) - np.take(values, i)) / (high - low)
    d[x] = slope
    moved = rt.untake(slope * (t - 1.0), np.shape(points), i) - rt.untake(slope * t, np.shape(points), i + 1)
    d[xp] = moved if period is None else rt.untake(moved, np.shape(xp), places)
    weights = rt.untake(kept * (1.0 - t), np.shape(points), i) + rt.untake(kept * t, np.shape(points), i + 1)
    d[fp] = weights if period is None else rt.untake(weights, np.shape(fp), places)
    d[left] = rt.unbroadcast(d[y] * np.less(at, begin), left) if period is None else 0.0
    d[right] = rt.unbroadcast(d[y] * np.greater(at, end), right) if period is None else 0.0


@tangent(np.interp)
def interp_tangent(y, x, xp, fp, left=None, right=None, period=None):
    at, points = x if period is None else np.mod(x, abs(period)), xp if period is None else rt.knots(xp, period)
    places = None if period is None else rt.period_places(xp, period)
    values = fp if period is None else np.take(fp, places)
    i = np.clip(np.searchsorted(points, at, side="right") - 1, 0, np.size(points) - 2)
    low, high = np.take(points, i), np.take(points, i + 1)
    inside = np.equal(np.clip((at - low) / (high - low), 0.0, 1.0), (at - low) / (high - low))
    begin, end = np.take(points, 0), np.take(points, -1)
    moved = np.interp(at, points, d[xp] if period is None else np.take(d[xp], places))
    slope = (d[x] - moved) * inside * (np.take(values, i + 1) - np.take(values, i)) / (high - low)
    part = np.interp(at, points, d[fp] if period is None else np.take(d[fp], places))
    above = part if left is None or period is not None else part * np.greater_equal(at, begin) + d[left] * np.less(at, begin)
    d[y] = slope + (above if right is None or period is not None else above * np.less_equal(at, end) + d[right] * np.greater(at, end))


@multilinear(np.convolve)
def convolve(y, a, v, mode="full"):
    """
    >>> np.convolve(A34[0], V)
    >>> np.convolve(V, A34[0], "same")
    >>> np.convolve(A34[0], V, mode="valid")
    >>> np.convolve(ZV, V)
    """
    g = rt.untake(d[y], (np.size(a) + np.size(v) - 1,), rt.convolved(np.size(a), np.size(v), mode))
    d[a] = np.reshape(np.convolve(g, np.flip(v), "valid"), np.shape(a))
    d[v] = np.reshape(np.convolve(g, np.flip(a), "valid"), np.shape(v))


@multilinear(np.correlate)
def correlate(c, a, v, mode="valid"):
    """
    >>> np.correlate(A34[0], V)
    >>> np.correlate(V, A34[0])
    >>> np.correlate(V, A34[0], "same")
    >>> np.correlate(A34[0], V, mode="full")
    >>> np.correlate(V, ZV, "full")
    """
    g = rt.untake(d[c], (np.size(a) + np.size(v) - 1,), rt.correlated(np.size(a), np.size(v), mode))
    d[a] = np.convolve(g, np.conj(v), "valid")
    d[v] = np.conj(np.flip(np.convolve(g, np.flip(a), "valid")))


@linear(np.gradient)
def gradient(y, f, *varargs, axis=None, edge_order=1):
    """
    >>> np.gradient(V)
    >>> np.gradient(ZV)
    >>> np.gradient(V[:2], 0.1)
    >>> np.gradient(M, 0.5, [0.0, 0.4, 1.5], edge_order=2)
    >>> np.gradient(T, 0.3, axis=(0, -1))
    >>> np.gradient(A34, [0.0, 0.4, 1.5], axis=0)
    >>> np.gradient(np.concatenate([V, 2.0 * V, V]), edge_order=2)
    """
    d[f] = rt.ungradient(d[y], np.shape(f), varargs, axis=axis, edge_order=edge_order)
