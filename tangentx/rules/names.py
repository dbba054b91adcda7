"""Which modules are counted, which names have no numbers in them, and what is differentiated from its own source.

``FROM_SOURCE`` names only what ``tests/test_coverage.py`` has an example of, in both modes.
"""

from __future__ import annotations

__all__ = ["FROM_SOURCE", "LIBRARIES", "UNCOUNTED"]

LIBRARIES = (
    "numpy", "numpy.ndarray", "numpy.linalg", "numpy.fft", "math", "cmath", "operator", "builtins",
    "scipy.special", "scipy.linalg", "scipy.fft", "scipy.signal", "scipy.stats", "scipy.integrate", "scipy.interpolate",
)  # fmt: skip
FROM_SOURCE: dict[str, tuple[str, ...]] = {}
UNCOUNTED: dict[str, dict[str, tuple[str, ...]]] = {}
