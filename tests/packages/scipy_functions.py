"""Functions of SciPy that are written in Python."""

from __future__ import annotations

from scipy import linalg

from tests.packages import MATRIX, POSITIVE, SHARES, SQUARE, VECTOR, Found

DISTANCE = "scipy.spatial.distance"


def norm(a):
    return linalg.norm(a)


FOUND = [
    *(
        Found(f"{DISTANCE}:{name}", (VECTOR, POSITIVE), (0, 1))
        for name in ("sqeuclidean", "cityblock", "cosine", "correlation", "braycurtis", "chebyshev")
    ),
    Found(f"{DISTANCE}:minkowski", (VECTOR, POSITIVE, 3), (0, 1)),
    Found(f"{DISTANCE}:mahalanobis", (VECTOR[:3], POSITIVE[1:], SQUARE), (0, 1, 2)),
    Found(f"{DISTANCE}:jensenshannon", (SHARES, SHARES[[1, 2, 3, 0]]), (0, 1)),
    Found("scipy.stats._continuous_distns:_norm_pdf", (VECTOR,)),
    Found("scipy.stats._continuous_distns:_norm_logpdf", (VECTOR,)),
    Found("scipy.stats._continuous_distns:_norm_logcdf", (VECTOR,)),
    Found("scipy.signal:gausspulse", (POSITIVE,)),
    Found("scipy.linalg:companion", (VECTOR,)),
    Found("scipy.linalg:fiedler_companion", (VECTOR,)),
    Found(norm, (MATRIX,)),
    Found("scipy.spatial:minkowski_distance", (MATRIX, MATRIX[::-1] + 0.3), (0, 1)),
    Found("scipy.spatial:geometric_slerp", (SQUARE[0] / linalg.norm(SQUARE[0]), SQUARE[1] / linalg.norm(SQUARE[1]), 0.3), (2,)),
    Found("scipy.optimize._lsq.common:evaluate_quadratic", (MATRIX, VECTOR[:3], POSITIVE[:3]), (0, 1, 2)),
    Found("scipy.integrate._ivp.common:norm", (VECTOR,)),
]
