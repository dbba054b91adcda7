"""Classes that say what a write to an item does: ``__setitem__``, ``__delitem__``; and with attributes that are called as those of arrays."""

import numpy as np

from tests.programs import Case


class Vector:
    def __init__(self, size):
        self.data = np.zeros(size)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.data[index]

    def __setitem__(self, index, value):
        self.data[index] = value

    def __delitem__(self, index):
        self.data[index] = 0.0

    def __iter__(self):
        return iter(self.data)


class Doubling(Vector):
    def __setitem__(self, index, value):
        super().__setitem__(index, 2.0 * value)


class Lower:
    """The lower triangle of a matrix, as lists of rows."""

    def __init__(self, n):
        self.rows = [np.zeros(k + 1) for k in range(n)]

    def __getitem__(self, place):
        i, j = place
        return self.rows[i][j]

    def __setitem__(self, place, value):
        i, j = place
        self.rows[i][j] = value


class Memo:
    def __init__(self):
        self.known = {}

    def __setitem__(self, key, value):
        self.known[key] = value

    def __getitem__(self, key):
        return self.known[key]

    def has(self, key):
        return key in self.known


def powers(x):
    v = Vector(3)
    for i in range(len(v)):
        v[i] = x ** (i + 1)
    v[0] += x
    v[1] *= v[0]
    v[1:] = v[1:] * x
    return sum(e for e in v) + v[-1]


def swapped(x):
    v = Doubling(3)
    v[0], v[1] = x, x * x
    v[0], v[1] = v[1], v[0]
    v[2] = v[2] = v[0] * x
    del v[1]
    return v[0] * v[2] + v[1]


def given(x, v: Vector):
    v[0] = x * x
    for i in range(1, len(v)):
        if v[i] > 1.0:
            v[i] = v[i] * v[i - 1]
    return np.sum(v.data) * v[0]


def of_a_list(x):
    vectors = [Vector(2), Vector(2)]
    for v in vectors:
        v[0] = x * x
    vectors[1][1] = vectors[0][0] * x
    return vectors[1][1] + vectors[0][0]


def triangle(x):
    m = Lower(3)
    for i in range(3):
        for j in range(i + 1):
            m[i, j] = x ** (i + j + 1)
    m[2, 2] -= m[0, 0]
    return m[2, 2] * m[1, 0]


def fibonacci(x, n):
    memo = Memo()
    memo[0], memo[1] = x, x * x
    for k in range(2, n):
        if not memo.has(k):
            memo[k] = memo[k - 1] + memo[k - 2] * x
    return memo[n - 1]


def in_a_closure(x):
    v = Vector(2)

    def put(i, value):
        v[i] = value * x

    put(0, x)
    put(1, v[0])
    return v[0] + v[1]


class Fluid:
    def __init__(self, temperature, size):
        self.T = temperature
        self.size = size
        self.flat = [0.0, 0.0]


def heated(x, fluid: Fluid):
    fluid.T[0] = x * fluid.size
    fluid.T[1:] *= fluid.T[0]
    fluid.flat[0] = fluid.T[1]
    fluid.size = fluid.size * x
    return np.sum(fluid.T) * fluid.size + fluid.flat[0]


def heated_here(x):
    fluid = Fluid(np.array([x, 2.0 * x]), x)
    fluid.T[0] *= x
    return np.sum(fluid.T) + fluid.T[0] * fluid.size**2


def vector(*values):
    v = Vector(len(values))
    v.data[:] = values
    return v


def fluid():
    return Fluid(np.array([1.0, 2.0, 3.0]), 2.5)


CASES = [
    *(Case(f, (1.3,)) for f in (powers, swapped, of_a_list, triangle, in_a_closure, heated_here)),
    Case(given, (1.3, vector(0.5, 2.0, 0.7)), mixed="v is read after something that it may share memory with was written"),
    Case(given, (1.3, vector(0.5, 2.0, 0.7)), (0, 1), mixed="v is read after something that it may share memory with was written"),
    Case(fibonacci, (1.3, 6)),
    Case(heated, (1.3, fluid())),
    Case(heated, (1.3, fluid()), (0, 1)),
]
