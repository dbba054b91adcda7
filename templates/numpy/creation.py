"""Making arrays of numbers: of what is given, of one value, and of points between two ends.

Refused: ``dtype=`` of the spaced points (it may round: write ``.astype``), ``like=`` and ``device=``.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, linear, tangent

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
def asarray(y, a, dtype=None, order=None, *, device=None, copy=None):
    """
    >>> np.asarray(T)
    >>> np.asarray([[S, 2.0], [S, S]], dtype=float)
    >>> np.asanyarray(S)
    """
    d[a] = rt.unbroadcast(d[y] if dtype is None else rt.cast(d[y], dtype), a)


@tangent(np.asarray, np.asanyarray)
def asarray_tangent(y, a, dtype=None, order=None, *, device=None, copy=None):
    d[y] = np.array(d[a]) if dtype is None else rt.cast(np.array(d[a]), dtype)


@adjoint(np.asarray_chkfinite)
def asarray_chkfinite(y, a, dtype=None, order=None):
    """
    >>> np.asarray_chkfinite(T)
    """
    d[a] = rt.unbroadcast(d[y] if dtype is None else rt.cast(d[y], dtype), a)


@tangent(np.asarray_chkfinite)
def asarray_chkfinite_tangent(y, a, dtype=None, order=None):
    d[y] = np.array(d[a]) if dtype is None else rt.cast(np.array(d[a]), dtype)


@adjoint(np.ascontiguousarray, np.asfortranarray)
def ascontiguousarray(y, a, dtype=None):
    """
    >>> np.ascontiguousarray(M.T)
    >>> np.ascontiguousarray(S)
    >>> np.asfortranarray(M, float)
    """
    d[a] = rt.unbroadcast(rt.cast(d[y], dtype), a)


@tangent(np.ascontiguousarray, np.asfortranarray)
def ascontiguousarray_tangent(y, a, dtype=None):
    d[y] = rt.cast(np.ascontiguousarray(d[a]), dtype)


@adjoint(np.require)
def require(y, a, dtype=None, requirements=None):
    """
    >>> np.require(M, float, ["F", "O"])
    """
    d[a] = rt.unbroadcast(rt.cast(d[y], dtype), a)


@tangent(np.require)
def require_tangent(y, a, dtype=None, requirements=None):
    d[y] = rt.cast(np.array(d[a]), dtype)


@adjoint(np.fromiter)
def fromiter(y, iter, dtype):
    """
    >>> np.fromiter([S, S * S], float)
    """
    d[iter] = rt.unbroadcast(rt.cast(d[y], dtype), iter)


@tangent(np.fromiter)
def fromiter_tangent(y, iter, dtype):
    d[y] = rt.cast(np.array(d[iter]), dtype)


@linear(np.float64, np.float32)
def number(y, x):
    """
    >>> np.float64(S)
    """
    d[x] = rt.unbroadcast(d[y], x)


@adjoint(np.full)
def full(y, shape, fill_value, dtype=None, order="C", *, device=None):
    """
    >>> np.full((2, 3), S, float)
    >>> np.full((2, 3), S, order="F")
    >>> np.full((2, 3), V)
    """
    d[fill_value] = rt.unbroadcast(rt.cast(d[y], dtype), fill_value)


@tangent(np.full)
def full_tangent(y, shape, fill_value, dtype=None, order="C", *, device=None):
    d[y] = rt.cast(np.full(shape, d[fill_value]), dtype)


@adjoint(np.full_like)
def full_like(y, a, fill_value, dtype=None, order="K", subok=True, shape=None):
    """
    >>> np.full_like(T, S, dtype=float)
    >>> np.full_like(T, V, shape=(2, 3))
    """
    d[a] = 0.0
    d[fill_value] = rt.unbroadcast(rt.cast(d[y], y.dtype), fill_value)


@tangent(np.full_like)
def full_like_tangent(y, a, fill_value, dtype=None, order="K", subok=True, shape=None):
    d[y] = rt.cast(d[fill_value] * np.ones_like(y), y.dtype)


@adjoint(np.arange)
def arange(y, start, stop=None, step=1.0):
    """
    >>> np.arange(S, 5.0)
    >>> np.arange(S, 3.0, S / 3.5)
    >>> np.arange(4.2 * S)
    """
    d[start] = 0.0 if stop is None else np.sum(d[y])
    d[stop] = 0.0
    d[step] = np.sum(d[y] * np.arange(np.size(y), dtype=y.dtype))


@tangent(np.arange)
def arange_tangent(y, start, stop=None, step=1.0):
    d[y] = (0.0 if stop is None else d[start]) + d[step] * np.arange(np.size(y), dtype=y.dtype)


@linear(np.linspace)
def linspace(y, start, stop, num=50, endpoint=True, retstep=False, *, axis=0, device=None):
    """
    >>> np.linspace(S, 2.0, 5)
    >>> np.linspace(ZS, S, 3)
    >>> np.linspace(V, S, 4, endpoint=False, axis=-1)
    >>> np.linspace(S, V[0], 4, retstep=True)
    """
    g = d[y][0] if retstep else d[y]
    points = g if axis == 0 else np.moveaxis(g, axis, 0)
    step = d[y][1] / (num - 1 if endpoint else num) if retstep else 0.0
    weights = np.linspace(0.0, 1.0, num, endpoint)
    d[start] = rt.unbroadcast(np.tensordot(1.0 - weights, points, 1) - step, start)
    d[stop] = rt.unbroadcast(np.tensordot(weights, points, 1) + step, stop)


@adjoint(np.geomspace)
def geomspace(y, start, stop, num=50, endpoint=True, *, axis=0):
    """
    >>> np.geomspace(S, 8.0, 4)
    >>> np.geomspace(ZS, S, 3)
    >>> np.geomspace(abs(V), S, 4, endpoint=False, axis=1)
    """
    logs = d[y] * y if axis == 0 else np.moveaxis(d[y] * y, axis, 0)
    weights = np.linspace(0.0, 1.0, num, endpoint)
    d[start] = rt.unbroadcast(np.tensordot(1.0 - weights, logs, 1) / start, start)
    d[stop] = rt.unbroadcast(np.tensordot(weights, logs, 1) / stop, stop)


@tangent(np.geomspace)
def geomspace_tangent(y, start, stop, num=50, endpoint=True, *, axis=0):
    d[y] = y * np.linspace(d[start] / start, d[stop] / stop, num, endpoint, axis=axis)


@adjoint(np.logspace)
def logspace(y, start, stop, num=50, endpoint=True, base=10.0, *, axis=0):
    """
    >>> np.logspace(S, 2.0, 4)
    >>> np.logspace(V, S, 4, endpoint=False, axis=1)
    >>> np.logspace(S, V, 4, base=np.exp(V))
    """
    logs = d[y] * y if axis == 0 else np.moveaxis(d[y] * y, axis, 0)
    weights = np.linspace(0.0, 1.0, num, endpoint)
    d[start] = rt.unbroadcast(np.tensordot(1.0 - weights, logs, 1) * np.log(base), start)
    d[stop] = rt.unbroadcast(np.tensordot(weights, logs, 1) * np.log(base), stop)
    from_start, to_stop = np.tensordot(1.0 - weights, logs, 1), np.tensordot(weights, logs, 1)
    d[base] = rt.unbroadcast((from_start * start + to_stop * stop) / base, base)


@tangent(np.logspace)
def logspace_tangent(y, start, stop, num=50, endpoint=True, base=10.0, *, axis=0):
    first, last = d[start] * np.log(base) + start * d[base] / base, d[stop] * np.log(base) + stop * d[base] / base
    d[y] = rt.cast(y * np.linspace(first, last, num, endpoint, axis=axis), y.dtype)


@adjoint(np.kaiser)
def kaiser(y, M, beta):
    """
    >>> np.kaiser(5, S)
    >>> np.kaiser(1, S)
    """
    r = np.sqrt(np.maximum(1.0 - np.linspace(-1.0, 1.0, M) ** 2, 0.0))
    slopes = (r * rt.i0_derivative(beta * r, 1) - y * rt.i0_derivative(beta, 1)) / np.i0(beta) * (M > 1)
    d[beta] = rt.unbroadcast(np.sum(d[y] * slopes), beta)


@tangent(np.kaiser)
def kaiser_tangent(y, M, beta):
    r = np.sqrt(np.maximum(1.0 - np.linspace(-1.0, 1.0, M) ** 2, 0.0))
    d[y] = d[beta] * (r * rt.i0_derivative(beta * r, 1) - y * rt.i0_derivative(beta, 1)) / np.i0(beta) * (M > 1)


constant(np.bartlett, np.blackman, np.hamming, np.hanning)
