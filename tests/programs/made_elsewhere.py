"""Arrays that are made of constants, of global arrays or by lists of places, and then written: they are nobody else's."""

import numpy as np

from tests.programs import Case

X = np.array([0.3, 0.5, 0.7])
POINTS = np.linspace(0.0, 1.0, 3)


def stiffness(n):
    a = np.zeros((n, n))
    a[0, 0] = 1.0
    return a


def decay(a):
    return np.exp(-a)


def kernel(a, b):
    return np.exp(-0.5 * (a[:, None] - b[None, :]) ** 2)


def of_constants(x):
    k = stiffness(3)
    k[0, 0] += x[0]
    return (k * k).sum()


def of_a_global_array(x):
    k = decay(POINTS)
    k[0] = x[0]
    return np.sum(k * k)


def of_an_array_made_here(x):
    k = decay(np.linspace(0.0, 1.0, 3))
    k[0] += x[0]
    return np.sum(k * k)


def gaussian_process(x):
    k = kernel(POINTS, POINTS)
    k[np.diag_indices_from(k)] += x[0] ** 2
    return np.sum(np.linalg.inv(k)[0])


def gaussian_process_with_a_scale(x):
    k = kernel(POINTS * x[1], POINTS)
    k[np.diag_indices_from(k)] += x[0] ** 2
    return np.sum(np.linalg.inv(k)[0])


def sorted_by_places(x):
    s = x[np.argsort(x)]
    s[0] = 0.0
    places = np.argsort(-x)
    t = x[places]
    t[1] *= 2
    return np.sum(s * x * t)


def found_places(x):
    s = x[np.where(x > 0.4)[0]]
    s[0] = 1.0
    t = x[np.flatnonzero(x > 0.4)]
    t += 1.0
    return np.sum(s) * np.sum(t * t)


CASES = [
    Case(f, (X,))
    for f in (
        of_constants, of_a_global_array, of_an_array_made_here, gaussian_process, gaussian_process_with_a_scale,
        sorted_by_places, found_places,
    )
]  # fmt: skip
