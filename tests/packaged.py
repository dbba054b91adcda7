"""A package's functions, for ``tests/errors``: their lines stay where they are, whatever is installed."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["packed"]


def packed(x: Any) -> Any:
    """Calls what has no derivative."""
    return np.packbits(x * x)[0]
