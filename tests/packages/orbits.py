"""Orbits of sgp4."""

from __future__ import annotations

import sgp4  # noqa: F401

from tests.packages import VECTOR, VECTOR_2, Found

FOUND = [
    Found("sgp4.ext:newtonnu", (0.342, 0.793), (0, 1)),
    Found("sgp4.ext:angle", (VECTOR, VECTOR_2), (0, 1)),
    Found("sgp4.propagation:gstime", (0.773,)),
]
