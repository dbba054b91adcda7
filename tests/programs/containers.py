"""Lists of pairs and of lists: adjoints of items are added item by item."""

import numpy as np

from tests.programs import Case


def layers(params, x):
    for w, b in params:
        x = np.tanh(x @ w + b)
    return np.sum(x * x)


def items_of_items(ps):
    t = 0.0
    for i in range(len(ps)):
        t = t + ps[i][0] * ps[i][1]
    return t


def rows_as_lists(ps):
    t = 0.0
    for p in ps:
        t += p[0] * p[1]
    return t


rng = np.random.default_rng(4)
CASES = [
    Case(layers, ([(rng.normal(size=(2, 2)), rng.normal(size=2)), (rng.normal(size=(2, 2)), rng.normal(size=2))], rng.normal(size=2)), (1,)),
    Case(items_of_items, ([[0.3, 2.0], [1.5, 0.7]],)),
    Case(rows_as_lists, ([[0.3, 2.0], [1.5, 0.7]],)),
]
