"""Recursion that builds containers of its own, hands its argument on, or goes through other functions."""

from __future__ import annotations

import numpy as np

from tests.programs import Case

X = np.array([0.8, 1.1, 0.6, 1.4])


def coefficients(n, x):
    a = coefficients(n - 1, x) if n else np.zeros(3)
    a[0] += x * n
    a[1] = a[0] * x
    return a


def transformed(a):
    n = len(a)
    if n == 1:
        return a
    even, odd = transformed(a[::2]), transformed(a[1::2])
    out = np.zeros(n)
    out[: n // 2] = even + odd
    out[n // 2 :] = even - odd
    return out


def relaxed(u, n):
    if n == 0:
        return u
    v = u.copy()
    v[1:-1] = 0.5 * (u[:-2] + u[2:])
    return relaxed(v, n - 1)


def first_half(x, n):
    parts = [x]
    parts.append(x * x if n == 0 else second_half(x, n - 1))
    return sum(parts)


def second_half(x, n):
    both = np.zeros(2)
    both[0] = x
    both[1] = first_half(x, n - 1) if n else 1.0
    return both[0] * both[1]


def note(found, v):
    found.append(v)


def noted(x, n):
    found = []
    note(found, x)
    return sum(found) * (noted(x, n - 1) if n else 1.0)


def array_that_comes_back(x):
    return np.sum(coefficients(3, x) ** 2)


def halves_put_together(x):
    b = transformed(x)
    b[0] *= 2.0
    return np.sum(b**2)


def relaxed_and_written(x):
    u = relaxed(x, 3)
    u[0] = x[2]
    u = relaxed(u, 2)
    u[1] *= x[0]
    return np.sum(u * u)


def through_each_other(x):
    return first_half(x, 4)


def helper_that_writes_into_its_own(x):
    return noted(x, 3)


def written_behind_the_recursion(x):
    out = []

    def rec(v, n):
        return v if n == 0 else rec(v * x, n - 1)

    def put(v):
        out.append(rec(v, 2))

    put(x)
    put(2.0 * x)
    return out[0] * out[1]


CASES = [
    Case(array_that_comes_back, (0.7,), second="a value is read after it was written under another name"),
    Case(through_each_other, (0.7,)),
    Case(helper_that_writes_into_its_own, (0.7,)),
    Case(written_behind_the_recursion, (0.7,)),
    Case(halves_put_together, (X,)),
    Case(relaxed_and_written, (X,)),
]
