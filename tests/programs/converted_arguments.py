"""Wrappers that make something of each of their arguments before they hand them on, or of the first one."""

import functools

import numpy as np

from tests.programs import Case


def as_arrays(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        args = tuple(np.asarray(a) for a in args)
        return f(*args, **words)

    return wrapper


def as_floats(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        args = [np.array(a, dtype=float) for a in args]
        args[0][0] = 0.5 * args[0][1]
        return f(*args, **words)

    return wrapper


def mapped(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        return f(*map(np.sqrt, args), **words)

    return wrapper


def every_one(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        return f(*[np.atleast_1d(a) for a in args], **{k: 3.0 * v for k, v in words.items()})

    return wrapper


def the_first(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        x = np.exp(args[0])
        return f(x, *args[1:], **words) + f(*args[:1])

    return wrapper


def by_both(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        a = 3.0
        doubled = tuple(2.0 * a for a in args)
        return a * f(*doubled, **words) + f(*args, **words)

    return wrapper


def by_their_number(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        if len(args) > 1:
            args = tuple(2.0 * a for a in args)
        else:
            args = tuple(a * a for a in args)
        return f(*args, **words)

    return wrapper


def loss(x, b=0.5):
    return b * np.sum(x * x)


def calls_it(x, b):
    return as_arrays(loss)(x, b=b) + the_loss(x, b) * the_loss(x)


the_loss = as_floats(by_both(loss))
X = np.array([1.3, 0.7])
WRAPPERS = (as_arrays, as_floats, mapped, every_one, the_first, by_both, by_their_number)
CASES = [
    *(Case(around(loss), (X,)) for around in WRAPPERS),
    *(Case(around(loss), (X, 0.7)) for around in WRAPPERS if around is not every_one),
    *(Case(around(loss), (X, 0.7), (0, 1)) for around in WRAPPERS if around not in (every_one, as_floats)),
    Case(calls_it, (X, 0.7), (0, 1)),
]
