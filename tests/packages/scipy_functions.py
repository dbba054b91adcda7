"""Functions of SciPy that are written in Python."""

from __future__ import annotations

import numpy as np
from scipy import linalg

from tests.packages import MATRIX, POSITIVE, SHARES, SQUARE, VECTOR, Found

DISTANCE = "scipy.spatial.distance"
SAMPLES = np.array([0.3, -1.2, 0.7, 1.9, 0.2])


def norm(a):
    return linalg.norm(a)


FOUND = [
    Found("scipy.optimize:rosen", (VECTOR,), own="scipy.optimize:rosen_der"),
    Found("scipy.optimize:rosen_der", (VECTOR,)),
    Found("scipy.optimize:rosen_hess_prod", (VECTOR, POSITIVE), (0, 1)),
    Found("scipy.integrate:cumulative_simpson", (SAMPLES,), kwargs={"dx": 0.3}),
    *(
        Found(f"{DISTANCE}:{name}", (VECTOR, POSITIVE), (0, 1))
        for name in ("sqeuclidean", "cityblock", "cosine", "correlation", "braycurtis", "chebyshev", "canberra")
    ),
    Found(f"{DISTANCE}:minkowski", (VECTOR, POSITIVE, 3), (0, 1)),
    Found(f"{DISTANCE}:mahalanobis", (VECTOR[:3], POSITIVE[1:], SQUARE), (0, 1, 2)),
    Found(f"{DISTANCE}:jensenshannon", (SHARES, SHARES[[1, 2, 3, 0]]), (0, 1)),
    Found("scipy.stats._continuous_distns:_norm_pdf", (VECTOR,)),
    Found("scipy.stats._continuous_distns:_norm_logpdf", (VECTOR,)),
    Found("scipy.stats._continuous_distns:_norm_logcdf", (VECTOR,)),
    Found("scipy.signal:gausspulse", (POSITIVE,)),
    Found("scipy.signal:chirp", (POSITIVE, 1.0, 2.0, 3.0), (0, 1, 2, 3)),
    Found("scipy.signal.windows:gaussian", (7, 1.3), (1,)),
    Found("scipy.signal.windows:general_gaussian", (7, 1.5, 1.3), (1, 2)),
    Found("scipy.signal.windows:exponential", (7, None, 1.3), (2,)),
    Found("scipy.signal.windows:kaiser", (7, 2.3), (1,)),
    Found("scipy.signal.windows:tukey", (7, 0.4), (1,)),
    Found("scipy.special:softmax", (MATRIX,)),
    Found("scipy.integrate:simpson", (SAMPLES,), kwargs={"dx": 0.3}),
    Found("scipy.integrate:simpson", (SAMPLES[:4],), kwargs={"x": [0.0, 0.5, 0.7, 1.2]}),
    Found("scipy.linalg:companion", (VECTOR,)),
    Found("scipy.linalg:fiedler_companion", (VECTOR,)),
    Found(norm, (MATRIX,)),
    Found("scipy.spatial:minkowski_distance", (MATRIX, MATRIX[::-1] + 0.3), (0, 1)),
    Found("scipy.spatial:geometric_slerp", (SQUARE[0] / linalg.norm(SQUARE[0]), SQUARE[1] / linalg.norm(SQUARE[1]), 0.3), (2,)),
    Found("scipy.optimize._lsq.common:evaluate_quadratic", (MATRIX, VECTOR[:3], POSITIVE[:3]), (0, 1, 2)),
    Found("scipy.integrate._ivp.common:norm", (VECTOR,)),
]
