"""Distributions of vectors.  Of ``cov`` one triangle is read, so an entry below the diagonal carries the whole sensitivity of the pair."""

from __future__ import annotations

import numpy as np
from scipy import special, stats

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, refused, tangent


@adjoint(stats.multivariate_normal.logpdf)
def multivariate_normal(y, x, mean=None, cov=1):
    """
    >>> stats.multivariate_normal.logpdf(A23, V, SPD)
    >>> stats.multivariate_normal.logpdf(V, 0.5 * V, SPD)
    >>> stats.multivariate_normal.logpdf(V, 0.5 * V, P)
    >>> stats.multivariate_normal.logpdf(A23, 0.5 * V, S)
    >>> stats.multivariate_normal.logpdf(V, cov=SPD)
    >>> stats.multivariate_normal.logpdf(V, S, S + 1.0)
    """
    n = np.size(x) // np.size(y)
    whole = cov if np.ndim(cov) == 2 else cov * np.eye(n)
    inverse = np.linalg.inv(np.tril(whole) + np.tril(whole, -1).T)
    w = np.reshape(x if mean is None else x - mean, (-1, n)) @ inverse
    g = np.reshape(d[y], (-1, 1))
    d[x] = np.reshape(-g * w, np.shape(x))
    d[mean] = rt.unbroadcast_shape(g * w, np.shape(mean))
    s = 0.5 * (w.T @ (g * w) - np.sum(g) * inverse)
    d[cov] = np.tril(s) + np.tril(s, -1) if np.ndim(cov) == 2 else rt.unbroadcast_shape(s * np.eye(n), np.shape(cov))


@tangent(stats.multivariate_normal.logpdf)
def multivariate_normal_tangent(y, x, mean=None, cov=1):
    n = np.size(x) // np.size(y)
    whole = cov if np.ndim(cov) == 2 else cov * np.eye(n)
    inverse = np.linalg.inv(np.tril(whole) + np.tril(whole, -1).T)
    w = np.reshape(x if mean is None else x - mean, (-1, n)) @ inverse
    moved = np.reshape(np.zeros_like(x) + d[x] - d[mean], (-1, n))
    change = np.zeros_like(whole) + (d[cov] if np.ndim(cov) == 2 else d[cov] * np.eye(n))
    spread = np.tril(change) + np.tril(change, -1).T
    d[y] = np.reshape(np.sum(w * (0.5 * w @ spread - moved), axis=-1) - 0.5 * np.sum(inverse * spread), np.shape(y))


@adjoint(stats.dirichlet.logpdf)
def dirichlet(y, x, alpha):
    """
    >>> stats.dirichlet.logpdf([0.2, 0.3, 0.5], P)
    >>> stats.dirichlet.logpdf(P23.T / np.sum(P23, axis=1), P)
    """
    a = np.reshape(alpha, (-1,) + (1,) * (np.ndim(x) - 1))
    d[x] = d[y] * (a - 1.0) / x
    each = d[y] * (np.log(x) + special.digamma(np.sum(alpha)) - special.digamma(a))
    d[alpha] = np.sum(np.reshape(each, (np.size(alpha), -1)), axis=-1)


@tangent(stats.dirichlet.logpdf)
def dirichlet_tangent(y, x, alpha):
    a = np.reshape(alpha, (-1,) + (1,) * (np.ndim(x) - 1))
    moved = np.reshape(np.zeros_like(alpha) + d[alpha], np.shape(a))
    d[y] = np.sum(d[x] * (a - 1.0) / x + moved * (np.log(x) + special.digamma(np.sum(alpha)) - special.digamma(a)), axis=0)


refused(
    *(stats.multivariate_normal.pdf, stats.dirichlet.pdf),
    reason="only its logarithm has a rule",
    way_out="Use np.exp(stats.multivariate_normal.logpdf(x, mean, cov)).",
)
