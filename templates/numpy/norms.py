"""Norms and condition numbers.  At zero the derivative of a norm is 0, a subgradient; where several reach a maximum it is shared evenly.

The derivative of the nuclear norm is that subgradient whose part for the singular values zero is zero.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, reduction, tangent


@reduction(np.linalg.norm)
def norm(y, x, ord=None, axis=None, keepdims=False):
    """
    >>> np.linalg.norm(T)
    >>> np.linalg.norm(S)
    >>> np.linalg.norm(V, 2)
    >>> np.linalg.norm(T, axis=(0, -1))
    >>> np.linalg.norm(T, 1, axis=1, keepdims=True)
    >>> np.linalg.norm(T, 3.5, -1)
    >>> np.linalg.norm(T, np.inf, 0)
    >>> np.linalg.norm(T, -np.inf, (0,))
    >>> np.linalg.norm(T, 0, 1) * S
    >>> np.linalg.norm(A23, "fro")
    >>> np.linalg.norm(T, "nuc", (0, 2), keepdims=True)
    >>> np.linalg.norm(A34, 2)
    >>> np.linalg.norm(T, -2, (2, 0))
    >>> np.linalg.norm(A34, 1)
    >>> np.linalg.norm(T, -1, (0, -1))
    >>> np.linalg.norm(T, np.inf, (0, -1))
    >>> np.linalg.norm(T, -np.inf, (-1, 1), keepdims=True)
    >>> np.linalg.norm(ZT)
    >>> np.linalg.norm(ZV, 3)
    >>> np.linalg.norm(ZA34, 2)
    >>> np.linalg.norm(ZA34, "nuc")
    >>> np.linalg.norm(ZT, np.inf, (0, 1))
    """
    return np.conj(x) / (y + (y == 0)) if ord is None else rt.norm_partial(x, y, ord, axis)


@reduction(getattr(np.linalg, "vector_norm", None))
def vector_norm(y, x, *, axis=None, keepdims=False, ord=2):
    """
    >>> np.linalg.vector_norm(T)
    >>> np.linalg.vector_norm(T, axis=(0, 1), ord=3)
    >>> np.linalg.vector_norm(T, axis=1, keepdims=True, ord=1)
    >>> np.linalg.vector_norm(T, axis=-1, ord=np.inf)
    """
    return rt.vector_norm_partial(x, y, ord, axis)


@adjoint(getattr(np.linalg, "matrix_norm", None))
def matrix_norm(y, x, *, keepdims=False, ord="fro"):
    """
    >>> np.linalg.matrix_norm(T)
    >>> np.linalg.matrix_norm(T, keepdims=True, ord="nuc")
    >>> np.linalg.matrix_norm(T, ord=-1)
    >>> np.linalg.matrix_norm(ZT)
    """
    norms = rt.expanded(y, np.shape(x), (-2, -1), keepdims)
    d[x] = rt.expanded(d[y], np.shape(x), (-2, -1), keepdims) * rt.norm_partial(x, norms, ord, (-2, -1))


@tangent(getattr(np.linalg, "matrix_norm", None))
def matrix_norm_tangent(y, x, *, keepdims=False, ord="fro"):
    norms = rt.expanded(y, np.shape(x), (-2, -1), keepdims)
    d[y] = np.real(np.sum(d[x] * rt.norm_partial(x, norms, ord, (-2, -1)), axis=(-2, -1), keepdims=keepdims))


@adjoint(np.linalg.cond)
def cond(y, x, p=None):
    """
    >>> np.linalg.cond(M)
    >>> np.linalg.cond(T, -2)
    >>> np.linalg.cond(np.stack([M, SPD]), 1)
    >>> np.linalg.cond(M, "fro")
    >>> np.linalg.cond(ZM)
    >>> np.linalg.cond(ZM, 1)
    """
    d[x] = np.expand_dims(d[y], (-2, -1)) * rt.cond_partial(x, y, p)


@tangent(np.linalg.cond)
def cond_tangent(y, x, p=None):
    d[y] = np.real(np.sum(d[x] * rt.cond_partial(x, y, p), axis=(-2, -1)))
