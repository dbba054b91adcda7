"""Finance of numpy_financial."""

from __future__ import annotations

import numpy_financial  # noqa: F401

from tests.packages import Found

FOUND = [
    Found("numpy_financial:pmt", (0.075 / 12.0, 180.0, 200000.0), (0, 1, 2)),
    Found("numpy_financial:pv", (0.05 / 12.0, 120.0, -100.0, 15692.93), (0, 1, 2, 3)),
    Found("numpy_financial:fv", (0.05 / 12.0, 120.0, -100.0, -100.0), (0, 1, 2, 3)),
    Found("numpy_financial:nper", (0.07 / 12.0, -150.0, 8000.0), (0, 1, 2)),
    Found("numpy_financial:npv", (0.08, [-40000.0, 5000.0, 8000.0, 12000.0, 30000.0]), (0, 1)),
]
