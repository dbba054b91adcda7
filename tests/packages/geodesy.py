"""Coordinates of pymap3d: functions that call each other in chains, on numbers."""

from __future__ import annotations

import pymap3d  # noqa: F401

from tests.packages import Found

FOUND = [
    Found("pymap3d.ecef:ecef2enu", (0.252, 0.209, 0.684, 0.783, 0.291, 0.655), tuple(range(6))),
    Found("pymap3d.dca:ecef2dca", (0.22, 0.549, 0.491, 0.298, 0.542, 0.207, 0.544), tuple(range(7))),
    Found("pymap3d.enu:aer2enu", (0.349, 0.565, 0.242), (0, 1, 2)),
    Found("pymap3d.enu:enu2ecefv", (0.77, 0.858, 0.78, 0.595, 0.844), tuple(range(5))),
    Found("pymap3d.latitude:geodetic2isometric", (0.218,)),
    Found("pymap3d.latitude:geodetic2parametric", (0.558,)),
    Found("pymap3d.nvector:nvector2geodetic", (0.771, 0.848, 0.337), (0, 1, 2)),
    Found("pymap3d.lox:meanm", (0.207, 0.311), (0, 1)),
]
