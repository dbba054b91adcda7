"""Fittings and tanks of fluids: functions of numbers on Python's math."""

from __future__ import annotations

import fluids  # noqa: F401

from tests.packages import Found

FOUND = [
    Found("fluids.fittings:diffuser_pipe_reducer", (0.5, 0.75, 1.5, 0.07), (0, 1, 2, 3)),
    Found("fluids.geometry:V_horiz_torispherical_toint_2", (0.603, 0.218, 0.457, 0.707, 0.259, 0.251), tuple(range(6))),
    Found("fluids.numerics:normalize", ([0.252, 1.106, 1.55],)),
]
