"""Decorators that ask for the parameters of the function that they are put around, by ``inspect``."""

import functools
import inspect

import numpy as np

from tests.programs import Case


def as_arrays(*names):
    """As packages for vectors and rotations have it: parameters of these names are made arrays."""

    def around(fn):
        @functools.wraps(fn)
        def wrapper(*args, **keywords):
            spec = inspect.getfullargspec(fn)
            args = list(args)
            for k, (name, v) in enumerate(zip(spec.args, args)):
                if name in names and v is not None:
                    args[k] = np.array(v)
            return fn(*args, **keywords)

        return wrapper

    return around


def by_name(fn):
    @functools.wraps(fn)
    def wrapper(*args, **keywords):
        named = dict(zip(inspect.getfullargspec(fn).args, args))
        return fn(*args, **keywords) * np.sum(named["v"])

    return wrapper


def not_negative(fn):
    @functools.wraps(fn)
    def wrapper(*args, **keywords):
        for (name, p), value in zip(inspect.signature(fn).parameters.items(), args):
            if p.annotation is float and value < 0:
                raise ValueError(f"{name} is negative")
        return fn(*args, **keywords)

    return wrapper


@as_arrays("v")
def length(v, power):
    return np.sum(v**2) ** power


@as_arrays("v")
def stretched(v, scale=2.0, *, shift=0.0):
    return np.sum(v**3) * scale + shift


@by_name
def cubed(v, scale):
    return np.sum(v**3) * scale


@not_negative
def weighed(v, weight: float):
    return np.sum(v**2) * weight


def by_a_default(v):
    return stretched(v) * v[0]


def by_position(v):
    return stretched(v, v[1])


def by_keyword(v):
    return stretched(v, scale=v[0], shift=v[2])


def by_position_and_keyword(v):
    return stretched(v, 3.0, shift=v[2] ** 2)


V = np.array([0.4, -1.3, 0.8])

CASES = [
    *(Case(f, (V, 1.4), (0, 1)) for f in (length, cubed, weighed)),
    *(Case(f, (V,)) for f in (stretched, by_a_default, by_position, by_keyword, by_position_and_keyword)),
]
