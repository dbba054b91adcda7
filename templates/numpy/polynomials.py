"""Polynomials by their coefficients, the highest power first.  Addition, division and ``np.polyder`` are differentiated from NumPy's source.

A root of ``p`` moves by ``-dp(r) / p'(r)``: of a multiple root that is infinite.
Refused: ``np.poly`` of a matrix (take its eigenvalues first), ``np.poly1d``.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, tangent


@adjoint(np.vander)
def vander(y, x, N=None, increasing=False):
    """
    >>> np.vander(V)
    >>> np.vander(V, 5, increasing=True)
    >>> np.vander(V, 1)
    >>> np.vander(ZV)
    """
    powers = np.arange(np.shape(y)[1], dtype=y.dtype) if increasing else np.flip(np.arange(np.shape(y)[1], dtype=y.dtype))
    slopes = powers * np.expand_dims(x, 1) ** np.maximum(powers - 1, 0)
    d[x] = rt.unbroadcast(np.sum(d[y] * slopes, axis=1), x)


@tangent(np.vander)
def vander_tangent(y, x, N=None, increasing=False):
    powers = np.arange(np.shape(y)[1], dtype=y.dtype) if increasing else np.flip(np.arange(np.shape(y)[1], dtype=y.dtype))
    d[y] = np.expand_dims(d[x], 1) * powers * np.expand_dims(x, 1) ** np.maximum(powers - 1, 0)


@adjoint(np.polyval)
def polyval(y, p, x):
    """
    >>> np.polyval(V, S)
    >>> np.polyval(A34[0], A23)
    >>> np.polyval(ZV, ZS)
    """
    d[p] = rt.unbroadcast(np.dot(np.ravel(d[y]), np.vander(np.ravel(x), np.size(p))), p)
    d[x] = rt.unbroadcast(d[y] * np.polyval(np.polyder(p), x), x)


@tangent(np.polyval)
def polyval_tangent(y, p, x):
    d[y] = np.polyval(d[p], x) + rt.cast(np.polyval(np.polyder(p), x), y.dtype) * d[x]


@adjoint(np.roots)
def roots(y, p):
    """
    >>> np.roots([1.0, -3.0, S])
    >>> np.roots(ZV)
    >>> np.roots(np.array([1.0, -6.0, 11.0, -6.0]) * S + 0.01 * V[0])
    """
    moved = -d[y] / np.polyval(np.polyder(p), y)
    d[p] = rt.unbroadcast(np.dot(moved, np.vander(y, np.size(p))), p)


@tangent(np.roots)
def roots_tangent(y, p):
    d[y] = -np.polyval(d[p], y) / rt.cast(np.polyval(np.polyder(p), y), y.dtype)
