"""What a compiler would be tempted to assume, and Python does not: of annotations, keys, operators, real parts."""

from __future__ import annotations

import math

import numpy as np

from tests.programs import Case

X = np.array([0.5, 1.5, 0.3])


class Gate:
    def __init__(self, v):
        self.v = v

    def __and__(self, o):
        return self.v * o

    def __rxor__(self, o):
        return self.v**2 * o

    def __lshift__(self, o):
        return self.v * o * o

    def __round__(self, n=None):
        return self.v * 2.0

    def __abs__(self):
        return self.v * 3.0

    def __floor__(self):
        return self.v * 5.0


def own_operators(x, y):
    return (Gate(x) & y) + (y ^ Gate(x)) + (Gate(x) << y)


def own_rounding(x):
    return round(Gate(x)) * abs(Gate(x)) + math.floor(Gate(x))


def asked_for_all_the_same(n: int):
    return n * n * 0.5


def one_key_twice(x):
    return {"a": x, "a": x * x}["a"]  # noqa: F601


def keys_that_are_equal(x, i, j):
    d = {i: x, j: x * x}
    return d[i]


def decays(u: float, k: float) -> None:
    u *= k


def writes_what_is_no_number(x, k):
    u = x + 1.0
    decays(u, k)
    return u.sum()


def part_before_the_whole(x):
    z = x * np.exp(1j * x)
    return z[1].imag + z.real[2]


def phase_and_real_part(x):
    z = np.fft.fft(x)
    return np.angle(z[1]) + np.sum(z.real)


CASES = [
    Case(own_operators, (2.0, 3.0), (0, 1)),
    Case(own_rounding, (2.0,)),
    Case(asked_for_all_the_same, (2.5,)),
    Case(one_key_twice, (3.0,)),
    Case(keys_that_are_equal, (3.0, 1, 1)),
    Case(keys_that_are_equal, (3.0, 1, 2)),
    Case(writes_what_is_no_number, (X, 0.5), (0, 1)),
    Case(part_before_the_whole, (X,)),
    Case(phase_and_real_part, (X,)),
]
