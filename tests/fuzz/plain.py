"""Leaves black out: it takes more time than the compiler itself, and nobody reads these modules."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager

from tangentx import backend

__all__ = ["without_black"]


@contextmanager
def without_black() -> Iterator[None]:
    """Inside, generated modules are printed but not formatted."""
    emit = backend.emit
    backend.emit = functools.partial(emit, format=False)
    try:
        yield
    finally:
        backend.emit = emit
