"""Equations of state of thermo."""

from __future__ import annotations

import thermo  # noqa: F401

from tests.packages import Found

FOUND = [
    Found("thermo.eos_alpha_functions:Saffari_alpha_pure", (0.256, 0.705, 0.374, 0.478, 0.697), (0, 1, 2, 3, 4)),
    Found("thermo.eos_alpha_functions:Gasem_alpha_pure", (0.476, 0.609, 0.619, 0.585, 0.819), (0, 1, 2, 3, 4)),
    Found("thermo.vapor_pressure:Psat_mercury_Huber_Laesecke_Friend_2006", (251.1,)),
]
