"""``logsumexp``, ``softmax`` and ``log_softmax``."""

from __future__ import annotations

import numpy as np
from scipy import special

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, tangent


@adjoint(special.logsumexp)
def logsumexp(y, a, axis=None, b=None, keepdims=False):
    """
    >>> special.logsumexp(T)
    >>> special.logsumexp(T, axis=(0, -1), keepdims=True)
    >>> special.logsumexp(T, 1)
    >>> special.logsumexp(A23, axis=1, b=abs(V))
    >>> special.logsumexp(A23, b=np.array([1.0, 0.0, 2.0]))
    >>> special.logsumexp(S)
    >>> special.logsumexp(ZA23, axis=1)
    """
    shape = np.shape(a) if b is None else np.broadcast_shapes(np.shape(a), np.shape(b))
    top = rt.expanded(np.where(y == -np.inf, 0.0, y), shape, axis=axis, keepdims=keepdims)
    weights = np.exp(a - top) if b is None else np.exp(np.where(np.equal(b, 0), 0.0, a - top))
    g = rt.expanded(d[y], shape, axis=axis, keepdims=keepdims)
    d[a] = rt.unbroadcast(g * weights if b is None else g * b * weights, a)
    d[b] = rt.unbroadcast(g * weights, b)


@tangent(special.logsumexp)
def logsumexp_tangent(y, a, axis=None, b=None, keepdims=False):
    shape = np.shape(a) if b is None else np.broadcast_shapes(np.shape(a), np.shape(b))
    top = rt.expanded(np.where(y == -np.inf, 0.0, y), shape, axis=axis, keepdims=keepdims)
    weights = np.exp(a - top) if b is None else np.exp(np.where(np.equal(b, 0), 0.0, a - top))
    d[y] = np.sum(weights * (d[a] if b is None else b * d[a] + d[b]), axis=axis, keepdims=keepdims)


@adjoint(special.softmax)
def softmax(y, x, axis=None):
    """
    >>> special.softmax(T)
    >>> special.softmax(T, axis=(0, -1))
    >>> special.softmax(V, 0)
    >>> special.softmax(ZV)
    """
    d[x] = y * (d[y] - np.sum(y * d[y], axis=axis, keepdims=True))


@tangent(special.softmax)
def softmax_tangent(y, x, axis=None):
    d[y] = y * (d[x] - np.sum(y * d[x], axis=axis, keepdims=True))


@adjoint(special.log_softmax)
def log_softmax(y, x, axis=None):
    """
    >>> special.log_softmax(T)
    >>> special.log_softmax(T, axis=(0, -1))
    >>> special.log_softmax(V, 0)
    """
    d[x] = d[y] - np.exp(y) * np.sum(d[y], axis=axis, keepdims=True)


@tangent(special.log_softmax)
def log_softmax_tangent(y, x, axis=None):
    d[y] = d[x] - np.sum(np.exp(y) * d[x], axis=axis, keepdims=True)
