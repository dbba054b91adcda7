"""Arrays in named tuples and frozen objects, written there: parts of what cannot be assigned to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pytest

import tangentx as tx
from tests.differences import directional

X = np.array([[2.0, 3.0], [0.5, 1.0]])


class Pair(NamedTuple):
    p: np.ndarray
    q: np.ndarray


@dataclass(frozen=True)
class Fixed:
    p: np.ndarray


def thirded(o, v):
    o.p[0] *= v


def arrays_of_a_named_tuple(x):
    m = Pair(x * 1.0, x * 2.0)
    m.p[0] *= m.q[1]
    m[1][1] = 3.0
    thirded(m, x[1, 1])
    return np.sum(m.p * m.q)


def array_of_a_frozen_object(x):
    m = Fixed(x * x)
    m.p[0] *= x[1]
    thirded(m, x[0, 0])
    return np.sum(m.p * x)


@pytest.mark.parametrize("function", [arrays_of_a_named_tuple, array_of_a_frozen_object])
def test_right_to_second_order(function: Callable[[np.ndarray], float]) -> None:
    direction = np.random.default_rng(3).standard_normal(X.shape)
    expected, error = directional(function, (X,), {0: direction})
    gradient, tangent = tx.grad(function), tx.jvp(function)
    np.testing.assert_allclose(np.sum(gradient(X) * direction), expected, atol=1e-9 + 10 * error)
    np.testing.assert_allclose(tangent(X, x_dot=direction)[1], expected, atol=1e-9 + 10 * error)
    expected, error = directional(lambda x: gradient(x), (X,), {0: direction})
    np.testing.assert_allclose(tx.jvp(gradient)(X, x_dot=direction)[1], expected, atol=1e-8 + 10 * np.max(error))
