"""Attributes that an object may lack, read with a default; and namespaces, which have those that they are given."""

from types import SimpleNamespace

import numpy as np

from tests.programs import Case

X = np.array([0.7, -1.3, 2.1])
CONFIG = SimpleNamespace(rate=0.3)


class Model:
    scale = 2.0

    def __init__(self, w):
        self.w = w

    @property
    def twice(self):
        return 2 * self.w


def rate_of(model, x):
    return getattr(model, "rate", x[0]) * getattr(model, "w", x[2])


def default_taken(x):
    m = Model(x[0])
    rate = getattr(m, "rate", x[1])
    return rate * m.w


def default_taken_of_arrays(x):
    m = Model(x)
    return (getattr(m, "rate", x * x) * m.w).sum()


def default_not_taken(x):
    m = Model(x[1])
    return getattr(m, "w", x[0]) * getattr(m, "twice", x[0]) * getattr(m, "scale", x[2])


def default_in_a_helper(x):
    return rate_of(Model(x[1]), x)


def attribute_set_in_one_arm(x):
    m = Model(x[0])
    if x[1] < 0:
        m.rate = x[2]
    return getattr(m, "rate", x[1]) * m.w


def attribute_set_in_a_loop(x):
    m, total = Model(x[0]), 0.0
    for _ in range(3):
        total = total + getattr(m, "last", x[1])
        m.last = x[2] * total
    return total * m.w


def default_of_an_argument(x, m):
    return getattr(m, "w", x[0]) * getattr(m, "bias", x[1]) * x[2]


def default_of_a_known_argument(x, m: Model):
    return getattr(m, "w", x[0]) * getattr(m, "bias", x[1]) * x[2]


def none_by_default(x, m):
    bias = getattr(m, "bias", None)
    y = x[0] * m.w
    if bias is not None:
        y = y + bias * x[1]
    return y


def default_of_a_global(x):
    return getattr(CONFIG, "rate", x[0]) * x[1] + getattr(CONFIG, "momentum", x[2]) * x[1]


def default_of_none(x, options=None):
    return x[0] * getattr(options, "scale", 2.0)


def default_of_an_array(x):
    return getattr(x, "weights", x[0]) * getattr(x, "size", x[2]) + getattr(x, "T", x[0])[2]


def namespace_filled(x):
    found = SimpleNamespace()
    found.a = x
    found.b = found.a * x[0]
    return (found.a * found.b).sum()


def namespace_as_argument(given, x):
    return (given.a * given.b).sum() * x[0]


def namespace_written(given, x):
    given.a[0] = x[0] * given.b[1]
    given.b = given.a * given.b
    return (given.a * given.b).sum()


FUNCTIONS = (
    default_taken, default_taken_of_arrays, default_not_taken, default_in_a_helper, attribute_set_in_one_arm, attribute_set_in_a_loop,
    default_of_a_global, default_of_none, default_of_an_array, namespace_filled,
)  # fmt: skip
CASES = [
    *(Case(f, (X,)) for f in FUNCTIONS),
    *(Case(f, (X, Model(2.0)), wrt=(0, 1)) for f in (default_of_an_argument, default_of_a_known_argument, none_by_default)),
    Case(namespace_as_argument, (SimpleNamespace(a=X, b=2.0 * X), X), wrt=(0, 1)),
    Case(namespace_written, (SimpleNamespace(a=X, b=2.0 * X), X), wrt=(0, 1)),
    Case(namespace_written, (SimpleNamespace(a=X, b=2.0 * X), X), wrt=(1,)),
]
