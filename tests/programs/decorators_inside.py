"""Decorators around decorators, some of which leave the name of what they are put around, and some of which do not."""

import functools

import numpy as np

from tests.programs import Case


def hands_on(f):
    @functools.wraps(f)
    def wrapper(*args):
        return f(*args)

    return wrapper


def tripled(f):
    @functools.wraps(f)
    def wrapper(*args):
        return 3.0 * f(*args)

    return wrapper


def by(c):
    def around(f):
        def inner(x):
            return c * f(x)

        return inner

    return around


def nameless(f):
    def inner(*args):
        return 5.0 * f(*args)

    return inner


def squares(x):
    return np.sum(x * x)


one = hands_on(by(2.0)(squares))
several = tripled(by(2.0)(tripled(by(5.0)(squares))))
mixed = by(3.0)(tripled(nameless(hands_on(squares))))
outside = nameless(hands_on(by(2.0)(squares)))


@hands_on
@by(2.0)
def by_its_name(x):
    return np.sum(x * x * x)


class Model:
    def __init__(self, w):
        self.w = w

    @hands_on
    @nameless
    def loss(self, x):
        return self.w * np.sum(x * x)

    @nameless
    def inner_loss(self, x):
        return self.w * np.sum(x * x * x)


def calls_them(x):
    return one(x) * several(x) + by_its_name(x) + mixed(x)


def calls_methods(x):
    model = Model(x[0])
    return model.loss(x) + Model.loss(model, x * x)


X = np.array([1.3, 0.7])
CASES = [Case(f, (X,)) for f in (one, several, mixed, outside, by_its_name, calls_them, calls_methods, Model(2.0).loss, Model(2.0).inner_loss)]
