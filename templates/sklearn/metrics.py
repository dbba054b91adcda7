"""Distances, for arrays that are not sparse; kernels and losses are read as they are written."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import _classification, pairwise
from sklearn.utils import check_array

from tangentx.rules.declare import constant, written

constant(getattr(getattr(_classification, "xpx", None), "isclose", None))


@written(pairwise.check_pairwise_arrays)
def check_pairwise_arrays(X, Y, *, precomputed=False, dtype="infer_float", accept_sparse="csr", ensure_all_finite=True, ensure_2d=True, copy=False):
    """
    >>> pairwise.check_pairwise_arrays(A23, A34[:, :3])[0]
    >>> pairwise.check_pairwise_arrays(A23, None)[1]
    """
    floats = [np.asarray(a).dtype for a in (X, Y) if a is not None]
    kind = dtype if dtype != "infer_float" else np.float32 if all(f == np.float32 for f in floats) else float
    X_checked = check_array(X, dtype=kind, copy=copy, ensure_all_finite=ensure_all_finite, ensure_2d=ensure_2d)
    if Y is None or Y is X:
        return X_checked, X_checked
    return X_checked, check_array(Y, dtype=kind, copy=copy, ensure_all_finite=ensure_all_finite, ensure_2d=ensure_2d)


@written(getattr(pairwise, "_euclidean_distances", None))
def euclidean_distances(X, Y, X_norm_squared=None, Y_norm_squared=None, squared=False):
    """
    >>> pairwise._euclidean_distances(A23, A34[:, :3])
    >>> pairwise._euclidean_distances(A23, A34[:, :3], squared=True)
    """
    XX = np.einsum("ij,ij->i", X, X)[:, None] if X_norm_squared is None else np.reshape(X_norm_squared, (-1, 1))
    YY = np.einsum("ij,ij->i", Y, Y)[None, :] if Y_norm_squared is None else np.reshape(Y_norm_squared, (1, -1))
    distances = np.maximum(-2.0 * (X @ Y.T) + XX + YY, 0.0)
    if X is Y:
        np.fill_diagonal(distances, 0.0)
    return distances if squared else np.sqrt(distances)
