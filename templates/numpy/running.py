"""What runs along an axis, and what pairs all with all: cumulative sums, products and extrema, ``accumulate`` and ``outer`` of ufuncs.

A running maximum follows the first element that reached it.  Products are right where they are zero.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, multilinear, tangent


@linear(np.cumsum, np.ndarray.cumsum)
def cumsum(y, a, axis=None, dtype=None):
    """
    >>> np.cumsum(T)
    >>> np.cumsum(ZA23)
    >>> np.cumsum(T, 1, float)
    >>> np.cumsum(T, axis=1)
    """
    d[a] = rt.uncumsum(d[y], np.shape(a), axis)


@linear(np.add.accumulate)
def add_accumulate(y, array, axis=0, dtype=None):
    """
    >>> np.add.accumulate(T)
    >>> np.add.accumulate(T, -1)
    """
    d[array] = rt.uncumsum(d[y], np.shape(array), axis)


@linear(getattr(np, "cumulative_sum", None))
def cumulative_sum(y, x, *, axis=None, dtype=None, include_initial=False):
    """
    >>> np.cumulative_sum(V, include_initial=True)
    >>> np.cumulative_sum(T, axis=1)
    >>> np.cumulative_sum(T, axis=-1, include_initial=True)
    """
    k = 0 if axis is None else axis
    g = np.moveaxis(np.moveaxis(d[y], k, 0)[1:], 0, k) if include_initial else d[y]
    d[x] = rt.uncumsum(g, np.shape(x), k)


@adjoint(np.nancumsum)
def nancumsum(y, a, axis=None, dtype=None):
    """
    >>> np.nancumsum(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), 1)
    >>> np.nancumsum(np.where(A34 < 0.8, A34, np.nan))
    """
    d[a] = rt.uncumsum(d[y], np.shape(a), axis) * rt.valid(a)


@tangent(np.nancumsum)
def nancumsum_tangent(y, a, axis=None, dtype=None):
    d[y] = np.cumsum(d[a] * rt.valid(a), axis)


# -------------------------------------------------------------------------------------------------------------- products


@adjoint(np.cumprod, np.ndarray.cumprod)
def cumprod(y, a, axis=None, dtype=None):
    """
    >>> np.cumprod(V)
    >>> np.cumprod(T, axis=1)
    >>> np.cumprod(ZA23, axis=1)
    >>> np.cumprod(M)
    >>> np.cumprod(V * np.array([1.0, 0.0, 2.0]))
    """
    f, k = (np.ravel(a), 0) if axis is None else (a, axis)
    d[a] = np.reshape(rt.unscan(f, d[y], k) * rt.shifted(y, k, 1.0), np.shape(a))


@tangent(np.cumprod, np.ndarray.cumprod)
def cumprod_tangent(y, a, axis=None, dtype=None):
    f, v, k = (np.ravel(a), np.ravel(d[a]), 0) if axis is None else (a, d[a], axis)
    d[y] = rt.scan(f, v * rt.shifted(y, k, 1.0), k)


@adjoint(np.multiply.accumulate)
def multiply_accumulate(y, array, axis=0, dtype=None):
    """
    >>> np.multiply.accumulate(T)
    >>> np.multiply.accumulate(T, axis=2)
    """
    d[array] = rt.unscan(array, d[y], axis) * rt.shifted(y, axis, 1.0)


@tangent(np.multiply.accumulate)
def multiply_accumulate_tangent(y, array, axis=0, dtype=None):
    d[y] = rt.scan(array, d[array] * rt.shifted(y, axis, 1.0), axis)


@adjoint(getattr(np, "cumulative_prod", None))
def cumulative_prod(y, x, *, axis=None, dtype=None, include_initial=False):
    """
    >>> np.cumulative_prod(V, include_initial=True)
    >>> np.cumulative_prod(T, axis=1)
    >>> np.cumulative_prod(T, axis=-1, include_initial=True)
    """
    k = 0 if axis is None else axis
    g = np.moveaxis(np.moveaxis(d[y], k, 0)[1:], 0, k) if include_initial else d[y]
    d[x] = rt.unscan(x, g, k) * rt.before(x, k)


@tangent(getattr(np, "cumulative_prod", None))
def cumulative_prod_tangent(y, x, *, axis=None, dtype=None, include_initial=False):
    k = 0 if axis is None else axis
    v = rt.scan(x, d[x] * rt.before(x, k), k)
    d[y] = np.concatenate([np.zeros_like(np.take(v, [0], k)), v], axis=k) if include_initial else v


@adjoint(np.nancumprod)
def nancumprod(y, a, axis=None, dtype=None):
    """
    >>> np.nancumprod(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), 1)
    >>> np.nancumprod(np.where(A34 < 0.8, A34, np.nan))
    """
    f, k = (np.nan_to_num(np.ravel(a), nan=1.0), 0) if axis is None else (np.nan_to_num(a, nan=1.0), axis)
    d[a] = np.reshape(rt.unscan(f, d[y], k) * rt.shifted(y, k, 1.0), np.shape(a)) * rt.valid(a)


@tangent(np.nancumprod)
def nancumprod_tangent(y, a, axis=None, dtype=None):
    f, v, k = (np.ravel(a), np.ravel(d[a]), 0) if axis is None else (a, d[a], axis)
    d[y] = rt.scan(np.where(np.equal(f, f), f, 1), v * rt.valid(f) * rt.shifted(y, k, 1.0), k)


# --------------------------------------------------------------------------------------------------------------- extrema


@adjoint(np.maximum.accumulate, np.minimum.accumulate)
def running_extremum(y, array, axis=0, dtype=None):
    """
    >>> np.maximum.accumulate(T)
    >>> np.minimum.accumulate(T, 1)
    """
    d[array] = rt.untake_along_axis(d[y], np.shape(array), rt.leaders(y, array, axis), axis)


@tangent(np.maximum.accumulate, np.minimum.accumulate)
def running_extremum_tangent(y, array, axis=0, dtype=None):
    d[y] = np.take_along_axis(d[array], rt.leaders(y, array, axis), axis)


# ---------------------------------------------------------------------------------------------------------- all with all


@linear(np.add.outer)
def add_outer(y, a, b):
    """
    >>> np.add.outer(A23, V)
    >>> np.add.outer(S, V)
    """
    d[a] = np.sum(d[y], axis=rt.trailing(None, np.ndim(b)))
    d[b] = np.sum(d[y], axis=tuple(range(np.ndim(a))))


@linear(np.subtract.outer)
def subtract_outer(y, a, b):
    """
    >>> np.subtract.outer(A23, V)
    """
    d[a] = np.sum(d[y], axis=rt.trailing(None, np.ndim(b)))
    d[b] = -np.sum(d[y], axis=tuple(range(np.ndim(a))))


@multilinear(np.multiply.outer)
def multiply_outer(y, a, b):
    """
    >>> np.multiply.outer(A23, V)
    >>> np.multiply.outer(ZA23, V)
    >>> np.multiply.outer(V, S)
    """
    d[a] = np.sum(d[y] * b, axis=rt.trailing(None, np.ndim(b)))
    d[b] = np.tensordot(a, d[y], np.ndim(a))


@adjoint(np.divide.outer)
def divide_outer(y, a, b):
    """
    >>> np.divide.outer(A23, 1.0 + V * V)
    """
    d[a] = np.sum(d[y] / b, axis=rt.trailing(None, np.ndim(b)))
    d[b] = -np.sum(d[y] * y / b, axis=tuple(range(np.ndim(a))))


@tangent(np.divide.outer)
def divide_outer_tangent(y, a, b):
    d[y] = np.divide.outer(d[a], b) - y * d[b] / b
