"""Objects that nothing can be put into, and what they hold is written: that is a part of them."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from tests.programs import Case


@dataclass(frozen=True)
class State:
    v: Any
    rate: float = 0.5


class Path(NamedTuple):
    points: Any
    step: float


def of_a_parameter(state: State, x):
    state.v[0] = x * state.rate
    return np.sum(state.v**2) * x


def list_that_grows(x):
    state = State([x, 2.0 * x])
    state.v.append(x * x)
    return sum(v * v for v in state.v)


def list_in_a_tuple_that_grows(x):
    path = Path([x, 2.0 * x], 0.5)
    path.points.append(x * x * path.step)
    return sum(v * v for v in path.points)


def dict_in_an_object(x):
    state = State({"a": x})
    state.v["b"] = x * x
    return sum(v * len(k) for k, v in state.v.items()) * state.v["b"]


CASES = [
    Case(of_a_parameter, (State(np.array([0.4, 1.2])), 0.7), (0, 1)),
    *(Case(f, (1.3,)) for f in (list_that_grows, list_in_a_tuple_that_grows, dict_in_an_object)),
]
