"""The line shapes of lmfit: guarded divisions, options, SciPy's special functions."""

from __future__ import annotations

import lmfit  # noqa: F401

from tests.packages import POSITIVE, VECTOR, VECTOR_2, Found

SHAPE = (POSITIVE, 1.1, 0.5, 0.8)
ALL = (0, 1, 2, 3)

FOUND = [
    *(
        Found(f"lmfit.lineshapes:{name}", SHAPE, ALL)
        for name in (
            "gaussian", "lorentzian", "pvoigt", "moffat", "pearson7", "damped_oscillator", "doniach", "breit_wigner", "students_t", "expgaussian",
            "sine", "expsine", "parabolic", "skewed_gaussian", "split_lorentzian", "step", "lognormal",
        )
    ),
    Found("lmfit.lineshapes:rectangle", (POSITIVE, 1.1, 0.5, 0.8, 1.4, 0.7), (0, 1, 2, 3, 4, 5), {"form": "logistic"}),
    Found("lmfit.lineshapes:gaussian2d", (VECTOR, VECTOR_2, 1.1, 0.2, 0.3, 0.8, 0.9), (0, 1, 2, 3, 4, 5, 6)),
    Found("lmfit.lineshapes:dho", (POSITIVE, 1.1, 0.5, 0.8, 1.3), (0, 1, 2, 3, 4)),
    *(Found(f"lmfit.lineshapes:{name}", (POSITIVE, 1.2, 1.3), (0, 1, 2)) for name in ("exponential", "powerlaw", "linear")),
]  # fmt: skip
