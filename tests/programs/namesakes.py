"""Functions, methods and fields of the user's that are called as those of arrays are: their names say nothing of what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tests.programs import Case

X = np.array([1.0, 2.0, 3.0])
D = np.arange(6.0).reshape(2, 3) + 1


def flip(a):
    if np.sum(a) > 100:
        return a * 3
    return a * 2.0


def mean(a):
    if len(a) > 100:
        return a
    return a.mean(axis=0)


def where(a, b):
    if len(a) > 100:
        return a
    return np.outer(a, b)


def zeros_like(a):
    if len(a) > 100:
        return a
    return np.ones((4, *a.shape))


def lt(a, b):
    if a > 100:
        return a
    return np.arange(3.0) * b


def no_view(x):
    y = np.zeros(3)
    z = flip(y)
    y[0] = x[1]
    return np.sum(z * x) + np.sum(y * y)


def written_apart(x):
    y = x * 1.0
    z = flip(y)
    z[0] = x[1] * x[2]
    return np.sum(z * x) + np.sum(y * y)


def no_scalar(x):
    w = mean(D)
    return np.sum((x[0] * w) ** 2)


def added_in_a_loop(x):
    w, s = mean(D), x[0]
    for _ in range(2):
        s = s + w * x[1]
    return np.sum(s**2)


def not_like_it(x):
    return np.sum(x * zeros_like(x))


def not_by_element(x):
    return np.sum((x * where(x, x)) ** 2)


def no_test(x):
    return np.sum((x[0] * lt(x[0], 2.0)) ** 2)


CASES = [Case(f, (X,)) for f in (no_view, written_apart, no_scalar, added_in_a_loop, not_like_it, not_by_element, no_test)]


class Weibull:
    def __init__(self, shape, scale):
        self.shape, self.scale = shape, scale


class Body(NamedTuple):
    size: float
    T: float
    mass: float


@dataclass
class Grid:
    w: np.ndarray

    def mean(self):
        return self.w.mean(axis=0)

    def copy(self):
        return Grid(self.w * 2.0)

    def ravel(self):
        return self.w * 2.0

    @property
    def flat(self):
        return self.w * 3.0


def likelihood(p, x):
    return np.sum(p.shape * np.log(x / p.scale) - (x / p.scale) ** p.shape)


def named(p):
    return p.size * p.T**2 + p.mass


def method_of_it(p):
    return np.sum(p.w[0] * p.mean())


def copy_of_it(p):
    p.w[0] = p.w[1] * 2.0
    return np.sum(p.copy().w ** 2)


def written_apart_from_it(p):
    w = p.ravel()
    w[0] = 1.0
    return np.sum(w * p.w)


def annotated(p: Grid):
    return np.sum(p.flat * p.mean() * p.ravel())


def item_of_a_dict(x):
    held = {"k": Weibull(x[0], x[1])}
    return held["k"].shape ** 2 * held["k"].scale


def global_one(x):
    return np.sum((x[0] * GRID.mean()) ** 2)


GRID = Grid(D)
CASES += [
    Case(likelihood, (Weibull(1.5, 2.0), X)),
    Case(named, (Body(2.0, 3.0, 1.0),)),
    *(Case(f, (Grid(np.array([1.0, 2.0, 3.0])),)) for f in (method_of_it, copy_of_it, annotated)),
    Case(written_apart_from_it, (Grid(np.array([1.0, 2.0, 3.0])),), second="a value is read after it was written under another name"),
    Case(item_of_a_dict, (X,)),
    Case(global_one, (X,)),
]


class Pair:
    """Has something by the name of what arrays have."""

    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.size = x * y

    def dot(self, other):
        return self.x * other.x * other.y

    def sum(self):
        return self.x * self.y

    @property
    def T(self):
        return self.y**2

    def copy(self):
        return Pair(2.0 * self.x, self.y)

    def norm(self):
        return self.x * self.y


def array_beside_it(x):
    held = {"pair": Pair(x, 2.0 * x), "array": np.array([x, x * x])}
    a = held["array"]
    return a.dot(a) + held["pair"].norm() + a.T.sum() / a.size


def called_by_its_class(x):
    held = {"pair": Pair(x, 2.0 * x), "other": Pair(x * x, x)}
    return Pair.dot(held["pair"], held["other"])


def list_of_it(x):
    pairs = [Pair(x, x), Pair(x, 2.0 * x)]
    return sum(p.dot(p) + p.sum() * p.T + p.size for p in pairs)


def made_by_a_function(x):
    p = swapped(Pair(x, x * x))
    return p.dot(p) * p.size + p.copy().T


def swapped(p):
    return Pair(p.y, p.x)


def array_of_a_function(x, k=1):
    p = Pair(x, x)
    parts = [np.array([x, p.sum()]), np.array([x * x, 1.0])]
    return sum(a.copy().dot(a) * a.size for a in parts) + chosen(parts, k).T.sum() + parts.copy()[0].real.sum()


def chosen(parts, k):
    return parts[k]


CASES += [Case(f, (1.3,)) for f in (array_beside_it, called_by_its_class, list_of_it, made_by_a_function, array_of_a_function)]
