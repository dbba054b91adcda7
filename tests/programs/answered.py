"""What objects answer whose class is known only while running: modules in their fields, ``__getattr__`` that answers any name, comparisons."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import numpy as np

from tests.programs import Case

RATE = 0.7


class Answers:
    """It has an answer to every name but those of Python's own."""

    def __init__(self, v):
        self.v = v

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return 3.0


class Behind:
    """It hands on what it is asked for."""

    def __init__(self, inner):
        self.inner = inner

    def __getattr__(self, name):
        if name.startswith("__") or name == "inner":
            raise AttributeError(name)
        return getattr(self.inner, name)


class Money:
    def __init__(self, v):
        self.v = v

    def __lt__(self, x):
        return bool(self.v < x)

    def __eq__(self, x):
        if not isinstance(x, Money):
            return NotImplemented
        return np.allclose(self.v, x.v) and self is not None

    __hash__ = None


class Doubled:
    def __init__(self, v):
        self.v = v

    def __array__(self, dtype=None, copy=None):
        return 2.0 * np.asarray(self.v)


def squashed(x):
    return np.tanh(x) * RATE


def scaled(x, k=2.0):
    return x * x * k


def own_field(o, x):
    return o.v * x * o.v


def handed_on(o, x):
    return o.inner.v * x * o.inner.v


def of_a_module(x, name):
    return KITS[name].squashed(x) + KITS[name].scaled(x, k=1.5)


def of_a_module_by_a_name(x, name):
    act = KITS[name].squashed
    return act(x) * x


def masked(x, money):
    return (money < x) * x * x


def masked_by_way(x, money):
    cheap = money < x
    weights = [cheap, 2.0]
    return weights[0] * x + weights[1] * x * x


def met_by_numpy(x, o):
    return np.add(x, o) * np.dot(x, o)


KITS = {"here": sys.modules[__name__]}
X = np.array([0.4, -1.3, 2.2])

CASES = [
    Case(own_field, (Answers(1.4), 0.6), (0, 1)),
    Case(handed_on, (Behind(SimpleNamespace(v=1.4)), 0.6), (0, 1)),
    Case(of_a_module, (1.2, "here")),
    Case(of_a_module_by_a_name, (1.2, "here")),
    Case(masked, (1.2, Money(0.7))),
    Case(masked, (1.2, 0.7)),
    Case(masked_by_way, (1.2, Money(0.7))),
    Case(met_by_numpy, (X, Doubled(X))),
]
