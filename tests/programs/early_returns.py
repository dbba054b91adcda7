"""Functions that are left out of two loops, and what they write before."""

import numpy as np

from tests.programs import Case


def out_of_two_loops(x, n, most):
    s = 0.0
    for _ in range(n):
        for v in x:
            s += v * v
            if s > most:
                return s * v
    return s


def with_a_write(x, most):
    x = x * 2
    k = 0
    while True:
        for i in range(len(x)):
            x[i] *= x[i - 1]
            if x[i] > most:
                return x[0] * x[i]
        k += 1
        if k > 2:
            break
    return x.sum()


def two_results(x, most):
    s, i = with_a_write_and_its_place(x, most)
    return s * (i + 1)


def with_a_write_and_its_place(x, most):
    best = 0.0
    for i in range(len(x)):
        best += x[i]
        for j in range(i):
            if x[i] * x[j] > most:
                return best, i * len(x) + j
    return best, 0


v = np.array([0.7, 0.9, 1.1])
CASES = [
    *(Case(out_of_two_loops, (v, 3, most)) for most in (1.5, 100.0)),
    *(Case(with_a_write, (v, most)) for most in (2.5, 100.0)),
    *(Case(two_results, (v, most)) for most in (0.8, 100.0)),
]
