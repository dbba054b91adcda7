"""A name that is one of two arrays is written, after one of them was read under its own name: the reverse needs what was read."""

import numpy as np

from tests.programs import Case


def either(y, n):
    w, u = np.ones(3), np.zeros(3)
    z = w if n else u
    s = np.sum(np.sin(w * y))
    z[:] = 7.0
    return s * z[0]


def turned(y, n):
    w = np.ones(3)
    z = w[::-1] if not n else w
    s = np.sum(np.sin(w * y))
    z[:] = 7.0
    return s * z[0]


def transposed_or_not(y, n):
    w = np.outer(np.ones(3), y * np.arange(1.0, 4.0))
    if n:
        z = w
    else:
        z = w.T
    s = np.sum(np.sin(w * w))
    z[0] = 7.0 * y
    return s * z[0, 0]


def rebound_in_a_loop(y, n):
    w, u = np.ones(3), np.zeros(3)
    z = u
    s = np.sum(np.sin(w * y))
    for _ in range(n):
        z = w
    z[:] = 7.0
    return s * z[0]


def row_of_a_view(x, y, n):
    w = np.zeros((2, 3))
    v = w[::-1]
    z = v if not n else w
    z[n % 2, n % 3] += np.arctan(max(v[n % 2, n % 3], y.sum()) * x[n % 3])
    np.add.at(z, [0, 1, 1], 0.3 * y.sum())
    return np.sum(z * z)


CASES = [Case(f, (0.3, n)) for f in (either, turned, transposed_or_not, rebound_in_a_loop) for n in (0, 1)]
CASES += [Case(row_of_a_view, (np.array([1.0, 2.0, 3.0]), np.array([0.3, 0.4, 0.5]), n), (0, 1)) for n in (0, 3)]
