"""Annotations that do not say all: None is meant, too, and decides no test for None; a whole number is meant, but a fraction is given."""

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


def scaled(a, n: int):
    b = a * n
    return b * b


def a_fraction_for_a_whole_number(x):
    return scaled(2.0, x)


def quoted(n: "int", twice: bool = False):
    b = n * 2.0
    return b * b * (1 + twice)


def quoted_and_given_on(x):
    return sum(map(quoted, [x, x * x])) + quoted(x, twice=x)


def steps_of(t: float, steps: int):
    h = 1.0 / steps
    return t * h + h * h


def a_step(x):
    return steps_of(2.0, steps=x)


def waves(a, n: int):
    b = np.sin(n) * a
    return np.sum(b * b)


def an_array(x):
    return waves(2.0, x) + waves(3, 2)


class Scale:
    def of(self, n: int):
        b = 2.0 * n
        return b * b


def by_a_method(x, s):
    return Scale().of(x) * s.of(x * x)


def given_to_what_is_given(x, f):
    return f(x) * x


CASES = [
    Case(default_none, (0.7,)),
    Case(default_none, (0.7, 2)),
    Case(default_none_replaced, (0.7,)),
    Case(none_for_a_number, (0.7, None)),
    Case(weights, (X,)),
    Case(weights, (X, 2 * X)),
    Case(of_a_helper, (0.7,)),
    Case(asked_before, (0.7, None)),
    Case(a_fraction_for_a_whole_number, (1.3,)),
    Case(quoted_and_given_on, (1.3,)),
    Case(a_step, (1.3,)),
    Case(an_array, (X,)),
    Case(by_a_method, (1.3, Scale())),
    *(Case(given_to_what_is_given, (1.3, f)) for f in (quoted, Scale().of)),
]
