"""Sea water of seawater: what it is given is made arrays of at once, ``s, t, p = list(map(np.asanyarray, (s, t, p)))``."""

from __future__ import annotations

import warnings

import numpy as np

from tests.packages import Found

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its successor
    import seawater  # noqa: F401

SALT, HEAT, DEPTH = np.array([34.5, 35.2, 36.1]), np.array([4.3, 11.2, 24.7]), np.array([3000.0, 500.0, 20.0])
FOUND = [
    Found("seawater.eos80:dens", (SALT, HEAT, DEPTH), (0, 1, 2)),
    Found("seawater.eos80:alpha", (SALT, HEAT, DEPTH), (0, 1, 2)),
    Found("seawater.eos80:svel", (SALT, HEAT, DEPTH), (0, 1, 2)),
    Found("seawater.eos80:dens", (np.array([0.0, 35.2, 36.1]), HEAT, DEPTH), (1, 2)),  # no salt: s ** 0.5 has no derivative there
    Found("seawater.library:salds", (0.64, 0.444), (0, 1)),
]
