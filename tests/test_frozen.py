"""What cannot be assigned to: arrays in named tuples and frozen objects, written there, and members of enums, of which there is one each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
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


def frozen_objects_in_a_list(x):
    made = [Fixed(x * x), Fixed(x * 2.0)]
    for m in made:
        m.p[0] *= x[1]
    return np.sum(made[0].p * made[1].p)


class Scheme(Enum):
    PLAIN = 1.5
    SCALED = 2.5


class Settings:
    def __init__(self):
        self.rate = 3.0

    def __copy__(self):
        return self


SETTINGS = Settings()


def scaled_by_a_member(p):
    return p["x"] ** 2 * p["scheme"].value * p["settings"].rate


def test_members_and_single_objects_stay() -> None:
    given = {"x": 2.0, "scheme": Scheme.SCALED, "settings": SETTINGS}
    gradient = tx.grad(scaled_by_a_member)(given)
    assert gradient["x"] == 2 * 2.0 * 2.5 * 3.0
    assert gradient["scheme"] is Scheme.SCALED
    assert gradient["settings"].rate == 2.0**2 * 2.5
    assert (Scheme.SCALED.value, SETTINGS.rate) == (2.5, 3.0)


@pytest.mark.parametrize("function", [arrays_of_a_named_tuple, array_of_a_frozen_object])
def test_right_to_second_order(function: Callable[[np.ndarray], float]) -> None:
    direction = np.random.default_rng(3).standard_normal(X.shape)
    expected, error = directional(function, (X,), {0: direction})
    gradient, tangent = tx.grad(function), tx.jvp(function)
    np.testing.assert_allclose(np.sum(gradient(X) * direction), expected, atol=1e-9 + 10 * error)
    np.testing.assert_allclose(tangent(X, x_dot=direction)[1], expected, atol=1e-9 + 10 * error)
    expected, error = directional(lambda x: gradient(x), (X,), {0: direction})
    np.testing.assert_allclose(tx.jvp(gradient)(X, x_dot=direction)[1], expected, atol=1e-8 + 10 * np.max(error))


def test_frozen_objects_in_a_list_are_right_to_first_order() -> None:
    """To second order their classes are not known any more, and Python says that they are frozen."""
    direction = np.random.default_rng(4).standard_normal(X.shape)
    expected, error = directional(frozen_objects_in_a_list, (X,), {0: direction})
    np.testing.assert_allclose(np.sum(tx.grad(frozen_objects_in_a_list)(X) * direction), expected, atol=1e-9 + 10 * error)
    np.testing.assert_allclose(tx.jvp(frozen_objects_in_a_list)(X, x_dot=direction)[1], expected, atol=1e-9 + 10 * error)
