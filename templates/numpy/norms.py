"""Norms."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, tangent


@adjoint(np.linalg.norm)
def norm(y, x, ord=None, axis=None, keepdims=False):
    """
    >>> np.linalg.norm(T)
    >>> np.linalg.norm(V, 2)
    >>> np.linalg.norm(T, axis=(0, -1))
    >>> np.linalg.norm(T, 1, axis=1, keepdims=True)
    >>> np.linalg.norm(T, 3.5, -1)
    """
    g = rt.expanded(d[y], np.shape(x), axis=axis, keepdims=keepdims)
    size = rt.expanded(y, np.shape(x), axis=axis, keepdims=keepdims)
    d[x] = g * x / size if ord is None else g * np.sign(x) * (np.abs(x) / size) ** (rt.vector_order(x, ord, axis) - 1)


@tangent(np.linalg.norm)
def norm_tangent(y, x, ord=None, axis=None, keepdims=False):
    size = rt.expanded(y, np.shape(x), axis=axis, keepdims=keepdims)
    partial = x / size if ord is None else np.sign(x) * (np.abs(x) / size) ** (rt.vector_order(x, ord, axis) - 1)
    d[y] = np.sum(d[x] * partial, axis=axis, keepdims=keepdims)
