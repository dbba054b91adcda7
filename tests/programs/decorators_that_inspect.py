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


def validated(fn):
    """As validators are written."""
    signature = inspect.signature(fn)

    @functools.wraps(fn)
    def wrapper(*args, **keywords):
        bound = signature.bind(*args, **keywords)
        bound.apply_defaults()
        for name, value in bound.arguments.items():
            if name == "scale" and value < -9.0:
                raise ValueError(f"{name} is {value}")
        return fn(*args, **keywords)

    return wrapper


def doubled(fn):
    """What is bound is changed, and handed on."""

    @functools.wraps(fn)
    def wrapper(*args, **keywords):
        bound = inspect.signature(fn).bind(*args, **keywords)
        bound.apply_defaults()
        for name in bound.arguments:
            if name == "v":
                bound.arguments[name] = np.asarray(bound.arguments[name]) * 2.0
        return fn(*bound.args, **bound.kwargs)

    return wrapper


def times_what_is_bound(fn):
    @functools.wraps(fn)
    def wrapper(*args, **keywords):
        sig = inspect.signature(fn)
        bound = sig.bind(*args, **keywords)
        return fn(*args, **keywords) * np.sum(bound.arguments["v"])

    return wrapper


@validated
def checked(v, scale=2.0, *, power=2):
    return np.sum(v**power) * scale


@doubled
def twice(v, scale=2.0, *, shift=0.0):
    return np.sum(v**3) * scale + shift


@times_what_is_bound
def bound_without_defaults(v, /, scale):
    return np.sum(v**2) * scale


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


def checked_three_times(v):
    return checked(v) + checked(v, v[0]) * checked(v, power=3, scale=v[1])


def twice_by_keyword(v):
    return twice(v, shift=v[0], scale=v[1])


V = np.array([0.4, -1.3, 0.8])

CASES = [
    *(Case(f, (V, 1.4), (0, 1)) for f in (length, cubed, weighed, bound_without_defaults)),
    *(Case(f, (V,)) for f in (checked, checked_three_times, twice, twice_by_keyword)),
    *(Case(f, (V,)) for f in (stretched, by_a_default, by_position, by_keyword, by_position_and_keyword)),
]
