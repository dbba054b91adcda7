"""Norms, and matrices made of numbers that stand in many places: each is the sum of what comes from its places."""

import numpy as np
import scipy.linalg

import tangentx.runtime as rt
from tangentx.rules.declare import d, linear, multilinear, reduction


@reduction(scipy.linalg.norm)
def norm(y, a, ord=None, axis=None, keepdims=False, check_finite=True):
    """
    >>> scipy.linalg.norm(M)
    >>> scipy.linalg.norm(T, 3, axis=1, keepdims=True)
    >>> scipy.linalg.norm(A23, "nuc")
    >>> scipy.linalg.norm(ZA23)
    """
    return np.conj(a) / (y + (y == 0)) if ord is None else rt.norm_partial(a, y, ord, axis)


@linear(scipy.linalg.block_diag)
def block_diag(y, *arrs):
    """
    >>> scipy.linalg.block_diag(A23, V, M)
    >>> scipy.linalg.block_diag(S, A34)
    """
    d[arrs] = rt.diagonal_blocks(d[y], arrs)


@linear(scipy.linalg.toeplitz)
def toeplitz(y, c, r=None):
    """
    >>> scipy.linalg.toeplitz(V)
    >>> scipy.linalg.toeplitz(V, A34[0])
    >>> scipy.linalg.toeplitz(ZV)
    >>> scipy.linalg.toeplitz(ZV, ZA34[0])
    """
    n, m = np.shape(y)
    sums = rt.untake(d[y], (n + m - 1,), np.arange(m) - np.expand_dims(np.arange(n), -1) + n - 1)
    first, rest = np.flip(sums[:n]), np.concatenate([np.zeros_like(sums[:1]), sums[n:]])
    d[c] = first + np.conj(rest) if r is None else first
    d[r] = rest


@linear(scipy.linalg.hankel)
def hankel(y, c, r=None):
    """
    >>> scipy.linalg.hankel(V)
    >>> scipy.linalg.hankel(V, A34[0])
    >>> scipy.linalg.hankel(ZV)
    """
    n, m = np.shape(y)
    sums = rt.untake(d[y], (n + m - 1,), np.arange(m) + np.expand_dims(np.arange(n), -1))
    d[c] = sums[:n]
    d[r] = np.concatenate([np.zeros_like(sums[:1]), sums[n:]])


@linear(scipy.linalg.circulant)
def circulant(y, c):
    """
    >>> scipy.linalg.circulant(V)
    """
    n = np.size(c)
    d[c] = rt.untake(d[y], (n,), (np.expand_dims(np.arange(n), -1) - np.arange(n)) % n)


@multilinear(scipy.linalg.khatri_rao)
def khatri_rao(y, a, b):
    """
    >>> scipy.linalg.khatri_rao(A23, M)
    """
    g = np.reshape(d[y], (np.shape(a)[0], np.shape(b)[0], -1))
    d[a] = np.einsum("ijk,jk->ik", g, b)
    d[b] = np.einsum("ijk,ik->jk", g, a)
