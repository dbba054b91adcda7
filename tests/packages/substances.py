"""Properties of substances of chemicals: long sums written out, and lists filled by index."""

from __future__ import annotations

import chemicals  # noqa: F401

from tests.packages import Found

FOUND = [
    Found("chemicals.iapws:iapws95_dPsat_dT", (400.0,)),
    Found("chemicals.iapws:iapws95_d2Ar_dtau2", (2.157, 3.102), (0, 1), order=1),
    Found("chemicals.iapws:iapws97_d2G_dpi2_region1", (0.5, 1.1), (0, 1), order=1),
    Found("chemicals.interface:Pitzer_sigma", (293.0, 633.0, 4530000.0, 0.249), (0, 1, 2, 3)),
    Found("chemicals.volume:Tait", (1e8, 101325.0, 784.85, 79337060.0, 0.099102), (0, 1, 2, 3, 4)),
    Found("chemicals.dippr:EQ106_AB", (300.0, 647.096, 0.0359, -0.000266), (0, 1, 2, 3)),
    Found("chemicals.viscosity:Wilke_prefactors", ([64.06, 46.07],)),
    Found("chemicals.utils:dxs_to_dxsn1", ([-2.651, -2.085, -2.295],)),
]
