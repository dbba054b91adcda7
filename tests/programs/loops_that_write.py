"""Loops over a display whose items the body writes by names of their own: the next item shows that."""

from __future__ import annotations

import numpy as np

from tests.programs import Case

X = np.array([0.7, 1.3, -0.4])


class Cell:
    def __init__(self, v):
        self.v = v


class Net:
    def __init__(self, a, b, shared):
        self.layers = [a, b]
        self.shared = shared


def array_that_comes_twice(x):
    b = x * x
    s = 0.0
    for e in (b, b):
        s += np.sum(e * e)
        b[1] = s
    return s


def array_that_comes_twice_by_number(x):
    b, c = x * x, x * 3
    s = 0.0
    for (i, e), w in zip(enumerate([b, c, b]), [1.0, 2.0, 3.0]):
        s += i * w * np.sum(e * e)
        b[1] = 0.1 * s
    return s


def layer_learns_between_its_turns(x: np.ndarray):
    w, v, h = x * x, x * 2, x
    for layer in (w, v, w):
        h = h * layer
        w -= 0.1 * h * w
    return np.sum(h)


def views_of_one_matrix(x):
    m = np.outer(x, x)
    s = 0.0
    for r, c in [(m[0], m[:, 1]), (m[1], m[:, 0])]:
        s = s + np.sum(r * c)
        m[1, 1] = s
    return s


def parts_that_overlap(x):
    w = x * x
    s = 0.0
    for r in (w[:2], w[1:], w):
        s += np.sum(r * r)
        w[1] = s
    return s


def list_that_comes_twice(x):
    xs = [x, x * x]
    s = 0.0
    for p in (xs, xs):
        s += p[0] * p[-1]
        xs.append(s)
    return s


def pairs_of_dicts(x):
    a, b = {"v": x}, {"v": x * x}
    e = 0.0
    for p, q in ((a, b), (b, a)):
        e = e + p["v"] * q["v"]
        a["v"] = a["v"] + 0.1 * b["v"]
    return e


def in_a_comprehension(x):
    v, w = x * x, x * 3

    def update(q):
        v[0] = np.sum(q)
        return v[0] * 2

    return sum([update(q) for q in (w, v)])


def one_that_is_not_among_the_layers(x):
    n, h = Net(Cell(x), Cell(x * x), Cell(3 * x)), x
    for layer in n.layers:
        h = h * layer.v
        n.shared.v = n.shared.v + h
    return h * n.shared.v


def all_but_the_first(x):
    rows = [x * (i + 1) for i in range(3)]
    total = rows[0]
    for row in rows[1:]:
        total += row * row
    return np.sum(total)


CASES = [
    Case(array_that_comes_twice, (X,)),
    Case(array_that_comes_twice_by_number, (X,)),
    Case(layer_learns_between_its_turns, (X,)),
    Case(views_of_one_matrix, (X,)),
    Case(parts_that_overlap, (X,)),
    Case(list_that_comes_twice, (0.8,)),
    Case(pairs_of_dicts, (0.8,)),
    Case(in_a_comprehension, (X,)),
    Case(one_that_is_not_among_the_layers, (0.8,)),
    Case(all_but_the_first, (X,)),
]
