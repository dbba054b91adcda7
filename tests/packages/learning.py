"""scikit-learn: code that asks for its array module, checks its arguments and writes into its results."""

from __future__ import annotations

import numpy as np
import sklearn  # noqa: F401

from tests.packages import MATRIX, OTHER, SQUARE, Found

PRECISIONS = np.array([np.eye(3), np.diag([2.0, 1.5, 0.7])])

FOUND = [
    Found("sklearn.utils.extmath:softmax", (MATRIX,)),
    Found("sklearn.utils.extmath:row_norms", (MATRIX,)),
    Found("sklearn.utils.extmath:row_norms", (MATRIX,), kwargs={"squared": True}),
    Found("sklearn.utils.extmath:squared_norm", (MATRIX,)),
    Found("sklearn.utils.extmath:safe_sparse_dot", (OTHER, SQUARE), (0, 1)),
    Found("sklearn.mixture._gaussian_mixture:_estimate_log_gaussian_prob", (MATRIX, SQUARE[:2], PRECISIONS, "full"), (0, 1, 2)),
]
