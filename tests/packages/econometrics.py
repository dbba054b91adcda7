"""Statistics of statsmodels."""

from __future__ import annotations

import numpy as np
import statsmodels  # noqa: F401

from tests.packages import SQUARE, VECTOR, VECTOR_2, Found

FOUND = [
    Found("statsmodels.stats.stattools:durbin_watson", (VECTOR,)),
    Found("statsmodels.tools.eval_measures:rmse", (VECTOR, VECTOR_2), (0, 1)),
    Found("statsmodels.tools.eval_measures:aic", (1.2, 5, 3)),
    Found("statsmodels.stats.moment_helpers:cov2corr", (SQUARE @ SQUARE.T + np.eye(3),)),
]
