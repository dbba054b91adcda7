"""``np.r_`` and ``np.c_``, which join what looks like an index."""

import numpy as np

from tests.programs import Case

X = np.array([0.3, 0.5, 0.7])


def numbers_and_arrays(x):
    return np.sum(np.r_[x, 1.0, x[0] * x[1], 2 * x] ** 2)


def begun_with_zero(x):
    return np.sum(np.r_[0.0, np.cumsum(x)] * np.arange(4.0))


def matrices(x):
    return np.sum(np.r_[np.outer(x, x), np.ones((2, 3))] ** 3)


def of_columns(x):
    return np.sum(np.c_[x, x**2] ** 2) * np.sum(np.c_[np.outer(x, x), x] ** 3)


def one_row(x):
    return np.sum(np.c_[x[0], x[1], 3.0] ** 2)


def written(x):
    y = np.r_[x, x]
    y[2] = x[0]
    return np.sum(y**2)


def lists_in_it(x):
    return np.sum(np.r_[[x[0], x[1]], x] ** 2)


CASES = [Case(f, (X,)) for f in (numbers_and_arrays, begun_with_zero, matrices, of_columns, one_row, written, lists_in_it)]
