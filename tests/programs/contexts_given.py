"""Contexts that write to a global variable what does not depend on the inputs, and hold what does."""

import contextlib

import numpy as np

from tests.programs import Case


class Flags:
    level = 1.0


FLAGS = Flags()
SEEN: list[float] = []
TABLE = {"level": 1.0}
GAINS = [1.0, 2.0]
ROWS = [[1.0, 2.0], [3.0, 4.0]]


class Scaled:
    """Keeps a value, and writes another one to a global variable."""

    def __init__(self, x, level):
        self.x = x
        self.level = level

    def __enter__(self):
        self.old = FLAGS.level
        FLAGS.level = self.level
        return self

    def __exit__(self, *error):
        FLAGS.level = self.old


class InTable:
    def __init__(self, owner, level):
        self.owner, self.level = owner, level

    def set(self, level):
        TABLE["level"] = level

    def __enter__(self):
        self.old = TABLE["level"]
        self.set(self.level)

    def __exit__(self, *error):
        self.set(self.old)


@contextlib.contextmanager
def level(v):
    old = FLAGS.level
    FLAGS.level = v
    try:
        yield
    finally:
        FLAGS.level = old


def holds_what_varies(x):
    s = Scaled(x * x, 3.0)
    with s:
        y = x * FLAGS.level
    return y * s.x


def given_a_number(x, n):
    with Scaled(None, float(n)), level(2.0 * n):
        y = x * x * FLAGS.level
    return y * FLAGS.level


def by_a_method(x, n):
    with InTable([x], n * 1.5):
        y = x * x * TABLE["level"]
    return y * TABLE["level"]


def helper(x):
    return x * FLAGS.level


def read_by_a_helper(x):
    with level(4.0):
        y = helper(x * x)
    with Scaled(x, 5.0):
        y = y * helper(x)
    return y


@contextlib.contextmanager
def gains(v):
    old = list(GAINS)
    GAINS[0] = v
    ROWS[1][0] = v
    yield
    GAINS[:] = old
    ROWS[1][0] = 3.0


def read_whole(v):
    rows = ROWS
    return np.dot(v, GAINS) * np.sum(np.dot(rows, v) * GAINS)


def read_by_items(v):
    total = v[0] * GAINS[0]
    for a, b in zip(v, GAINS):
        total = total + a * b * a
    return total


def by_what_is_known_while_running(x, f):
    with gains(5.0):
        y = f(x * x)
    return y * f(x)


X = np.array([0.7, 1.3])
CASES = [
    Case(by_what_is_known_while_running, (X, read_whole)),
    Case(by_what_is_known_while_running, (X, read_by_items)),
    Case(holds_what_varies, (0.7,)),
    Case(given_a_number, (0.7, 3)),
    Case(by_a_method, (0.7, 3)),
    Case(read_by_a_helper, (0.7,)),
]
