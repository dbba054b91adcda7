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


def flat_vectors(x: Any) -> Any:
    return np.sum(np.cross(x[:, :2], x))


def subscripts_in_lists(x: Any) -> Any:
    return np.sum(np.einsum(M, [0, 1], x, [1, 2]))


@pytest.mark.filterwarnings("ignore:Arrays of 2-dimensional")
@pytest.mark.parametrize(
    ("f", "x", "reason"),
    [
        (grown_twice, T, "an axis twice, in two sizes"),
        (real_twice, T, "an axis twice"),
        (flat_vectors, M, "two components"),
        (subscripts_in_lists, M, "subscripts in lists"),
    ],
)
def test_refused_while_running(f: Any, x: Any, reason: str) -> None:
    assert np.isfinite(f(x))
    with pytest.raises(NotImplementedError, match=reason):
        tx.grad(f)(x)


def test_active_subscripts_are_refused() -> None:
    with pytest.raises(NotImplementedError, match="with respect to 'subscripts'"):
        tx.grad(lambda x: np.sum(np.einsum(x, [0, 1], x, [1, 2])))
    with pytest.raises(NotImplementedError, match="with respect to 'subscripts'"):
        tx.grad(lambda x: np.sum(np.einsum(x, [0, 1])))
