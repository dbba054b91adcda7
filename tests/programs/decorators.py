"""Decorators, with arguments too: what they put around a function reads what they were given."""

import functools
import types

import numpy as np

from tests.programs import Case


def scaled(c):
    def around(f):
        @functools.wraps(f)
        def wrapper(*args, **keywords):
            return c * f(*args, **keywords)

        return wrapper

    return around


def then(after=None):
    def around(f):
        @functools.wraps(f)
        def wrapper(*args, **keywords):
            value = f(*args, **keywords)
            return after(value, keywords) if after is not None else value

        return wrapper

    return around


def checked(*names):
    def around(f):
        @functools.wraps(f)
        def wrapper(x, *args, **keywords):
            for name in names:
                if name == "positive" and x < 0:
                    raise ValueError(name)
            return f(x, *args, **keywords)

        return wrapper

    return around


def converted(**factors):
    def around(f):
        @functools.wraps(f)
        def wrapper(*args, **keywords):
            return f(*args, **{k: factors.get(k, 1.0) * v for k, v in keywords.items()})

        return wrapper

    return around


def tried_again(n=3, error=ValueError):
    def around(f):
        @functools.wraps(f)
        def wrapper(*args, **keywords):
            for _ in range(n):
                try:
                    return f(*args, **keywords)
                except error:
                    pass
            raise RuntimeError

        return wrapper

    return around


def physical(factor=None):
    def around(f):
        @functools.wraps(f)
        def wrapper(*args, **keywords):
            if keywords.get("use_physical", False) and factor is not None:
                return f(*args) * factor
            return f(*args)

        return wrapper

    return around


def deprecated(message=""):
    def around(f):
        def wrapper(*args, **keywords):
            return f(*args, **keywords)

        wrapper.__doc__ = message
        return wrapper

    return around


def as_array(f):
    @functools.wraps(f)
    def wrapper(x, *args):
        return f(np.asarray(x), *args)

    return wrapper


def twice(f):
    def wrapper(x, *args):
        return f(f(x, *args), *args)

    return wrapper


@scaled(2.0)
def square(x):
    return x * x


@then(lambda value, keywords: value * 2)
def doubled_after(x, y=1.0):
    return x * y


@then()
def nothing_after(x, y=1.0):
    return x * y


@checked("positive", "finite")
def power(x, y):
    return x**y


@converted(y=3.0)
def in_other_units(x, y):
    return x * y


@tried_again(2)
def patient(x, y):
    return x * y


@physical(3.0)
def with_a_switch(x, y):
    return x * y


@scaled(3.0)
@then(lambda value, keywords: value**2)
@as_array
def wrapped_three_times(x, y):
    return x * y


@deprecated("old")
def without_wraps(x, y):
    return x * y


@twice
def applied_twice(x, y):
    return x * y + 1


def applying(k):
    def apply(g, x):
        return g(x) * k

    return apply


applied = applying(2.0)


def given_a_local_function(x, y):
    return applied(lambda t: t * y, x)


def by_a_factor(x, y):
    return square(x) * y


def by_a_function(x, y):
    return doubled_after(x, y=y) * nothing_after(x, y) + nothing_after(x)


def by_names(x, y):
    return power(x, y)


def by_keywords(x, y):
    return in_other_units(x, y=y)


def by_a_number(x, y):
    return patient(x, y)


def by_a_flag(x, y):
    return with_a_switch(x, y, use_physical=True) * y + with_a_switch(x, y)


def by_three(x, y):
    return wrapped_three_times(x, y)


def by_one_that_hides(x, y):
    return without_wraps(x, y)


def by_two_calls(x, y):
    return applied_twice(x, y)


def hidden(c):
    def around(f):
        def inner(self, *args, **keywords):
            return c * f(self, *args, **keywords)

        return inner

    return around


def noted(f):
    def inner(*args):
        return f(*args)

    return inner


class Spring:
    def __init__(self, k):
        self.k = k

    @hidden(3.0)
    def force(self, x, damping=1.0):
        return self.k * x**2 * damping

    @hidden(0.5)
    @hidden(4.0)
    def energy(self, x):
        return self.force(x) * x

    @property
    @noted
    def stiff(self):
        return self.k * self.k

    @staticmethod
    @noted
    def cubed(x):
        return x**3

    @classmethod
    @noted
    def made(cls, k):
        return cls(k)


class Damper(Spring):
    @noted
    def force(self, x):
        return super().force(x, damping=0.2) - x


box = types.ModuleType("box")  # a closure that no name leads to, but by way of this module
box.force = hidden(2.0)(lambda x, y: x * x * y)


def by_a_member_of_a_module(x, y):
    return box.force(x, y) * y


def by_a_method(x, y):
    return Spring(x).force(y) + Spring(y).force(x, damping=2.0)


def by_two_around_a_method(x, y):
    return Spring(x).energy(y)


def by_a_method_of_an_annotated_class(x, y, spring: Spring):
    return spring.force(x) * y


def by_a_method_of_a_class_that_is_not_known(x, y, spring):
    return spring.energy(x) * y


def by_members_of_other_kinds(x, y):
    return Spring(x).stiff * Spring.cubed(y) + Spring.made(x).force(y)


def by_an_inherited_method(x, y):
    return Damper(x).force(y) * Damper(y).energy(x)


CASES = [
    Case(f, (0.7, 0.4), (0, 1))
    for f in (
        given_a_local_function,
        by_a_factor,
        by_a_function,
        by_names,
        by_keywords,
        by_a_number,
        by_a_flag,
        by_three,
        by_one_that_hides,
        by_two_calls,
        by_a_method,
        by_a_member_of_a_module,
        by_two_around_a_method,
        by_members_of_other_kinds,
        by_an_inherited_method,
    )
] + [Case(f, (0.7, 0.4, Spring(1.3)), (0, 1)) for f in (by_a_method_of_an_annotated_class, by_a_method_of_a_class_that_is_not_known)]
