"""Reductions: sums, means, products, extrema, and the running forms.

``out=``, ``where=`` and ``initial=`` are not declared, so they are refused.  What stands behind them in a signature is keyword-only here.
A ``dtype=`` is that of the result: the adjoint of an argument has the argument's own.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, reduction, tangent


@linear(np.sum, np.ndarray.sum)
def sum(y, a, axis=None, dtype=None, *, keepdims=False):
    """
    >>> np.sum(T)
    >>> np.sum(T, axis=1, dtype=float)
    >>> np.sum(T, axis=(0, -1), keepdims=True)
    >>> np.sum(T, 1)
    """
    d[a] = rt.unreduce(d[y], np.shape(a), axis=axis, keepdims=keepdims)


@linear(np.mean, np.ndarray.mean)
def mean(y, a, axis=None, dtype=None, *, keepdims=False):
    """
    >>> np.mean(T)
    >>> np.mean(T, axis=1, dtype=float)
    >>> np.mean(T, axis=(0, -1), keepdims=True)
    >>> np.mean(T, 1)
    """
    d[a] = rt.unreduce(d[y] / np.size(a) * np.size(y), np.shape(a), axis=axis, keepdims=keepdims)


@reduction(np.nansum)
def nansum(y, a, axis=None, *, keepdims=False):
    """
    >>> np.nansum(T, axis=(0, -1), keepdims=True)
    """
    return np.equal(a, a)


@reduction(np.nanmean)
def nanmean(y, a, axis=None, *, keepdims=False):
    """
    >>> np.nanmean(T, axis=(0, -1), keepdims=True)
    """
    valid = np.equal(a, a) * np.ones_like(a)
    return valid / np.sum(valid, axis=axis, keepdims=True)


@reduction(np.var, np.ndarray.var)
def var(y, a, axis=None, *, ddof=0, keepdims=False, correction=None):
    """
    >>> np.var(T)
    >>> np.var(T, axis=1, correction=1)
    >>> np.var(T, axis=(0, -1), ddof=1, keepdims=True)
    """
    return 2.0 * (a - np.mean(a, axis=axis, keepdims=True)) / (np.size(a) // np.size(y) - (ddof if correction is None else correction))


@reduction(np.std, np.ndarray.std)
def std(y, a, axis=None, *, ddof=0, keepdims=False, correction=None):
    """
    >>> np.std(T)
    >>> np.std(T, axis=1, correction=1)
    >>> np.std(T, axis=(0, -1), ddof=1, keepdims=True)
    """
    return (a - np.mean(a, axis=axis, keepdims=True)) / (np.size(a) // np.size(y) - (ddof if correction is None else correction)) / y


@reduction(np.max, np.min, np.amax, np.amin, np.ndarray.max, np.ndarray.min)
def extremum(y, a, axis=None, *, keepdims=False):
    """
    >>> np.max(T)
    >>> np.max(T, axis=(0, -1), keepdims=True)
    >>> np.min(T, 1)
    """
    return rt.share(a, y, axis=axis)


@reduction(np.ptp)
def ptp(y, a, axis=None, *, keepdims=False):
    """
    >>> np.ptp(T)
    >>> np.ptp(T, axis=-1, keepdims=True)
    """
    high, low = np.max(a, axis=axis, keepdims=True), np.min(a, axis=axis, keepdims=True)
    return rt.share(a, high, axis=axis) - rt.share(a, low, axis=axis)


@reduction(np.median)
def median(y, a, axis=None, *, keepdims=False):
    """
    >>> np.median(T)
    >>> np.median(T, axis=-1, keepdims=True)
    """
    return rt.median_share(a, axis=axis)


@linear(np.cumsum, np.ndarray.cumsum)
def cumsum(y, a, axis=None, dtype=None):
    """
    >>> np.cumsum(T)
    >>> np.cumsum(T, 1, float)
    >>> np.cumsum(T, axis=1)
    """
    d[a] = rt.uncumsum(d[y], np.shape(a), axis)


@linear(np.trace, np.ndarray.trace)
def trace(y, a, offset=0, axis1=0, axis2=1):
    """
    >>> np.trace(M)
    >>> np.trace(T, 1, 2, 1)
    """
    d[a] = rt.undiagonal(np.expand_dims(d[y], -1), np.shape(a), offset, axis1, axis2)


# ----------------------------------------------------------------------------------- products, right where they are zero


@adjoint(np.cumprod, np.ndarray.cumprod)
def cumprod(y, a, axis=None):
    """
    >>> np.cumprod(V)
    >>> np.cumprod(T, axis=1)
    >>> np.cumprod(M)
    >>> np.cumprod(V * np.array([1.0, 0.0, 2.0]))
    """
    factors = np.ravel(a) if axis is None else a
    k = 0 if axis is None else axis
    s = np.flip(rt.scan(np.flip(np.roll(factors, -1, k), k), np.flip(d[y], k), k), k)
    d[a] = np.reshape(s * rt.shifted(y, k, 1.0), np.shape(a))


@tangent(np.cumprod, np.ndarray.cumprod)
def cumprod_tangent(y, a, axis=None):
    factors, dots = (np.ravel(a), np.ravel(d[a])) if axis is None else (a, d[a])
    k = 0 if axis is None else axis
    d[y] = rt.scan(factors, dots * rt.shifted(y, k, 1.0), k)


@adjoint(np.prod, np.ndarray.prod)
def prod(y, a, axis=None, *, keepdims=False):
    """
    >>> np.prod(V)
    >>> np.prod(T, axis=1, keepdims=True)
    >>> np.prod(M)
    >>> np.prod(V * np.array([1.0, 0.0, 2.0]))
    """
    factors = np.ravel(a) if axis is None else a
    k = 0 if axis is None else axis
    before = rt.shifted(np.cumprod(factors, k), k, 1.0)
    after = np.flip(rt.shifted(np.cumprod(np.flip(factors, k), k), k, 1.0), k)
    d[a] = rt.expanded(d[y], np.shape(a), axis=axis, keepdims=keepdims) * np.reshape(before * after, np.shape(a))


@tangent(np.prod, np.ndarray.prod)
def prod_tangent(y, a, axis=None, *, keepdims=False):
    factors = np.ravel(a) if axis is None else a
    k = 0 if axis is None else axis
    before = rt.shifted(np.cumprod(factors, k), k, 1.0)
    after = np.flip(rt.shifted(np.cumprod(np.flip(factors, k), k), k, 1.0), k)
    d[y] = np.sum(d[a] * np.reshape(before * after, np.shape(a)), axis=axis, keepdims=keepdims)


# --------------------------------------------------------------------------------------------- the methods of the ufuncs


@linear(np.add.reduce)
def add_reduce(y, array, axis=0, dtype=None, *, keepdims=False):
    """
    >>> np.add.reduce(T)
    >>> np.add.reduce(T, (0, 2), keepdims=True)
    """
    d[array] = rt.unreduce(d[y], np.shape(array), axis=axis, keepdims=keepdims)
