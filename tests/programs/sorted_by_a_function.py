"""Functions that sort what they are given: who calls them reads it sorted."""

from __future__ import annotations

import numpy as np

from tests.programs import Case

X = np.array([0.9, 0.6, 1.3])


def middle(v):
    v.sort()
    return v[1]


def middle_of_an_array(v: np.ndarray):
    w = v
    w.sort()
    return w[1]


def largest_first(vs: list):
    vs.sort(reverse=True)


def by_distance(vs: list):
    vs.sort(key=lambda v: (v - 1.0) ** 2)
    return vs[0]


def read_after(x):
    z = x * 1.0
    return middle(z) * z[0] + 3.0 * z[0]


def of_an_array(x):
    z = x * 1.0
    a = middle_of_an_array(z[:2])
    return a * a + z[0] * z[2]


def of_a_list(x):
    zs = [v * v for v in x]
    largest_first(zs)
    return zs[0] * 2.0 + zs[1] * zs[2]


def by_a_key(x):
    zs = list(x)
    a = by_distance(zs)
    return a * zs[0] + 2.0 * zs[1]


CASES = [Case(f, (X,)) for f in (read_after, of_an_array, of_a_list, by_a_key)]
