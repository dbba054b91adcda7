"""Shapes that stand in what varies, as attributes of objects do: numbers of heads, of rows."""

import numpy as np

from tests.programs import Case


class Heads:
    def __init__(self, w, n):
        self.w, self.n = w, n

    def first(self):
        return np.sum(self.w.reshape(-1, self.n)[0] ** 2) / np.sqrt(self.n)


def split_into_heads(x):
    models = {"a": Heads(x, 3), "b": Heads(x * x, 2)}
    return models["a"].first() * models["b"].first()


def rows_in_a_list(x):
    total = 0.0
    for w, n in [(x, 3), (x * x, 2)]:
        total = total + np.sum(w.reshape(-1, n)[0] ** 2)
    return total


CASES = [
    Case(split_into_heads, (np.linspace(-1.0, 1.5, 12),)),
    Case(rows_in_a_list, (np.linspace(-1.0, 1.5, 12),)),
]
