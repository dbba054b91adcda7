"""Rules of the helpers for decompositions."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, elementwise, linear, tangent


@linear(rt.hermitian)
def hermitian(y, a, triangle="L"):
    """
    >>> rt.hermitian(M)
    >>> rt.hermitian(np.stack([M, M.T]), "U")
    """
    d[a] = rt.unhermitian(d[y], triangle)


@linear(rt.unhermitian)
def unhermitian(y, g, triangle="L"):
    """
    >>> rt.unhermitian(M)
    >>> rt.unhermitian(np.stack([M, M.T]), "U")
    """
    d[g] = rt.hermitian(d[y], triangle)


@adjoint(rt.over_gaps)
def over_gaps(y, t, w):
    """
    >>> rt.over_gaps(M, V)
    """
    g = rt.over_gaps(d[y], w)
    s = rt.over_gaps(g * t, w)
    d[t] = g
    d[w] = np.sum(s, axis=-1) - np.sum(s, axis=-2)


@tangent(rt.over_gaps)
def over_gaps_tangent(y, t, w):
    d[y] = rt.over_gaps(d[t] - y * (np.expand_dims(d[w], -2) - np.expand_dims(d[w], -1)), w)


@adjoint(rt.without_phase)
def without_phase(y, p, q=0.0):
    """
    >>> rt.without_phase(M)
    >>> rt.without_phase(M, SPD)
    """
    d[p] = d[y]
    d[q] = 0.0


@tangent(rt.without_phase)
def without_phase_tangent(y, p, q=0.0):
    d[y] = d[p]


@elementwise(rt.over_values)
def over_values(y, t, s):
    """
    >>> rt.over_values(A23, 2.0 + V)
    >>> rt.over_values(A23, np.expand_dims(2.0 + V[:2], -1))
    """
    return rt.over_values(1.0, s), -rt.over_values(y, s)


@linear(rt.meant)
def meant(y, a, assume_a=None, lower=False):
    """
    >>> rt.meant(M, "pos")
    >>> rt.meant(M, "upper triangular")
    """
    d[a] = rt.unmeant(d[y], assume_a, lower)


@linear(rt.unmeant)
def unmeant(y, g, assume_a=None, lower=False):
    """
    >>> rt.unmeant(M, "pos", True)
    >>> rt.unmeant(M, "lower triangular")
    """
    d[g] = rt.meant(d[y], assume_a, lower)


@linear(rt.twofold)
def twofold(y, a, e):
    """
    >>> rt.twofold(M, SPD)
    """
    m = np.shape(a)[-1]
    d[a] = d[y][..., :m, :m] + d[y][..., m:, m:]
    d[e] = rt.upper_block(d[y])


@linear(rt.skewed)
def skewed(y, rows, middle, back=False):
    """
    >>> rt.skewed(A34, 1)
    >>> rt.skewed(T, 0, True)
    """
    d[rows] = rt.skewed(d[y], middle, not back)


@linear(rt.upper_block)
def upper_block(y, b):
    """
    >>> rt.upper_block(T[:, :2, :2])
    """
    zero = np.zeros_like(d[y])
    d[b] = np.concatenate([np.concatenate([zero, d[y]], axis=-1), np.concatenate([zero, zero], axis=-1)], axis=-2)
