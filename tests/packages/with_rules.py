"""Functions that have a rule of their own, differentiated by themselves: the rule says how, not their source."""

from __future__ import annotations

import numpy as np
import scipy.special  # noqa: F401
import scipy.stats  # noqa: F401

from tests.packages import MATRIX, POSITIVE, SQUARE, VECTOR, Found

FOUND = [
    Found("scipy.special:logsumexp", (VECTOR,)),
    Found("scipy.special:logsumexp", (MATRIX,), kwargs={"axis": 1, "keepdims": True}),
    Found("scipy.special:expit", (VECTOR,)),
    Found("scipy.special:gammaln", (POSITIVE,)),
    Found("numpy.linalg:norm", (VECTOR,)),
    Found("numpy.linalg:norm", (MATRIX,), kwargs={"ord": 3, "axis": 0}),
    Found("numpy.linalg:solve", (SQUARE, VECTOR[:3]), (0, 1)),
    Found("numpy:sum", (MATRIX,), kwargs={"axis": 0, "keepdims": True}),
    Found("numpy:vander", (VECTOR,)),
    Found("numpy:trapezoid", (VECTOR, POSITIVE), (0, 1)),
    Found("scipy.stats:gmean", (POSITIVE,)),
    Found("scipy.stats:pmean", (POSITIVE, 2.5)),
    Found("scipy.stats:zscore", (MATRIX,), kwargs={"axis": 1}),
    Found("scipy.stats:wasserstein_distance", (VECTOR, POSITIVE), (0, 1), order=1),
]


def from_inside(f, x):
    return f(x)


def from_inside_along(f, x):
    return f(x, 0)


for _f in (np.sin, np.sum, scipy.special.logsumexp, scipy.stats.gmean):
    FOUND.append(Found(from_inside, (_f, POSITIVE), (1,)))
FOUND += [Found(from_inside_along, (_f, np.abs(MATRIX)), (1,)) for _f in (np.sum, scipy.special.logsumexp, scipy.stats.gmean)]
