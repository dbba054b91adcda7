"""Functions of NumPy's said in plain NumPy, so that their derivatives are read from here.

Refused: ``np.fromfunction``, lambdas in the list of ``np.piecewise`` (give it functions by name), a generator given to ``np.fromiter``,
``full=`` and ``cov=`` of ``np.polyfit``.  The fit is that of a matrix of full rank: ``rcond`` cuts nothing off.
"""

import numpy as np

from tangentx.rules.declare import refused, written


@written(np.apply_along_axis)
def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """
    >>> np.apply_along_axis(lambda row: row * row[0], 1, M)
    >>> np.apply_along_axis(lambda row, c: c * np.sum(row**2), 0, T, S)
    >>> np.apply_along_axis(np.diff, -1, A34)
    """
    lanes = np.moveaxis(arr, axis, -1)
    shape = np.shape(lanes)
    results = [func1d(lane, *args, **kwargs) for lane in np.reshape(lanes, (-1, shape[-1]))]
    whole = np.reshape(np.stack(results), shape[:-1] + np.shape(results[0]))
    first, rank = axis % len(shape), np.ndim(results[0])
    return np.moveaxis(whole, tuple(range(len(shape) - 1, len(shape) - 1 + rank)), tuple(range(first, first + rank)))


@written(np.apply_over_axes)
def apply_over_axes(func, a, axes):
    """
    >>> np.apply_over_axes(np.sum, T, [0, -1])
    >>> np.apply_over_axes(lambda x, axis: np.mean(x * x, axis), T, (0, 2))
    """
    total = a
    for axis in np.atleast_1d(axes):
        reduced = func(total, axis)
        total = reduced if np.ndim(reduced) == np.ndim(a) else np.expand_dims(reduced, axis)
    return total


@written(np.polymul)
def polymul(a1, a2):
    """
    >>> np.polymul(V, A34[0])
    """
    return np.convolve(leading(a1), leading(a2))


@written(np.polyint)
def polyint(p, m=1, k=None):
    """
    >>> np.polyint(V)
    >>> np.polyint(V, 2, [S, 1.0])
    """
    constants = np.zeros(m) if k is None else np.ones(m) * k
    total = np.asarray(p)
    for i in range(m):
        total = np.append(total / np.arange(np.size(total), 0, -1), constants[i])
    return total


@written(np.polyfit)
def polyfit(x, y, deg, rcond=None, *, w=None):
    """
    >>> np.polyfit(A34[0], A34[1], 2)
    >>> np.polyfit(A34[0], A34[1:].T, 1)
    >>> np.polyfit(A34[0], A34[1], 1, w=np.exp(A34[2]))
    >>> np.polyfit(ZA34[0], ZA34[1], 2)
    >>> np.polyfit(A34[0], ZA34[1:].T, 1)
    """
    weights = np.ones_like(x) if w is None else np.asarray(w)
    powers = np.vander(x, deg + 1) * weights[:, None]
    values = y * weights if np.ndim(y) == 1 else y * weights[:, None]
    scale = np.sqrt(np.sum(powers * powers, axis=0))
    q, r = np.linalg.qr(powers / scale)
    scaled = np.linalg.solve(r, np.conj(q.T) @ values)
    return scaled / scale if np.ndim(y) == 1 else scaled / scale[:, None]


@written(np.polynomial.polyutils.as_series)
def as_series(alist, trim=True):
    """
    >>> np.polynomial.polynomial.polymul(V, A34[0])
    >>> np.polynomial.chebyshev.chebmul(V, A34[0])
    """
    return [trailing(np.atleast_1d(a)) if trim else np.array(a, ndmin=1) for a in alist]


def trailing(c):
    """The coefficients up to the last that is not zero; the first one at least."""
    trimmed = np.trim_zeros(c, "b")
    return trimmed if np.size(trimmed) else c[:1]


def leading(p):
    """The coefficients from the first that is not zero; the last one at least."""
    trimmed = np.trim_zeros(np.atleast_1d(p), "f")
    return trimmed if np.size(trimmed) else np.zeros(1)


refused(
    np.fromfunction,
    reason="how many indices its function takes is known while it runs",
    way_out="Call the function itself: i, j = np.indices(shape, dtype=float); f(i, j).",
)
