"""Making arrays, and one-dimensional calculus on them: differences, integrals, interpolation, convolution."""

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
