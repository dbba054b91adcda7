"""Kalman filters of filterpy."""

from __future__ import annotations

import filterpy  # noqa: F401
import numpy as np

from tests.packages import SQUARE, VECTOR, Found

COVARIANCE = SQUARE @ SQUARE.T

FOUND = [
    Found("filterpy.kalman:predict", (VECTOR[:3], COVARIANCE, SQUARE, 0.1 * np.eye(3)), (0, 1, 2, 3)),
    Found("filterpy.kalman:update", (VECTOR[:3], COVARIANCE, np.array([0.3]), np.array([[0.5]]), SQUARE[:1]), (0, 1, 2, 3, 4)),
    Found("filterpy.stats:gaussian", (0.3, 0.5, 1.2), (0, 1, 2)),
    Found("filterpy.stats:mul", (1.0, 2.0, 0.5, 1.5), (0, 1, 2, 3)),
    Found("filterpy.stats:mahalanobis", (VECTOR[:3], VECTOR[1:], COVARIANCE), (0, 1, 2)),
    Found("filterpy.stats:multivariate_multiply", (VECTOR[:3], COVARIANCE, VECTOR[1:], COVARIANCE + np.eye(3)), (0, 1, 2, 3)),
]
