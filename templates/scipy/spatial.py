"""Distances, said in plain NumPy.  At a distance of 0 the derivative of ``euclidean`` is 0, as that of ``np.linalg.norm``.  Weights are refused."""

from __future__ import annotations

import numpy as np
from scipy.spatial import distance

from tangentx.rules.declare import written


@written(distance.euclidean)
def euclidean(u, v):
    """
    >>> distance.euclidean(V, 2.0 * V)
    """
    return np.linalg.norm(np.subtract(u, v))


@written(distance.sqeuclidean)
def sqeuclidean(u, v):
    """
    >>> distance.sqeuclidean(V, 2.0 * V)
    """
    return np.sum(np.subtract(u, v) ** 2)


@written(distance.cityblock)
def cityblock(u, v):
    """
    >>> distance.cityblock(V, 2.0 * V)
    """
    return np.sum(np.abs(np.subtract(u, v)))


@written(distance.cosine)
def cosine(u, v):
    """
    >>> distance.cosine(V, V * V)
    """
    return 1.0 - np.dot(u, v) / (np.linalg.norm(u) * np.linalg.norm(v))


@written(distance.cdist)
def cdist(XA, XB, metric="euclidean"):
    """
    >>> distance.cdist(A23, M)
    >>> distance.cdist(A23, M, "sqeuclidean")
    >>> distance.cdist(A23, M, metric="cityblock")
    """
    gaps = np.expand_dims(XA, 1) - XB
    if metric == "euclidean":
        return np.linalg.norm(gaps, axis=-1)
    if metric == "sqeuclidean":
        return np.sum(gaps * gaps, axis=-1)
    if metric == "cityblock":
        return np.sum(np.abs(gaps), axis=-1)
    raise NotImplementedError("only the euclidean, sqeuclidean and cityblock metrics of cdist are differentiated")
