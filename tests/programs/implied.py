"""Annotations that do not say that None is meant, too, though it is: what they say decides no test for None."""

import numpy as np

from tests.programs import Case

X = np.array([0.3, 0.5, 0.7])


def default_none(x: float, n: int = None):
    return (2.0 if n is None else 3.0) * x * x


def default_none_replaced(x: float, length: float = None):
    length = 1 if length is None else length
    return x * x * length


def none_for_a_number(x, n: float):
    if n is None:
        n = 3.0
    return x * n * x


def weights(x: np.ndarray, w: np.ndarray = None):
    if w is None:
        w = np.ones_like(x)
    return np.sum(w * x * x)


def of_a_helper(x):
    return default_none(x) * none_for_a_number(x, None) + default_none(x, n=2)


def asked_before(x: float, n: int):
    missing = n is None
    return x * x * (2.0 if missing else 3.0)


CASES = [
    Case(default_none, (0.7,)),
    Case(default_none, (0.7, 2)),
    Case(default_none_replaced, (0.7,)),
    Case(none_for_a_number, (0.7, None)),
    Case(weights, (X,)),
    Case(weights, (X, 2 * X)),
    Case(of_a_helper, (0.7,)),
    Case(asked_before, (0.7, None)),
]
