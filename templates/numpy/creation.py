"""Making arrays, and one-dimensional calculus on them: differences, integrals, interpolation, convolution."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, linear, multilinear, tangent

constant(np.zeros, np.ones, np.empty, np.zeros_like, np.ones_like, np.empty_like, np.eye, np.identity, np.indices, np.tri)


@adjoint(np.array)
def array(y, object, dtype=None, *, copy=True, order="K", subok=False, ndmin=0):
    """
    >>> np.array(T)
    >>> np.array([[S, 2.0], [S, S]])
    >>> np.array([V, 2.0 * V], dtype=float)
    >>> np.array(V, ndmin=2)
    """
    d[object] = rt.unbroadcast(d[y] if dtype is None else rt.cast(d[y], dtype), object)


@tangent(np.array)
def array_tangent(y, object, dtype=None, *, copy=True, order="K", subok=False, ndmin=0):
    dot = np.array(d[object]) if ndmin == 0 else np.array(d[object], ndmin=ndmin)
    d[y] = dot if dtype is None else rt.cast(dot, dtype)


@adjoint(np.asarray, np.asanyarray)
def asarray(y, a, dtype=None, order=None, *, copy=None):
    """
    >>> np.asarray(T)
    >>> np.asarray([[S, 2.0], [S, S]], dtype=float)
    >>> np.asanyarray(S)
    """
    d[a] = rt.unbroadcast(d[y] if dtype is None else rt.cast(d[y], dtype), a)


@tangent(np.asarray, np.asanyarray)
def asarray_tangent(y, a, dtype=None, order=None, *, copy=None):
    d[y] = np.array(d[a]) if dtype is None else rt.cast(np.array(d[a]), dtype)


@linear(np.float64, np.float32)
def number(y, x):
    """
    >>> np.float64(S)
    """
    d[x] = rt.unbroadcast(d[y], x)


@linear(np.full)
def full(y, shape, fill_value, dtype=None):
    """
    >>> np.full((2, 3), S, float)
    >>> np.full((2, 3), S)
    >>> np.full((2, 3), V)
    """
    d[fill_value] = rt.unbroadcast(d[y], fill_value)


@adjoint(np.full_like)
def full_like(y, a, fill_value, dtype=None):
    """
    >>> np.full_like(T, S, dtype=float)
    >>> np.full_like(T, S)
    """
    d[a] = 0.0
    d[fill_value] = rt.unbroadcast(rt.cast(d[y], y.dtype), fill_value)


@tangent(np.full_like)
def full_like_tangent(y, a, fill_value, dtype=None):
    d[y] = rt.cast(d[fill_value] * np.ones_like(y), y.dtype)


@linear(np.linspace)
def linspace(y, start, stop, num=50, endpoint=True):
    """
    >>> np.linspace(S, 2.0, 5)
    >>> np.linspace(V, S, 4, endpoint=False)
    """
    weights = np.linspace(0.0, 1.0, num, endpoint)
    d[start] = rt.unbroadcast(np.tensordot(1.0 - weights, d[y], 1), start)
    d[stop] = rt.unbroadcast(np.tensordot(weights, d[y], 1), stop)


@linear(np.diff)
def diff(y, a, n=1, axis=-1):
    """
    >>> np.diff(T)
    >>> np.diff(T, 2, axis=1)
    """
    d[a] = rt.undiff(d[y], n, axis)


@linear(np.ediff1d)
def ediff1d(y, ary):
    """
    >>> np.ediff1d(A23)
    """
    d[ary] = np.reshape(rt.undiff(d[y]), np.shape(ary))


@adjoint(np.interp)
def interp(y, x, xp, fp, left=None, right=None):
    """
    >>> np.interp(np.array([0.3, 1.7, 5.0, -1.0]), [0.0, 1.0, 2.5], V)
    >>> np.interp(S, [0.0, 1.0, 2.5], V)
    >>> np.interp(np.array([0.3, 1.7, 5.0, -1.0]), [0.0, 1.0, 2.5], V, S)
    >>> np.interp(np.array([0.3, 5.0, -1.0]), [0.0, 1.0, 2.5], V, right=S)
    >>> np.interp(np.array([0.3, 5.0, -1.0]), [0.0, 1.0, 2.5], V, left=0.0, right=2.0)
    """
    begin, end = np.take(xp, 0), np.take(xp, -1)
    above = d[y] if left is None else d[y] * np.greater_equal(x, begin)
    kept = above if right is None else above * np.less_equal(x, end)
    i = np.clip(np.searchsorted(xp, x, side="right") - 1, 0, np.size(xp) - 2)
    low, high = np.take(xp, i), np.take(xp, i + 1)
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    inside = np.equal(t, (x - low) / (high - low))
    d[x] = d[y] * inside * (np.take(fp, i + 1) - np.take(fp, i)) / (high - low)
    d[fp] = rt.untake(kept * (1.0 - t), np.shape(fp), i) + rt.untake(kept * t, np.shape(fp), i + 1)
    d[left] = rt.unbroadcast(d[y] * np.less(x, begin), left)
    d[right] = rt.unbroadcast(d[y] * np.greater(x, end), right)


@tangent(np.interp)
def interp_tangent(y, x, xp, fp, left=None, right=None):
    i = np.clip(np.searchsorted(xp, x, side="right") - 1, 0, np.size(xp) - 2)
    low, high = np.take(xp, i), np.take(xp, i + 1)
    inside = np.equal(np.clip((x - low) / (high - low), 0.0, 1.0), (x - low) / (high - low))
    begin, end = np.take(xp, 0), np.take(xp, -1)
    slope = d[x] * inside * (np.take(fp, i + 1) - np.take(fp, i)) / (high - low)
    part = np.interp(x, xp, d[fp])
    above = part if left is None else part * np.greater_equal(x, begin) + d[left] * np.less(x, begin)
    d[y] = slope + (above if right is None else above * np.less_equal(x, end) + d[right] * np.greater(x, end))


if hasattr(np, "trapezoid"):

    @multilinear(np.trapezoid)
    def trapezoid(r, y, x=None, dx=1.0, axis=-1):
        """
        >>> np.trapezoid(V)
        >>> np.trapezoid(V, V * V * V)
        >>> np.trapezoid(M, V, axis=0)
        >>> np.trapezoid(T, [0.0, 0.5, 2.0], axis=1)
        >>> np.trapezoid(T, dx=0.1)
        """
        d[y] = rt.untrapezoid(d[r], np.shape(y), x, dx, axis)
        d[x] = rt.untrapezoid_x(d[r], y, np.shape(x), axis)


@adjoint(np.convolve)
def convolve(y, a, v, mode="full"):
    """
    >>> np.convolve(A34[0], V)
    >>> np.convolve(V, A34[0], "same")
    >>> np.convolve(A34[0], V, mode="valid")
    """
    g = rt.untake(d[y], (np.size(a) + np.size(v) - 1,), rt.convolved(np.size(a), np.size(v), mode))
    d[a] = np.convolve(g, np.flip(v), "valid")
    d[v] = np.convolve(g, np.flip(a), "valid")


@tangent(np.convolve)
def convolve_tangent(y, a, v, mode="full"):
    d[y] = np.convolve(d[a], v, mode) + np.convolve(a, d[v], mode)
