"""Rules of the helpers for reductions, so that a derivative can be differentiated again, to any order."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, linear, tangent

constant(rt.count, rt.leaders, rt.nth_share, rt.quantile_slope, rt.segments, rt.share, rt.trailing)


@linear(rt.centred)
def centred(y, a, axis=None, where=True):
    """
    >>> rt.centred(T, axis=(0, -1))
    >>> rt.centred(A23, 1, np.array([True, False, True]))
    """
    d[a] = rt.centred(d[y], axis=axis, where=where)


@linear(rt.merged)
def merged(y, a, axis=None):
    """
    >>> rt.merged(T, (-1, 0))
    >>> rt.merged(T, 1)
    >>> rt.merged(T)
    """
    d[a] = rt.unmerged(d[y], np.shape(a), axis=axis)


@linear(rt.unmerged)
def unmerged(y, g, shape, axis=None):
    """
    >>> rt.unmerged(A34, (2, 3, 2), (0, 2))
    """
    d[g] = rt.merged(d[y], axis=axis)


@adjoint(rt.before)
def before(y, a, axis=-1):
    """
    >>> rt.before(A23)
    >>> rt.before(A23 * np.array([1.0, 0.0, 2.0]))
    >>> rt.before(T, 1)
    """
    d[a] = y * rt.unscan(a, np.flip(rt.shifted(np.flip(d[y], axis), axis), axis), axis)


@tangent(rt.before)
def before_tangent(y, a, axis=-1):
    d[y] = rt.shifted(rt.scan(a, d[a] * y, axis), axis)


@adjoint(rt.quantile_share)
def quantile_share(y, a, q, axis=None, method="linear", nan=False):
    """
    >>> rt.quantile_share(A34, 0.4, 1)
    """
    d[a] = 0.0
    d[q] = np.sum(d[y] * rt.quantile_slope(a, q, axis=axis, method=method), axis=rt.trailing(None, np.ndim(a)))


@tangent(rt.quantile_share)
def quantile_share_tangent(y, a, q, axis=None, method="linear", nan=False):
    d[y] = np.reshape(d[q], np.shape(q) + (1,) * np.ndim(a)) * rt.quantile_slope(a, q, axis=axis, method=method)
