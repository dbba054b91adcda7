"""What functions return that are known only while running, and that is written then: it is nobody else's."""

import numpy as np

from tests.programs import Case

RATES = np.array([[1.0, 0.2], [0.3, 0.5]])


def held_at_the_edge(x, slope):
    y = np.array([x, 1.0])
    dy = slope(y)
    dy[0] = 0.0
    return np.sum(dy**2) * x


def filled(x, make):
    rows = make(2)
    rows[0] = x * x
    rows[1] = x * rows[0]
    return np.sum(rows)


def listed(x, pair):
    values = pair(x)
    values.append(x**3)
    return sum(v * v for v in values)


class Work:
    def __init__(self):
        self.rows = np.zeros(2)

    def __call__(self):
        return self.rows


def of_an_object(x, work):
    rows = work()
    rows[0] = x * x
    return np.sum(rows) * x


CASES = [
    Case(held_at_the_edge, (1.3, lambda y: RATES @ y * y)),
    Case(filled, (1.3, np.zeros)),
    Case(filled, (1.3, lambda n: np.full(n, RATES[0, 1]))),
    Case(listed, (1.3, lambda x: [x, RATES[0, 0] * x]), second="a part of an array is written that is a copy, not a view"),
    Case(of_an_object, (1.3, Work())),
]
