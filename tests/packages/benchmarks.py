"""Functions to minimise of optproblems: sums and products over lists of Python."""

from __future__ import annotations

import optproblems  # noqa: F401

from tests.packages import Found

POINT = [0.943, 1.305, 1.462, 0.605]
FOUND = [
    Found("optproblems.continuous:ackley", (POINT,)),
    Found("optproblems.continuous:griewank", (POINT,)),
    Found("optproblems.continuous:rosenbrock", (POINT,)),
    Found("optproblems.continuous:goldstein_price", ([0.49, 0.12],)),
    Found("optproblems.continuous:six_hump_camelback", ([0.595, 0.634],)),
    Found("optproblems.cec2005.helper:generalized_schaffer6", (POINT,)),
    Found("optproblems.cec2005.f24:non_continuous_generalized_schaffer6", ([0.41, -0.3, 0.26, 0.2],)),
    Found("optproblems.cec2005.expanded_multimodal:f8f2", (POINT,)),
]
