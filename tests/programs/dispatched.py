"""Functions known only while running that take what they are given by position alone, and methods that are chosen by the type of an argument."""

import functools

import numpy as np

from tests.programs import Case


def square(a, /):
    return a * a


def product(a, b, /, c=2.0):
    return a * b * c


def applied(x, f, g):
    return f(x) * g(x, x * x) + g(2.0, x)


class Area:
    @functools.singledispatchmethod
    def of(self, shape):
        return shape * 2.0

    @of.register
    def _(self, shape: list):
        return shape[0] * shape[1]

    @of.register
    def _(self, shape: np.ndarray):
        return np.sum(shape**2)


def areas(x, area):
    return area.of(x) * area.of([x, x * x]) + area.of(np.array([x, 2.0]))


CASES = [
    Case(applied, (1.3, square, product)),
    Case(areas, (1.3, Area())),
]
