"""What is scaled row by row, or column by column, for arrays that are not sparse."""

from __future__ import annotations

import numpy as np
from sklearn import preprocessing
from sklearn.utils import check_array

from tangentx.rules.declare import written


@written(preprocessing.normalize)
def normalize(X, norm="l2", *, axis=1, copy=True, return_norm=False):
    """
    >>> preprocessing.normalize(A34)
    >>> preprocessing.normalize(A34, "l1", axis=0)
    >>> preprocessing.normalize(A34, "max")
    """
    X = check_array(X, dtype=[np.float64, np.float32])
    norms = np.sqrt(np.sum(X * X, axis=axis)) if norm == "l2" else np.sum(np.abs(X), axis=axis) if norm == "l1" else np.max(np.abs(X), axis=axis)
    norms = np.where(norms < 10 * np.finfo(X.dtype).eps, 1.0, norms)
    scaled = X / np.expand_dims(norms, axis)
    return (scaled, norms) if return_norm else scaled
