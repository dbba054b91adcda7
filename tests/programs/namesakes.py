"""Functions of the user's that are called as NumPy's are: their names say nothing of what they do."""

from __future__ import annotations

import numpy as np

from tests.programs import Case

X = np.array([1.0, 2.0, 3.0])
D = np.arange(6.0).reshape(2, 3) + 1


def flip(a):
    if np.sum(a) > 100:
        return a * 3
    return a * 2.0


def mean(a):
    if len(a) > 100:
        return a
    return a.mean(axis=0)


def where(a, b):
    if len(a) > 100:
        return a
    return np.outer(a, b)


def zeros_like(a):
    if len(a) > 100:
        return a
    return np.ones((4, *a.shape))


def lt(a, b):
    if a > 100:
        return a
    return np.arange(3.0) * b


def no_view(x):
    y = np.zeros(3)
    z = flip(y)
    y[0] = x[1]
    return np.sum(z * x) + np.sum(y * y)


def written_apart(x):
    y = x * 1.0
    z = flip(y)
    z[0] = x[1] * x[2]
    return np.sum(z * x) + np.sum(y * y)


def no_scalar(x):
    w = mean(D)
    return np.sum((x[0] * w) ** 2)


def added_in_a_loop(x):
    w, s = mean(D), x[0]
    for _ in range(2):
        s = s + w * x[1]
    return np.sum(s**2)


def not_like_it(x):
    return np.sum(x * zeros_like(x))


def not_by_element(x):
    return np.sum((x * where(x, x)) ** 2)


def no_test(x):
    return np.sum((x[0] * lt(x[0], 2.0)) ** 2)


CASES = [Case(f, (X,)) for f in (no_view, written_apart, no_scalar, added_in_a_loop, not_like_it, not_by_element, no_test)]
