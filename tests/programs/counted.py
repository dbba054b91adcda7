"""Lists that are repeated as often as a whole number says that stands among what is differentiated: a count never varies."""

from dataclasses import dataclass, field

import numpy as np

from tests.programs import Case


@dataclass
class Config:
    x: float
    n: int
    sizes: list = field(default_factory=lambda: [2, 3])


def mask(d):
    ones = [1.0] * d["n"]
    return sum(m * d["x"] ** 2 for m in ones)


def buffer(d):
    buf = d["n"] * [0.0]
    buf[0] = d["x"]
    buf.append(d["x"] ** 2)
    return buf[0] ** 2 * buf[3]


def places(d):
    out = [None] * d["n"]
    for i in range(d["n"]):
        out[i] = d["x"] ** i
    return sum(out)


def round_and_round(d):
    sums = [0.0] * d["n"]
    for k in range(4):
        sums[k % d["n"]] += d["x"] * k
    return sum(s * s for s in sums)


def indices_and_weights(d):
    ones, total = [1.0] * d["n"], 0.0
    for i, m in enumerate(ones):
        total += m * i * d["x"] ** 2
    return total + len(ones) * d["x"] + np.dot(ones, ones) * d["x"]


def zeros(n):
    return [0.0] * n


def by_a_helper(d):
    buf = zeros(d["n"])
    buf[1] = d["x"]
    return buf[1] ** 3


def some_items(d):
    start = [0.0] if d["x"] > 0 else [1.0, 2.0]
    buf = start * max(d["n"], 2)
    buf[1] = d["x"]
    return buf[1] ** 2 + buf[0]


def joined_to_others(d):
    return np.sum(np.array([1.0] + [0.5] * (d["n"] - 1)) * d["x"] ** 2)


def unpacked(pair):
    x, n = pair
    buf = [0.0] * (n + 1)
    buf[n] = x
    return buf[n] ** 2 + buf[0]


def of_fields(c):
    square = [[0.0] * c.n for _ in range(c.n)]
    for i in range(c.n):
        square[i][i] = c.x
    return square[0][0] * square[1][1] * np.sum(np.array([2.0] * c.n) * c.x)


def tuples_of_fields(c):
    return sum((1.0,) * c.n) * c.x**2 + np.sum(np.array([0.0] * c.sizes[0] + [1.0]) * c.x)


def patterns(c):
    return (np.array([1.0, 2.0] * c.n) @ np.array([c.x, 2.0] * c.n)) ** 2


def arrays_and_lists(d):
    return np.sum([1.0, 2.0] * d["w"] * d["w"]) + np.sum(d["w"] ** 2 * (2.0, 3.0))


def one_item_and_an_array(x):
    return np.sum([2.0] * x * x)


IN_DICTS = (mask, buffer, places, round_and_round, indices_and_weights, by_a_helper, some_items, joined_to_others)

CASES = [Case(f, ({"x": 1.5, "n": 3},)) for f in IN_DICTS]
CASES += [Case(unpacked, ((1.5, 3),)), Case(arrays_and_lists, ({"w": np.array([0.5, 0.7])},))]
CASES += [Case(f, (Config(1.5, 2),)) for f in (of_fields, tuples_of_fields, patterns)]
CASES += [Case(one_item_and_an_array, (np.array([0.5, 0.7]),))]
