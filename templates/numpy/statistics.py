"""Statistics: medians and quantiles, weighted averages, covariances, and what is counted into bins.

Ties share the derivative of a median or a quantile evenly.  With respect to ``q`` a quantile has corners where it meets an element: there the
derivative is that from the right, at the end that from the left.  ``weights=`` of quantiles are refused, and so is every ``density=``.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, reduction, tangent

# ----------------------------------------------------------------------------------------------------------- quantiles


@reduction(np.median)
def median(y, a, axis=None, *, keepdims=False):
    """
    >>> np.median(T)
    >>> np.median(T, axis=-1, keepdims=True)
    >>> np.median(T, axis=(0, 2))
    """
    return rt.quantile_share(a, 0.5, axis=axis)


@reduction(np.nanmedian)
def nanmedian(y, a, axis=None, *, keepdims=False):
    """
    >>> np.nanmedian(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), axis=0)
    """
    return rt.quantile_share(a, 0.5, axis=axis, nan=True)


@adjoint(np.quantile)
def quantile(y, a, q, axis=None, *, method="linear", keepdims=False):
    """
    >>> np.quantile(T, 0.3)
    >>> np.quantile(T, [0.3, 0.8], axis=(0, 2))
    >>> np.quantile(A34, np.array([[0.3], [0.8]]), axis=1, keepdims=True, method="hazen")
    >>> np.quantile(A34, 0.3, axis=0, method="midpoint")
    >>> np.quantile(A34, 0.3, axis=0, method="lower")
    >>> np.quantile(V, S)
    >>> np.quantile(A34, abs(V) / 3, axis=1, method="weibull")
    """
    share = rt.quantile_share(a, q, axis=axis, method=method)
    g = rt.expanded(d[y], np.shape(share), axis=rt.trailing(axis, np.ndim(a)), keepdims=keepdims)
    d[a] = rt.unbroadcast_shape(g * share, np.shape(a))
    slope = rt.quantile_slope(1.0, a, q, axis=axis, method=method)
    d[q] = np.sum(g * np.where(slope, a, 0) * slope, axis=rt.trailing(None, np.ndim(a)))


@tangent(np.quantile)
def quantile_tangent(y, a, q, axis=None, *, method="linear", keepdims=False):
    slope = rt.quantile_slope(d[q], a, q, axis=axis, method=method)
    weighed = d[a] * rt.quantile_share(a, q, axis=axis, method=method) + np.where(slope, a, 0) * slope
    d[y] = np.sum(weighed, axis=rt.trailing(axis, np.ndim(a)), keepdims=keepdims)


@adjoint(np.percentile)
def percentile(y, a, q, axis=None, *, method="linear", keepdims=False):
    """
    >>> np.percentile(T, 30)
    >>> np.percentile(A34, [30, 80], axis=1)
    >>> np.percentile(A34, 100 * S, axis=1)
    """
    share = rt.quantile_share(a, np.divide(q, 100), axis=axis, method=method)
    g = rt.expanded(d[y], np.shape(share), axis=rt.trailing(axis, np.ndim(a)), keepdims=keepdims)
    d[a] = rt.unbroadcast_shape(g * share, np.shape(a))
    slope = rt.quantile_slope(0.01, a, np.divide(q, 100), axis=axis, method=method)
    d[q] = np.sum(g * np.where(slope, a, 0) * slope, axis=rt.trailing(None, np.ndim(a)))


@tangent(np.percentile)
def percentile_tangent(y, a, q, axis=None, *, method="linear", keepdims=False):
    slope = rt.quantile_slope(np.divide(d[q], 100), a, np.divide(q, 100), axis=axis, method=method)
    weighed = d[a] * rt.quantile_share(a, np.divide(q, 100), axis=axis, method=method) + np.where(slope, a, 0) * slope
    d[y] = np.sum(weighed, axis=rt.trailing(axis, np.ndim(a)), keepdims=keepdims)


@adjoint(np.nanquantile)
def nanquantile(y, a, q, axis=None, *, method="linear", keepdims=False):
    """
    >>> np.nanquantile(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), 0.3, axis=1)
    >>> np.nanquantile(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), [0.3, 0.9])
    """
    share = rt.quantile_share(a, q, axis=axis, method=method, nan=True)
    g = rt.expanded(d[y], np.shape(share), axis=rt.trailing(axis, np.ndim(a)), keepdims=keepdims)
    d[a] = rt.unbroadcast_shape(g * share, np.shape(a))


@tangent(np.nanquantile)
def nanquantile_tangent(y, a, q, axis=None, *, method="linear", keepdims=False):
    weighed = d[a] * rt.quantile_share(a, q, axis=axis, method=method, nan=True)
    d[y] = np.sum(weighed, axis=rt.trailing(axis, np.ndim(a)), keepdims=keepdims)


@adjoint(np.nanpercentile)
def nanpercentile(y, a, q, axis=None, *, method="linear", keepdims=False):
    """
    >>> np.nanpercentile(np.where(A34 < np.max(A34, axis=1, keepdims=True), A34, np.nan), [30, 80], axis=0, keepdims=True)
    """
    share = rt.quantile_share(a, np.divide(q, 100), axis=axis, method=method, nan=True)
    g = rt.expanded(d[y], np.shape(share), axis=rt.trailing(axis, np.ndim(a)), keepdims=keepdims)
    d[a] = rt.unbroadcast_shape(g * share, np.shape(a))


@tangent(np.nanpercentile)
def nanpercentile_tangent(y, a, q, axis=None, *, method="linear", keepdims=False):
    weighed = d[a] * rt.quantile_share(a, np.divide(q, 100), axis=axis, method=method, nan=True)
    d[y] = np.sum(weighed, axis=rt.trailing(axis, np.ndim(a)), keepdims=keepdims)


# ------------------------------------------------------------------------------------------------ averages and covariances


@adjoint(np.average)
def average(y, a, axis=None, weights=None, returned=False, *, keepdims=False):
    """
    >>> np.average(T, axis=1)
    >>> np.average(T, axis=1, weights=1.0 + V * V)
    >>> np.average(ZA34, axis=0, weights=1.0 + V * V)
    >>> np.average(A23, weights=1.0 + A23 * A23)
    >>> np.average(A34, axis=0, weights=1.0 + V * V, keepdims=True)
    >>> np.average(A34, axis=0, weights=1.0 + V * V, returned=True)
    """
    w = rt.aligned(weights, a, axis)
    mean, g = (y[0], rt.filled(d[y], y)[0]) if returned else (y, d[y])
    g = rt.expanded(g, np.shape(a), axis=axis, keepdims=keepdims) / np.sum(w, axis=axis, keepdims=True)
    d[a] = g * w
    by_sum = rt.unreduce(rt.filled(d[y], y)[1], np.shape(a), axis=axis, keepdims=keepdims) if returned else 0.0
    d[weights] = rt.unaligned(g * (a - rt.expanded(mean, np.shape(a), axis=axis, keepdims=keepdims)) + by_sum, np.shape(weights), axis)


@tangent(np.average)
def average_tangent(y, a, axis=None, weights=None, returned=False, *, keepdims=False):
    w = rt.aligned(weights, a, axis)
    v = rt.aligned(d[weights], a, axis)
    mean = rt.expanded(y[0] if returned else y, np.shape(a), axis=axis, keepdims=keepdims)
    moved = np.sum(d[a] * w + v * (a - mean), axis=axis, keepdims=keepdims) / np.sum(w, axis=axis, keepdims=keepdims)
    d[y] = (moved, np.sum(v, axis=axis, keepdims=keepdims)) if returned else moved


@adjoint(np.cov)
def cov(c, m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    """
    >>> np.cov(A34)
    >>> np.cov(ZA34)
    >>> np.cov(A34, rowvar=False, bias=True)
    >>> np.cov(V, 2.0 * V * V, ddof=0)
    >>> np.cov(V)
    >>> np.cov(A34, A34[:2] ** 2, fweights=[1, 3, 2, 1], aweights=[0.5, 1.0, 2.0, 0.3])
    >>> np.cov(A34.T, A34[:2].T ** 2, rowvar=False)
    """
    k = len(rt.observed(m, rowvar))
    x = rt.observed(m, rowvar) if y is None else np.concatenate([rt.observed(m, rowvar), rt.observed(y, rowvar)])
    w = rt.weight_of_each(x, bias, ddof, fweights, aweights)
    g = np.reshape(d[c], (np.shape(x)[0], np.shape(x)[0]))
    x_bar = (g + np.conj(np.transpose(g))) @ np.conj(x - np.expand_dims(x @ w / np.sum(w), 1)) * w
    d[m] = rt.unobserved(x_bar[:k], np.shape(m), rowvar)
    d[y] = rt.unobserved(x_bar[k:], np.shape(y), rowvar)


@tangent(np.cov)
def cov_tangent(c, m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    x = rt.observed(m, rowvar) if y is None else np.concatenate([rt.observed(m, rowvar), rt.observed(y, rowvar)])
    v = rt.observed(d[m], rowvar) if y is None else np.concatenate([rt.observed(d[m], rowvar), rt.observed(d[y], rowvar)])
    w = rt.weight_of_each(x, bias, ddof, fweights, aweights)
    half = (v * w) @ np.conj(np.transpose(x - np.expand_dims(x @ w / np.sum(w), 1)))
    d[c] = np.reshape(half + np.conj(np.transpose(half)), np.shape(c))


@adjoint(np.corrcoef)
def corrcoef(r, x, y=None, rowvar=True, *, dtype=None):
    """
    >>> np.corrcoef(A34)
    >>> np.corrcoef(ZA34)
    >>> np.corrcoef(A34, rowvar=False)
    >>> np.corrcoef(V, 2.0 * V * V)
    >>> np.corrcoef(V)
    >>> np.corrcoef(A34, A34[:2] ** 2)
    """
    k = len(rt.observed(x, rowvar))
    z = rt.centred(rt.observed(x, rowvar) if y is None else np.concatenate([rt.observed(x, rowvar), rt.observed(y, rowvar)]), axis=1)
    size = np.sqrt(np.sum(np.real(z * np.conj(z)), axis=1, keepdims=True))
    z = z / size
    g = np.reshape(d[r], (np.shape(z)[0], np.shape(z)[0]))
    z_bar = (g + np.conj(np.transpose(g))) @ np.conj(z)
    z_bar = (z_bar - np.conj(z) * np.sum(np.real(z * z_bar), axis=1, keepdims=True)) / size
    d[x] = rt.unobserved(z_bar[:k], np.shape(x), rowvar)
    d[y] = rt.unobserved(z_bar[k:], np.shape(y), rowvar)


@tangent(np.corrcoef)
def corrcoef_tangent(r, x, y=None, rowvar=True, *, dtype=None):
    z = rt.centred(rt.observed(x, rowvar) if y is None else np.concatenate([rt.observed(x, rowvar), rt.observed(y, rowvar)]), axis=1)
    v = rt.observed(d[x], rowvar) if y is None else np.concatenate([rt.observed(d[x], rowvar), rt.observed(d[y], rowvar)])
    size = np.sqrt(np.sum(np.real(z * np.conj(z)), axis=1, keepdims=True))
    z = z / size
    half = (v - z * np.sum(np.real(np.conj(z) * v), axis=1, keepdims=True)) / size @ np.conj(np.transpose(z))
    d[r] = np.reshape(half + np.conj(np.transpose(half)), np.shape(r))


# ---------------------------------------------------------------------------------- what is counted, with respect to the weights


@linear(np.bincount)
def bincount(y, x, weights=None, minlength=0):
    """
    >>> np.bincount([2, 0, 2], V, minlength=5)
    >>> np.bincount([2, 0, 2], weights=V)
    """
    d[weights] = np.take(d[y], x)


@adjoint(np.histogram)
def histogram(y, a, bins=10, range=None, *, weights=None):
    """
    >>> np.histogram([0.1, 0.4, 2.0], 4, weights=V)[0]
    >>> np.histogram([0.1, 0.4, 2.0], [0.0, 0.2, 0.4], weights=V)[0]
    """
    d[weights] = np.reshape(rt.from_bins(np.zeros_like(y[0]) + d[y][0], (np.ravel(a),), (y[1],)), np.shape(weights))


@tangent(np.histogram)
def histogram_tangent(y, a, bins=10, range=None, *, weights=None):
    d[y] = (np.histogram(a, y[1], weights=d[weights])[0], np.zeros_like(y[1]))


@adjoint(np.histogram2d)
def histogram2d(h, x, y, bins=10, range=None, *, weights=None):
    """
    >>> np.histogram2d([0.1, 0.4, 2.0], [1.0, 0.5, 0.0], [3, 2], weights=V)[0]
    """
    d[weights] = rt.from_bins(np.zeros_like(h[0]) + d[h][0], (x, y), (h[1], h[2]))


@tangent(np.histogram2d)
def histogram2d_tangent(h, x, y, bins=10, range=None, *, weights=None):
    d[h] = (np.histogram2d(x, y, (h[1], h[2]), weights=d[weights])[0], np.zeros_like(h[1]), np.zeros_like(h[2]))


@adjoint(np.histogramdd)
def histogramdd(y, sample, bins=10, range=None, *, weights=None):
    """
    >>> np.histogramdd(np.array([[0.1, 1.0], [0.4, 0.5], [2.0, 0.0]]), (3, 2), weights=V)[0]
    """
    d[weights] = rt.from_bins(np.zeros_like(y[0]) + d[y][0], np.transpose(sample), y[1])


@tangent(np.histogramdd)
def histogramdd_tangent(y, sample, bins=10, range=None, *, weights=None):
    d[y] = (np.histogramdd(sample, y[1], weights=d[weights])[0], rt.zeros_like(y[1]))
