"""Linear algebra and transforms: what is refused while running, and the limits that the samples of the table do not reach."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import tangentx as tx

RNG = np.random.default_rng(3)
M = RNG.normal(size=(3, 3)) + 3.0 * np.eye(3)
T = RNG.normal(size=(2, 3, 4))


def grown_twice(x: Any) -> Any:
    return np.sum(np.real(np.fft.fftn(x, (3, 5), (1, 1))))


def real_twice(x: Any) -> Any:
    return np.sum(np.real(np.fft.rfftn(x, axes=(1, -2))))


@pytest.mark.parametrize(
    ("f", "x", "reason"),
    [
        (grown_twice, T, "an axis twice, in two sizes"),
        (real_twice, T, "an axis twice"),
    ],
)
def test_refused_while_running(f: Any, x: Any, reason: str) -> None:
    assert np.isfinite(f(x))
    with pytest.raises(NotImplementedError, match=reason):
        tx.grad(f)(x)
