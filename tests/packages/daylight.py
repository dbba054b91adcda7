"""The sun and the moon of astral."""

from __future__ import annotations

import astral.moon
import astral.sun  # noqa: F401

from tests.packages import Found

FOUND = [
    Found("astral.sun:sun_rt_ascension", (0.331,)),
    Found("astral.sun:eq_of_time", (0.23,)),
    Found("astral.sun:sun_declination", (0.23,)),
    Found("astral.moon:interpolate", (0.53, 0.494, 0.664, 0.232), (0, 1, 2, 3)),
]
