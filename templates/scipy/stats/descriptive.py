"""Statistics of samples, said in plain NumPy.  ``nan_policy=`` and weights are refused."""

from __future__ import annotations

import numpy as np
from scipy import special, stats

from tangentx.rules.declare import written


@written(stats.zscore)
def zscore(a, axis=0, ddof=0):
    """
    >>> stats.zscore(V)
    >>> stats.zscore(A34, axis=1, ddof=1)
    """
    return (a - np.mean(a, axis=axis, keepdims=True)) / np.std(a, axis=axis, ddof=ddof, keepdims=True)


@written(stats.gmean)
def gmean(a, axis=0):
    """
    >>> stats.gmean(P)
    >>> stats.gmean(P23, axis=1)
    """
    return np.exp(np.mean(np.log(a), axis=axis))


@written(stats.hmean)
def hmean(a, axis=0):
    """
    >>> stats.hmean(P)
    >>> stats.hmean(P23, axis=1)
    """
    return 1.0 / np.mean(1.0 / a, axis=axis)


@written(stats.entropy)
def entropy(pk, qk=None, base=None, axis=0):
    """
    >>> stats.entropy(P)
    >>> stats.entropy(P23, 2.0 * P23 + 1.0, axis=1)
    >>> stats.entropy(P, base=2)
    """
    p = pk / np.sum(pk, axis=axis, keepdims=True)
    nats = special.entr(p) if qk is None else special.rel_entr(p, qk / np.sum(qk, axis=axis, keepdims=True))
    total = np.sum(nats, axis=axis)
    return total if base is None else total / np.log(base)
