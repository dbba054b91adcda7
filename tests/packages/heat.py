"""Heat transfer of ht: correlations with branches."""

from __future__ import annotations

import ht  # noqa: F401

from tests.packages import Found

FOUND = [
    Found("ht.conv_free_immersed:Nu_vertical_plate_Churchill", (0.69, 2.63e9), (0, 1)),
    Found("ht.conv_internal:turbulent_Gnielinski_smooth_1", (1e5, 1.2), (0, 1)),
    Found("ht.conduction:S_isothermal_pipe_normal_to_plane", (0.711, 0.52), (0, 1)),
]
