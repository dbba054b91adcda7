"""Positions of skyfield: tables of coefficients, arrays of rotations, ``where=`` of ufuncs."""

from __future__ import annotations

import numpy as np
import skyfield  # noqa: F401

from tests.packages import POSITIVE, VECTOR, Found

FOUND = [
    Found("skyfield.nutationlib:iau2000b", (0.6,), order=1),
    Found("skyfield.keplerlib:true_anomaly_hyperbolic", (3.721, 3.849), (0, 1)),
    Found("skyfield.elementslib:eccentricity", (VECTOR, POSITIVE, np.array([1.9, 0.4, 1.4, 1.1])), (0, 1, 2)),  # h is too large for some
    Found("skyfield.elementslib:period", (POSITIVE, POSITIVE + 0.5), (0, 1)),
    Found("skyfield.functions:R3", (0.439,)),
]
