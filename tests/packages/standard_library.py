"""Scalar code of the standard library."""

from __future__ import annotations

from tests.packages import Found

COLOUR = (0.31, 0.55, 0.7)

FOUND = [
    Found(f"colorsys:{name}", COLOUR, (0, 1, 2)) for name in ("rgb_to_hls", "rgb_to_hsv", "rgb_to_yiq", "hls_to_rgb", "hsv_to_rgb", "yiq_to_rgb")
]
