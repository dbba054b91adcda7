"""scikit-learn: code that asks for its array module, checks its arguments and writes into its results."""

from __future__ import annotations

import numpy as np
import sklearn  # noqa: F401

from tests.packages import MATRIX, OTHER, SQUARE, Found

GIVEN = np.array([0.3, 1.2, 0.7, 2.1, 1.4])
PREDICTED = np.array([0.5, 0.9, 1.1, 1.7, 1.9])
WEIGHTS = np.array([1.0, 0.5, 2.0, 1.5, 0.25])
LABELS, CHANCES = np.array([1, 0, 1, 1, 0]), np.array([0.7, 0.2, 0.6, 0.9, 0.4])
PRECISIONS = np.array([np.eye(3), np.diag([2.0, 1.5, 0.7])])

KERNELS = ("rbf_kernel", "laplacian_kernel", "linear_kernel", "polynomial_kernel", "sigmoid_kernel", "cosine_similarity", "euclidean_distances")
PAIRED = ("paired_euclidean_distances", "paired_manhattan_distances", "paired_cosine_distances")
LOSSES = (
    "mean_squared_error", "root_mean_squared_error", "mean_absolute_error", "mean_squared_log_error", "mean_absolute_percentage_error",
    "r2_score", "explained_variance_score",
)  # fmt: skip

FOUND = [
    Found("sklearn.utils.extmath:softmax", (MATRIX,)),
    Found("sklearn.utils.extmath:row_norms", (MATRIX,)),
    Found("sklearn.utils.extmath:row_norms", (MATRIX,), kwargs={"squared": True}),
    Found("sklearn.utils.extmath:squared_norm", (MATRIX,)),
    Found("sklearn.utils.extmath:safe_sparse_dot", (OTHER, SQUARE), (0, 1)),
    Found("sklearn.mixture._gaussian_mixture:_estimate_log_gaussian_prob", (MATRIX, SQUARE[:2], PRECISIONS, "full"), (0, 1, 2)),
    *(Found(f"sklearn.metrics.pairwise:{name}", (MATRIX, OTHER), (0, 1)) for name in KERNELS),
    Found("sklearn.metrics.pairwise:rbf_kernel", (MATRIX,), kwargs={"gamma": 0.3}),
    Found("sklearn.metrics.pairwise:rbf_kernel", (MATRIX, OTHER, 0.3), (2,)),
    *(Found(f"sklearn.metrics.pairwise:{name}", (MATRIX, 2.0 * MATRIX[::-1] + 0.1), (0, 1)) for name in PAIRED),
    Found("sklearn.preprocessing:normalize", (MATRIX,)),
    *(Found(f"sklearn.metrics:{name}", (GIVEN, PREDICTED), (1,)) for name in LOSSES),
    Found("sklearn.metrics:mean_squared_error", (GIVEN, PREDICTED), (0, 1), {"sample_weight": WEIGHTS}),
    Found("sklearn.metrics:mean_pinball_loss", (GIVEN, PREDICTED), (1,), {"alpha": 0.3}),
    Found("sklearn.metrics:mean_tweedie_deviance", (GIVEN, PREDICTED), (1,), {"power": 1.5}),
    Found("sklearn.metrics:log_loss", (LABELS, CHANCES), (1,)),
    Found("sklearn.metrics:brier_score_loss", (LABELS, CHANCES), (1,), order=1),
    Found("sklearn.metrics:hinge_loss", (LABELS, PREDICTED - 1.0), (1,), order=1),
]
