"""Contexts that write to what is reached by another name, and contexts that callees enter."""

from contextlib import contextmanager

import numpy as np

from tests.programs import Case

TABLE = np.array([1.0, 2.0])
HELD = {"table": TABLE}


class Settings:
    k = 2.0


class Model:
    def __init__(self, x):
        self.x = x
        self.calls = 0

    def out(self, v):
        self.calls += 1
        return self.x * v


class Tripled:
    def __init__(self, x):
        self.x = x
        self.left = 0

    def __enter__(self):
        self.old = self.x
        self.x = self.x * 3
        return self

    def __exit__(self, *error):
        self.x = self.old
        self.left += 1


class Scaled:
    def __init__(self, values):
        self.values = values

    def __enter__(self):
        self.values[0] *= 2

    def __exit__(self, *error):
        self.values[0] *= 3


class Raised:
    def __init__(self, o):
        self.o = o

    def __enter__(self):
        self.old = self.o.k
        self.o.k = 5.0

    def __exit__(self, *error):
        self.o.k = self.old


class Level:
    depth = [1.0]

    def __init__(self, k):
        self.k = k

    def __enter__(self):
        Level.depth.append(self.k)
        return self

    def __exit__(self, *error):
        Level.depth.pop()


SETTINGS = Settings()


@contextmanager
def table(v):
    old = TABLE.copy()
    TABLE[:] = v
    yield TABLE
    TABLE[:] = old


def found():
    return TABLE


def in_a_view(x):
    v = TABLE[:1]
    w = TABLE.reshape(-1)
    with table(3.0):
        y = x * x * v * w
    return np.sum(y * v)


def as_it_is_given(x):
    with table(3.0) as t:
        y = x * x * t
    return np.sum(y)


def by_a_function(x):
    v = found()
    with table(3.0):
        y = x * x * v * HELD["table"]
    return np.sum(y)


def by_default(x, w=TABLE):
    with table(3.0):
        y = x * x * w
        for v in w:
            y = y * v
    return np.sum(y)


def by_its_class(x):
    c = Level(3.0)
    with c:
        y = x * x * c.depth[-1]
    return y


def of_a_global_object(x):
    with Raised(SETTINGS):
        y = x * x * SETTINGS.k
    return y * SETTINGS.k


def entered(s, x):
    with s:
        return s.x * x


def in_a_callee(x):
    s = Tripled(x * 2)
    y = entered(s, x)
    return s.x * x + y * s.left


def scaled(values, x):
    with Scaled(values):
        y = values[0] * x
    return y


def made_in_a_callee(x):
    values = [x]
    return scaled(values, x) * values[0]


def raised(o, context):
    with context:
        y = o.x * o.x
    return y


class Five:
    def __init__(self, o):
        self.o = o

    def __enter__(self):
        self.old = self.o.x
        self.o.x = 5.0

    def __exit__(self, *error):
        self.o.x = self.old


def in_what_varies(x):
    both = (x, TABLE.reshape(1, 2))
    with table(3.0):
        y = np.sum(both[0] * both[0] * both[1])
    return y + both[0] * both[1][0, 0]


def out_of_what_varies(x):
    v, w = both(x)
    with table(3.0):
        y = np.sum(v * v * w)
    return y + v * w[0]


def both(x):
    return x * x, TABLE[:1]


def given_to_a_callee(x):
    o = Model(x)
    return raised(o, Five(o)) * o.x


CASES = [
    Case(in_a_view, (1.3,)),
    Case(as_it_is_given, (1.3,)),
    Case(by_a_function, (1.3,)),
    Case(by_default, (1.3,)),
    Case(by_its_class, (1.3,)),
    Case(of_a_global_object, (1.3,)),
    Case(in_a_callee, (1.3,)),
    Case(made_in_a_callee, (1.3,)),
    Case(in_what_varies, (1.3,)),
    Case(out_of_what_varies, (1.3,)),
    Case(given_to_a_callee, (1.3,)),
]
