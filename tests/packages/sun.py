"""Photovoltaics of pvlib: scalar physics with optional arguments and branches for pandas."""

from __future__ import annotations

import pvlib  # noqa: F401

from tests.packages import Found


def every(where: str, *args: float) -> Found:
    """A function with respect to all of its arguments."""
    return Found(f"pvlib.{where}", args, tuple(range(len(args))))


FOUND = [
    every("irradiance:isotropic", 30.0, 120.0),
    every("atmosphere:pres2alt", 95000.0),
    every("atmosphere:alt2pres", 400.0),
    every("atmosphere:get_relative_airmass", 40.0),
    every("atmosphere:gueymard94_pw", 20.0, 50.0),
    every("temperature:faiman", 800.0, 20.0, 3.0),
    every("temperature:pvsyst_cell", 800.0, 20.0, 3.0),
    every("temperature:sapm_cell", 800.0, 20.0, 3.0, -3.47, -0.0594, 3.0),
    every("temperature:ross", 800.0, 20.0, 45.0),
    every("pvsystem:pvwatts_dc", 800.0, 30.0, 5000.0, -0.003),
    every("solarposition:declination_spencer71", 100.0),
    every("solarposition:equation_of_time_spencer71", 100.0),
    every("shading:masking_angle", 30.0, 0.5, 0.3),
    every("iam:physical", 30.0, 1.526, 4.0, 0.002),
    every("iam:martin_ruiz", 30.0, 0.16),
    every("tools:cosd", 40.0),
]
