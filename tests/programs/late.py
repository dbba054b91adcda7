"""Generators, iterators and views that read later what they were given, where nothing that they read varies then."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np

from tests.programs import Case

X = np.array([0.7, 1.3, -0.4, 0.9])


class Sim:
    def __init__(self, dt):
        self.s = 0.0
        self.n = 3
        self.dt = dt
        self.trace = []

    def times(self):
        for k in range(self.n):
            yield (k + 1) * self.dt

    def step(self, force):
        self.s = self.s + self.dt * force

    def energy(self, v):
        return self.s * self.s + v


def halves(y):
    for v in y:
        yield 0.5 * v


def batches(data, n):
    for i in range(0, len(data), n):
        yield data[i : i + n]


def attributes_that_it_does_not_read(x):
    sim, t = Sim(0.1), 0.0
    for v in sim.times():
        sim.s = sim.s + x[0] * v
        t += sim.s * v
    return t


def attributes_beside_one_that_varies(x):
    sim, t = Sim(x[2]), 0.0
    for v in sim.times():
        sim.s = sim.s + x[0] * v
        t += sim.energy(v)
    return t


def methods_that_write_others(x):
    sim, t = Sim(0.1), 0.0
    for v in sim.times():
        sim.step(x[0] * v + x[1])
        t += sim.energy(v)
    return t


def written_before(x):
    y = np.zeros(4)
    y[1] = 5 * x[1]
    return sum(v * v for v in halves(y))


def written_behind(x):
    y, t = np.ones(4), 0.0
    for v in halves(y):
        t += v * x[0]
    y[1] = 5 * x[1]
    return t * np.sum(y)


def trained_on_batches(x):
    w, t, losses = x.copy(), 0.0, []
    for b in batches(np.arange(8.0), 4):
        r = b * w
        losses.append(np.sum(r**2))
        w -= 0.01 * r
        t += losses[-1]
    return t


def constants_written_before_the_zip_is_read(x):
    y = [0.0, 0.0]
    pairs = zip(y, [1.0, 2.0])
    y[1] = 3.0
    return x[0] ** 2 * sum(a * b for a, b in pairs)


def constants_written_before_the_filter_is_read(x):
    y = [1.0, 2.0]
    kept = filter(None, y)
    y[0] = 5.0
    return x[0] ** 2 * sum(kept)


def mapped_behind_the_write(x):
    y = [0.0, 0.0]
    y[1] = 3.0
    g = map(math.exp, y)
    return x[0] ** 2 * sum(g)


def zip_of_constants_beside_a_write(x):
    pairs = zip(["a", "b"], [1.0, 2.0])
    d = {}
    for k, v in pairs:
        d[k] = v * x[0]
    return d["a"] * d["b"]


def numbered_elements_put_elsewhere(x):
    out = np.zeros(4)
    for i, v in np.ndenumerate(np.arange(4.0)):
        out[i] = v * x[0]
    return np.sum(out * out)


def view_of_a_dict_of_constants(x):
    d, out = MappingProxyType({"k": 2.0}), {}
    out["v"] = x[0] * d["k"]
    return out["v"] ** 2


CASES = [
    Case(f, (X,))
    for f in (
        attributes_that_it_does_not_read, attributes_beside_one_that_varies, methods_that_write_others, written_before,
        written_behind, trained_on_batches, constants_written_before_the_zip_is_read, constants_written_before_the_filter_is_read,
        mapped_behind_the_write, zip_of_constants_beside_a_write, numbered_elements_put_elsewhere, view_of_a_dict_of_constants,
    )
]  # fmt: skip
