"""Arrays that a loop may not have made, and that one way through the program varies: on the other way their tangent is zero, of their shape."""

from __future__ import annotations

import math

import numpy as np

from tests.programs import Case


def dotted(x, w):
    k = 0
    while k < 1:
        k += 1
        v = np.ones(3)
    if x > 3:
        v[0] *= math.atan(x)
    return np.dot(v, w)


def matmul(x, w):
    k = 0
    while k < 1:
        k += 1
        v = np.ones(3)
    if x > 3:
        v[0] *= math.atan(x)
    return np.outer(v @ np.diag(w), v) + x


def returned(x, w):
    for _ in range(int(w[1])):
        v = w * 2.0
    if x > 3:
        v = v * x
    u = v
    return u


def doubled(x, w):
    for _ in range(int(w[1])):
        v = w * 2.0
    if x > 3:
        v = v * x
    return (2.0 * v + x) * np.reshape(v, (3, 1)) + np.cumsum(v)


def gone_through(x, w):
    for _ in range(int(w[1])):
        v = w * 2.0
    if x > 3:
        v = v * x
    s = 0.0
    for a in v:
        s += a * a
    return s + sum(v) + x


CASES = [Case(f, (x, np.array([0.0, 1.0, 2.0]))) for f in (dotted, matmul, returned, doubled, gone_through) for x in (0.92, 3.5)]
