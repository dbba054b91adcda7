"""Water and steam of iapws: correlations with many branches, on Python's floats."""

from __future__ import annotations

import iapws  # noqa: F401

from tests.packages import Found

FOUND = [
    Found("iapws.iapws97:_PSat_T", (400.0,)),
    Found("iapws.iapws97:_TSat_P", (1.0,)),
    Found("iapws.iapws97:_h13_s", (3.5,)),
    Found("iapws.iapws97:_PSat_h", (2000.0,)),
    Found("iapws.iapws97:_Backward1_T_Ph", (3.0, 500.0), (0, 1)),
    Found("iapws._iapws:_Dielectric", (900.0, 350.0), (0, 1)),
    Found("iapws._iapws:_Viscosity", (900.0, 350.0), (0, 1)),
    Found("iapws._iapws:_ThCond", (900.0, 350.0), (0, 1)),
    Found("iapws._iapws:_Tension", (400.0,)),
    Found("iapws._iapws:_Melting_Pressure", (275.0,)),
]
