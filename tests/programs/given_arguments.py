"""Decorated functions with defaults, whose wrappers look at what they were given: a default of the function behind it is not given."""

from __future__ import annotations

import functools
import logging

import numpy as np

from tests.programs import Case


def squares(parts):
    return sum(np.sum(p * p) for p in parts)


def squares_of(*parts):
    return sum(np.sum(p * p) for p in parts)


def plus_sum(a, b):
    return a + np.sum(b)


def with_loop(f):
    @functools.wraps(f)
    def wrapper(*params):
        return f(*params) + 0.1 * sum(np.sum(p * p) for p in params)

    return wrapper


def with_a_rate(rate):
    def with_loop(f):
        def wrapper(*params):
            return f(*params) + rate * sum(np.sum(p * p) for p in params)

        return wrapper

    return with_loop


def with_the_last(f):
    def wrapper(*args):
        return f(*args) * np.sum(args[-1])

    return wrapper


def with_the_rest(f):
    def wrapper(*args):
        first, *others = args
        return f(*args) * (1.0 + sum(others))

    return wrapper


def with_names(f):
    def wrapper(*args):
        scale = 0.0
        for name, a in zip(("x", "b"), args):
            scale = scale + len(name) * np.sum(a)
        return f(*args) * scale

    return wrapper


def with_an_array(f):
    def wrapper(*args):
        return f(*args) * np.sum(np.array([np.sum(a) for a in args]))

    return wrapper


def reduced(f):
    def wrapper(*args):
        return f(*args) * functools.reduce(plus_sum, args, 0.0)

    return wrapper


def handed_elsewhere(f):
    def wrapper(*args):
        return f(*args) * squares(args)

    return wrapper


def spread_elsewhere(f):
    @functools.wraps(f)
    def wrapper(*args):
        return f(*args) * squares_of(*args)

    return wrapper


def doubled(f):
    def wrapper(*args):
        args = [2.0 * np.asarray(a) for a in args]
        return f(*args)

    return wrapper


def counted(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        return f(*args, **words) * (len(args) + 10.0 * len(words))

    return wrapper


def with_a_default(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        return f(*args, **{"b": 7.0, **words})

    return wrapper


def with_values(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        out = f(*args, **words)
        for v in words.values():
            out = out * v
        return out

    return wrapper


def sets_a_default(f):
    def wrapper(*args, **words):
        words.setdefault("b", 7.0)
        return f(*args, **words)

    return wrapper


def asks(f):
    def wrapper(*args, **words):
        if "b" in words:
            return 3.0 * f(*args, **words)
        return f(*args, **words)

    return wrapper


def with_its_own(f):
    @functools.wraps(f)
    def wrapper(*args, b=5.0, **words):
        return f(*args, b=b, **words)

    return wrapper


def plain(f):
    def wrapper(*args, **words):
        return f(*args, **words)

    return wrapper


def only_positions(f):
    def wrapper(*args):
        return f(*args)

    return wrapper


def loss(x, b=0.5):
    return b * np.sum(x * x)


def weighed(x, y=np.ones(2)):
    return np.sum(x * x * y)


def by_word(x, *, b=0.5):
    return b * np.sum(x * x)


def with_squares(method):
    @functools.wraps(method)
    def wrapper(self, *args):
        return method(self, *args) + squares(args)

    return wrapper


class Model:
    def __init__(self, w):
        self.w = w

    @with_squares
    def loss(self, x, b=0.5):
        return b * np.sum(self.w * x * x)


def looked_at(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        LOG.debug("%s %s %s", f.__name__, args, words)
        for a in args:
            if np.any(a <= 0.0):
                raise ValueError(a)
        return f(*args, **words)

    return wrapper


LOG = logging.getLogger(__name__)
X = np.array([1.3, 0.7])
STARS = (with_loop, with_a_rate(0.1), with_the_last, with_the_rest, with_names, with_an_array, reduced, handed_elsewhere, spread_elsewhere, doubled)
BOTH = (counted, with_a_default, with_values, sets_a_default, asks, with_its_own)
CASES = [
    *(Case(decorated(loss), (X,)) for decorated in (*STARS, *BOTH, plain)),
    *(Case(decorated(loss), (X, 0.7)) for decorated in STARS if decorated is not spread_elsewhere),
    *(Case(decorated(loss), (X, 0.7), (0, 1)) for decorated in STARS[:8]),
    *(Case(decorated(loss), (X, 0.7)) for decorated in (counted, asks, with_values, plain)),
    *(Case(decorated(weighed), (X, X), (0, 1)) for decorated in (plain, only_positions, with_loop)),
    *(Case(decorated(by_word), (X,)) for decorated in (counted, asks, with_values, with_a_default, plain)),
    *(Case(decorated(weighed), (X,)) for decorated in (plain, only_positions, with_loop)),
    *(Case(looked_at(loss), args) for args in ((X,), (X, 0.7))),
    Case(plain(with_loop(loss)), (X,)),
    Case(with_loop(plain(loss)), (X,)),
    Case(Model(2.0).loss, (X,)),
]
