"""Reductions: sums, means, spreads, extrema and products, and the same as methods of ufuncs.

Where ``where=`` is a mask, what it leaves out has the derivative zero; where an ``initial=`` wins, so has everything.  Ties of ``max`` and
``min`` share the derivative evenly.  ``std`` of a constant has the derivative 0.
``out=`` is a write and known to the front end; what stands behind it in a signature is keyword-only here.
A ``dtype=`` is that of the result: the adjoint of an argument has the argument's own.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, reduction, tangent


@linear(np.sum, np.ndarray.sum)
def sum(y, a, axis=None, dtype=None, *, keepdims=False, initial=0.0, where=True):
    """
    >>> np.sum(T)
    >>> np.sum(T, axis=1, dtype=float)
    >>> np.sum(T, axis=(0, -1), keepdims=True)
    >>> np.sum(T, 1)
    >>> np.sum(T, axis=())
    >>> np.sum(A23, axis=0, initial=S, where=A23[:1] > 0)
    >>> np.sum(S)
    >>> np.sum(ZA23, axis=1)
    """
    d[a] = rt.unreduce(d[y], np.shape(a), axis=axis, keepdims=keepdims) * where
    d[initial] = np.sum(d[y])


@linear(np.mean, np.ndarray.mean)
def mean(y, a, axis=None, dtype=None, *, keepdims=False, where=True):
    """
    >>> np.mean(T)
    >>> np.mean(T, axis=1, dtype=float)
    >>> np.mean(T, axis=(0, -1), keepdims=True)
    >>> np.mean(T, 1)
    >>> np.mean(T, axis=1, where=T[:, :, :1] > -0.5)
    >>> np.mean(ZA23, axis=1)
    """
    part = d[y] / max(np.size(a), 1) * np.size(y)
    chosen = rt.unreduce(d[y], np.shape(a), axis=axis, keepdims=keepdims) * where / rt.count(a, axis=axis, where=where)
    d[a] = rt.unreduce(part, np.shape(a), axis=axis, keepdims=keepdims) if where is True else chosen


@adjoint(np.nansum)
def nansum(y, a, axis=None, dtype=None, *, keepdims=False, initial=0, where=True):
    """
    >>> np.nansum(T, axis=(0, -1), keepdims=True)
    >>> np.nansum(np.where(A23 > 0, A23, np.nan), axis=1)
    """
    d[a] = rt.unreduce(d[y], np.shape(a), axis=axis, keepdims=keepdims) * rt.valid(a, where)


@tangent(np.nansum)
def nansum_tangent(y, a, axis=None, dtype=None, *, keepdims=False, initial=0, where=True):
    d[y] = np.sum(d[a], axis=axis, keepdims=keepdims, where=np.equal(a, a) & where)  # the tangent of what is left out may be nan, too


@adjoint(np.nanmean)
def nanmean(y, a, axis=None, dtype=None, *, keepdims=False, where=True):
    """
    >>> np.nanmean(T, axis=(0, -1), keepdims=True)
    >>> np.nanmean(ZA23)
    >>> np.nanmean(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), axis=1)
    """
    valid = rt.valid(a, where)
    d[a] = rt.unreduce(d[y], np.shape(a), axis=axis, keepdims=keepdims) * valid / rt.count(a, axis=axis, where=valid)


@tangent(np.nanmean)
def nanmean_tangent(y, a, axis=None, dtype=None, *, keepdims=False, where=True):
    chosen = np.equal(a, a) & where
    d[y] = np.sum(d[a], axis=axis, keepdims=keepdims, where=chosen) / np.sum(chosen, axis=axis, keepdims=keepdims)


@reduction(np.var, np.ndarray.var)
def var(y, a, axis=None, dtype=None, *, ddof=0, keepdims=False, where=True, mean=None, correction=None):
    """
    >>> np.var(T)
    >>> np.var(T, axis=1, correction=1)
    >>> np.var(T, axis=(0, -1), ddof=1, keepdims=True)
    >>> np.var(T, axis=1, where=T[:, :, :1] > -0.5)
    >>> np.var(A23, axis=1, mean=np.mean(A23, axis=1, keepdims=True))
    >>> np.var(A23, axis=0, mean=V, ddof=1)
    >>> np.var(ZA23, axis=1)
    """
    spread = rt.centred(a, axis=axis, where=where) if mean is None else (a - mean) * where
    partial = 2.0 * np.conj(spread) / (rt.count(a, axis=axis, where=where) - (ddof if correction is None else correction))
    return partial, None, None, None, None, None, -partial


@reduction(np.std, np.ndarray.std)
def std(y, a, axis=None, dtype=None, *, ddof=0, keepdims=False, where=True, mean=None, correction=None):
    """
    >>> np.std(T)
    >>> np.std(T, axis=1, correction=1)
    >>> np.std(T, axis=(0, -1), ddof=1, keepdims=True)
    >>> np.std(T, axis=1, where=T[:, :, :1] > -0.5)
    >>> np.std(A23, axis=1, mean=np.mean(A23, axis=1, keepdims=True))
    >>> np.std(ZA23, axis=1)
    """
    spread = rt.centred(a, axis=axis, where=where) if mean is None else (a - mean) * where
    partial = np.conj(spread) / (rt.count(a, axis=axis, where=where) - (ddof if correction is None else correction)) / (y + np.equal(y, 0))
    return partial, None, None, None, None, None, -partial


@reduction(np.nanvar)
def nanvar(y, a, axis=None, dtype=None, *, ddof=0, keepdims=False, where=True, mean=None, correction=None):
    """
    >>> np.nanvar(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), axis=1, ddof=1)
    """
    valid = np.equal(a, a) * where
    spread = rt.centred(a, axis=axis, where=valid) if mean is None else np.where(valid, a - mean, 0)
    partial = 2.0 * np.conj(spread) / (rt.count(a, axis=axis, where=valid) - (ddof if correction is None else correction))
    return partial, None, None, None, None, None, -partial


@reduction(np.nanstd)
def nanstd(y, a, axis=None, dtype=None, *, ddof=0, keepdims=False, where=True, mean=None, correction=None):
    """
    >>> np.nanstd(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), axis=1)
    """
    valid = np.equal(a, a) * where
    spread = rt.centred(a, axis=axis, where=valid) if mean is None else np.where(valid, a - mean, 0)
    partial = np.conj(spread) / (rt.count(a, axis=axis, where=valid) - (ddof if correction is None else correction)) / (y + np.equal(y, 0))
    return partial, None, None, None, None, None, -partial


# --------------------------------------------------------------------------------------------------------------- extrema


@reduction(np.max, np.min, np.amax, np.amin, np.nanmax, np.nanmin, np.ndarray.max, np.ndarray.min)
def extremum(y, a, axis=None, *, keepdims=False, initial=None, where=True):
    """
    >>> np.max(T)
    >>> np.max(T, axis=(0, -1), keepdims=True)
    >>> np.min(T, 1)
    >>> np.max(T, axis=1, initial=0.1, where=T[:, :, :1] > -0.5)
    >>> np.nanmax(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), axis=1)
    """
    return rt.share(a, y, axis=axis, where=where)


@reduction(np.maximum.reduce, np.minimum.reduce, np.fmax.reduce, np.fmin.reduce)
def extremum_reduce(y, array, axis=0, dtype=None, *, keepdims=False, initial=None, where=True):
    """
    >>> np.maximum.reduce(T)
    >>> np.minimum.reduce(T, axis=(0, 1), initial=0.1)
    """
    return rt.share(array, y, axis=axis, where=where)


@reduction(np.ptp)
def ptp(y, a, axis=None, *, keepdims=False):
    """
    >>> np.ptp(T)
    >>> np.ptp(T, axis=-1, keepdims=True)
    """
    high, low = np.max(a, axis=axis, keepdims=True), np.min(a, axis=axis, keepdims=True)
    return rt.share(a, high, axis=axis) - rt.share(a, low, axis=axis)


# --------------------------------------------------------------------------------------------------------- sums of ufuncs


@linear(np.add.reduce)
def add_reduce(y, array, axis=0, dtype=None, *, keepdims=False, initial=0.0, where=True):
    """
    >>> np.add.reduce(T)
    >>> np.add.reduce(T, (0, 2), keepdims=True)
    >>> np.add.reduce(A23, initial=S, where=A23 > 0)
    """
    d[array] = rt.unreduce(d[y], np.shape(array), axis=axis, keepdims=keepdims) * where
    d[initial] = np.sum(d[y])


@reduction(np.logaddexp.reduce)
def logaddexp_reduce(y, array, axis=0, dtype=None, *, keepdims=False, initial=None, where=True):
    """
    >>> np.logaddexp.reduce(T)
    >>> np.logaddexp.reduce(T, axis=(0, 2), keepdims=True, initial=0.3)
    """
    return np.exp(array - np.where(np.isneginf(y), 0, y)) * where


@reduction(np.logaddexp2.reduce)
def logaddexp2_reduce(y, array, axis=0, dtype=None, *, keepdims=False, initial=None, where=True):
    """
    >>> np.logaddexp2.reduce(T, axis=1)
    """
    return np.exp2(array - np.where(np.isneginf(y), 0, y)) * where


@reduction(np.hypot.reduce)
def hypot_reduce(y, array, axis=0, dtype=None, *, keepdims=False, initial=0, where=True):
    """
    >>> np.hypot.reduce(T, axis=1)
    """
    return array / (y + np.equal(y, 0)) * where


@linear(np.add.reduceat)
def add_reduceat(y, array, indices, axis=0, dtype=None):
    """
    >>> np.add.reduceat(T, [0, 2], 2)
    >>> np.add.reduceat(T, [3, 1, 1, 2], axis=-1)
    """
    places, lengths = rt.segments(indices, np.shape(array)[axis])
    d[array] = rt.untake(np.repeat(d[y], lengths, axis), np.shape(array), places, axis)


@linear(np.trace, np.ndarray.trace)
def trace(y, a, offset=0, axis1=0, axis2=1, dtype=None):
    """
    >>> np.trace(M)
    >>> np.trace(T, 1, 2, 1)
    """
    d[a] = rt.undiagonal(np.expand_dims(d[y], -1), np.shape(a), offset, axis1, axis2)


# ----------------------------------------------------------------------------------- products, right where they are zero


@reduction(np.prod, np.ndarray.prod)
def prod(y, a, axis=None, dtype=None, *, keepdims=False, initial=1, where=True):
    """
    >>> np.prod(V)
    >>> np.prod(T, axis=1, keepdims=True)
    >>> np.prod(M)
    >>> np.prod(V * np.array([1.0, 0.0, 2.0]))
    >>> np.prod(T, axis=(0, 2), initial=0.5, where=T[:, :1] > 0)
    >>> np.prod(ZA23, axis=1)
    """
    f = rt.merged(a if where is True else np.where(where, a, 1), axis=axis)
    return rt.unmerged(rt.before(f) * np.flip(rt.before(np.flip(f, -1)), -1), np.shape(a), axis=axis) * where * initial


@reduction(np.multiply.reduce)
def multiply_reduce(y, array, axis=0, dtype=None, *, keepdims=False, initial=1, where=True):
    """
    >>> np.multiply.reduce(T)
    >>> np.multiply.reduce(T, axis=(0, 2), initial=0.5, where=T[:, :1] > 0)
    """
    f = rt.merged(array if where is True else np.where(where, array, 1), axis=axis)
    return rt.unmerged(rt.before(f) * np.flip(rt.before(np.flip(f, -1)), -1), np.shape(array), axis=axis) * where * initial


@reduction(np.nanprod)
def nanprod(y, a, axis=None, dtype=None, *, keepdims=False, initial=1, where=True):
    """
    >>> np.nanprod(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), axis=1)
    """
    valid = np.equal(a, a) * where
    f = rt.merged(np.where(valid, a, 1), axis=axis)
    return rt.unmerged(rt.before(f) * np.flip(rt.before(np.flip(f, -1)), -1), np.shape(a), axis=axis) * rt.valid(a, where) * initial
