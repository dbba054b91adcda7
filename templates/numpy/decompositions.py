"""Decompositions.  ``cholesky``, ``eigh`` and ``eigvalsh`` read one triangle of the matrix, as NumPy does, so their derivative does:

an entry of that triangle carries the whole sensitivity of the pair.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, tangent


@adjoint(np.linalg.cholesky)
def cholesky(y, a):
    """
    >>> np.linalg.cholesky(SPD)
    >>> np.linalg.cholesky(np.stack([SPD, 2.0 * SPD]))
    """
    t = np.swapaxes(y, -1, -2)
    g = t @ d[y]
    half = np.linalg.solve(t, np.tril(g) + np.swapaxes(np.tril(g, -1), -1, -2))
    s = 0.5 * np.linalg.solve(t, np.swapaxes(half, -1, -2))
    d[a] = np.tril(s) + np.tril(s, -1)


@tangent(np.linalg.cholesky)
def cholesky_tangent(y, a):
    symmetric = np.tril(d[a]) + np.swapaxes(np.tril(d[a], -1), -1, -2)
    half = np.linalg.solve(y, symmetric)
    s = np.linalg.solve(y, np.swapaxes(half, -1, -2))
    d[y] = y @ (0.5 * (np.tril(s) + np.tril(s, -1)))


@adjoint(np.linalg.eigh)
def eigh(y, a):
    """
    >>> np.linalg.eigh(SPD)
    """
    w, v = y
    w_bar, v_bar = rt.filled(d[y], y)
    t = np.swapaxes(v, -1, -2)
    s = v @ (rt.over_gaps(t @ v_bar, w) @ t) + v @ (np.expand_dims(w_bar, -1) * t)
    d[a] = np.tril(s, -1) + np.tril(np.swapaxes(s, -1, -2))


@tangent(np.linalg.eigh)
def eigh_tangent(y, a):
    w, v = y
    symmetric = np.tril(d[a]) + np.swapaxes(np.tril(d[a], -1), -1, -2)
    s = np.swapaxes(v, -1, -2) @ symmetric @ v
    d[y] = (np.diagonal(s, 0, -2, -1), v @ rt.over_gaps(s, w))


@adjoint(np.linalg.eigvalsh)
def eigvalsh(y, a):
    """
    >>> np.linalg.eigvalsh(SPD)
    """
    w, v = np.linalg.eigh(a)
    t = np.swapaxes(v, -1, -2)
    s = v @ (np.expand_dims(d[y], -1) * t)
    d[a] = np.tril(s) + np.tril(s, -1)


@tangent(np.linalg.eigvalsh)
def eigvalsh_tangent(y, a):
    w, v = np.linalg.eigh(a)
    symmetric = np.tril(d[a]) + np.swapaxes(np.tril(d[a], -1), -1, -2)
    d[y] = np.diagonal(np.swapaxes(v, -1, -2) @ symmetric @ v, 0, -2, -1)


@adjoint(np.linalg.qr)
def qr(y, a):
    """
    >>> np.linalg.qr(M)
    >>> np.linalg.qr(A34.T)
    """
    q, r = y
    q_bar, r_bar = rt.filled(d[y], y)
    m = r @ np.swapaxes(r_bar, -1, -2) - np.swapaxes(q_bar, -1, -2) @ q
    b = q_bar + q @ (np.tril(m) + np.swapaxes(np.tril(m, -1), -1, -2))
    d[a] = np.swapaxes(np.linalg.solve(r, np.swapaxes(b, -1, -2)), -1, -2)


@tangent(np.linalg.qr)
def qr_tangent(y, a):
    q, r = y
    x = np.swapaxes(np.linalg.solve(np.swapaxes(r, -1, -2), np.swapaxes(d[a], -1, -2)), -1, -2)
    c = np.swapaxes(q, -1, -2) @ x
    turn = np.tril(c, -1) - np.swapaxes(np.tril(c, -1), -1, -2)
    d[y] = (q @ (turn - c) + x, (c - turn) @ r)
