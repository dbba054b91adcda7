"""Loops over what Python reads step by step (pairwise, islice, accumulate ...), beside writes to lists that are others."""

import itertools

import numpy as np

from tests.programs import Case


class Buffer:
    """A list of its own, written by a method of a name that arrays have."""

    def __init__(self, values):
        self.values = values

    def clip(self, v):
        self.values[1] = v


def state_by_name(x):
    state = {"a": [x, x * x, x**3], "b": [0.0] * 3}
    for j, v in enumerate(itertools.islice(state["a"], 3)):
        state["b"][j] = v * v
    return sum(state["b"])


def sweeps(x):
    cur = [x, x * x, 2.0 * x]
    for _ in range(2):
        new = [0.0] * 3
        for i, (a, b) in enumerate(itertools.pairwise(cur)):
            new[i] = a + b * b
        cur = new
    return sum(cur)


def rows_of_a_grid(x):
    grid = [[x, x * x, 1.0], [0.0] * 3, [0.0] * 3]
    for i in range(1, 3):
        prev, cur = grid[i - 1], grid[i]
        for j, (a, b) in enumerate(itertools.pairwise(prev)):
            cur[j] = a * b + 1.0
    return sum(v * v for v in grid[2])


def taken_at_once(x):
    ys = [x, x * x, x**3]
    for a, b in itertools.product(ys, ys):
        ys[0] = a * b
    for v in list(itertools.islice(ys, 2)):
        ys[2] = ys[2] * v
    sums = list(itertools.accumulate(ys))
    ys[0] = 7.0 * ys[1]
    return sum(a * b for a, b in zip(sums, ys))


def other_buffer(x):
    buffer, t = Buffer([0.0, 0.0]), 0.0
    for v in itertools.islice([x, x * x, x**3], 2):
        buffer.clip(0.5 * v)
        t += v * buffer.values[1]
    return t


def written_between(x):
    ys, t = [x, x * x, x**3], 0.0
    for k in range(2):
        for a, b in itertools.pairwise(ys):
            t += a * b
        ys[k] = t
    return sum(ys)


def another_row(x, i=1):
    ys, t = [x, x * x, x**3], 0.0
    rows = [ys, [0.0] * 3]
    for a, b in itertools.pairwise(ys):
        rows[i][2] = a * b
        t += a * b
    return t * rows[1][2]


def attribute_of_another(x):
    layers, other = [Buffer([x, 1.0]), Buffer([x * x, 2.0])], Buffer([1.0, x])
    for v in (layer.values[0] * k for layer in layers for k in (1.0, 2.0)):
        other.clip(other.values[1] * v)
    return other.values[1]


def array_beside(x):
    u = x.copy()
    for _ in range(2):
        new = u.copy()
        for i, (a, b) in enumerate(itertools.pairwise(u)):
            new[i] = a * b
        u = new
    return np.sum(u)


CASES = [Case(f, (1.2,)) for f in (state_by_name, sweeps, taken_at_once, other_buffer, written_between, another_row, attribute_of_another)]
CASES += [Case(rows_of_a_grid, (1.2,), mixed="may share memory with was written")]
CASES += [Case(array_beside, (np.array([0.7, 1.3, -0.4]),))]
