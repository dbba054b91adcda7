"""Rules of the helpers for reductions, so that a derivative can be differentiated again, to any order."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, linear, tangent

constant(rt.count, rt.leaders, rt.nth_share, rt.picked, rt.segments, rt.share, rt.trailing, rt.valid, rt.weight_of_each)


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
    >>> rt.quantile_share(A34, S, 1)
    """
    d[a] = 0.0
    d[q] = np.sum(d[y] * rt.quantile_slope(1.0, a, q, axis=axis, method=method), axis=rt.trailing(None, np.ndim(a)))


@tangent(rt.quantile_share)
def quantile_share_tangent(y, a, q, axis=None, method="linear", nan=False):
    d[y] = rt.quantile_slope(d[q], a, q, axis=axis, method=method) + np.zeros_like(y)


@linear(rt.quantile_slope)
def quantile_slope(y, dq, a, q, axis=None, method="linear"):
    """
    >>> rt.quantile_slope(V, A34, V * V / 5, 1)
    """
    d[dq] = np.sum(d[y] * rt.quantile_slope(1.0, a, q, axis=axis, method=method), axis=rt.trailing(None, np.ndim(a)))
    d[a] = 0.0
    d[q] = 0.0


@linear(rt.aligned)
def aligned(y, weights, a, axis=None):
    """
    >>> rt.aligned(V, T, 1)
    >>> rt.aligned(A23, np.ones((3, 4, 2)), (2, 0))
    """
    d[weights] = rt.unaligned(d[y], np.shape(weights), axis)
    d[a] = 0.0


@linear(rt.unaligned)
def unaligned(y, g, shape, axis=None):
    """
    >>> rt.unaligned(T, (3,), 1)
    >>> rt.unaligned(T, (4, 2), (-1, 0))
    """
    d[g] = rt.aligned(d[y], g, axis)


@linear(rt.observed)
def observed(y, m, rowvar=True):
    """
    >>> rt.observed(V, False)
    >>> rt.observed(A34, False)
    """
    d[m] = rt.unobserved(d[y], np.shape(m), rowvar)


@linear(rt.unobserved)
def unobserved(y, g, shape, rowvar=True):
    """
    >>> rt.unobserved(A34, (4, 3), False)
    """
    d[g] = rt.observed(d[y], rowvar)


@linear(rt.from_bins)
def from_bins(y, g, samples, edges):
    """
    >>> rt.from_bins(A23, ([0.1, 0.9], [0.2, 0.2]), ([0.0, 0.5, 1.0], [0.0, 0.1, 0.2, 0.3]))
    """
    d[g] = np.histogramdd(np.transpose(samples), edges, weights=d[y])[0]
