"""Functions as values: passed to functions of the user's, partial, made by functions."""

import operator
from functools import partial, reduce

import numpy as np

import tangentx as tx
from tests.programs import Case

SCALE = 2.0


def steps(f, x, count=3):
    """A parameter that is called."""
    a = SCALE
    for _ in range(count):
        y = f(x)
        if y < 0.01:
            return x * a
        x = x - f(x) * 0.1
    return x * a


def apply(f, *args, **kw):
    return f(*args, **kw) * SCALE


def weighed(a, b, c=2.0):
    return a * b * b * c


def closure_passed(x, y):
    a = y * 2
    return steps(lambda t: t * t - a, x)


def global_of_the_callee(x, y):
    SCALE = 7.0

    def g(t):
        return t * t * SCALE * y

    return steps(g, x, count=2)


def function_of_the_module(x, y):
    return apply(weighed, x, y, c=y)


def ufunc_passed(x, y):
    return apply(np.sin, x * y) + apply(np.arctan2, x, y)


def partials(x, y):
    h = partial(weighed, x, c=y)
    return h(y) * h(2.0) + apply(h, x)


def partial_passed(x, y):
    return apply(partial(weighed, b=y), x)


def local_higher_order(x, y):
    def twice(f, t):
        return f(f(t))

    return twice(lambda t: t * t * y, x)


def derivative_passed(x, y):
    return steps(tx.grad(lambda t: t * t * t - y * t), x)


def second_name(x, y):
    g = lambda t: t * t * y  # noqa: E731
    h = g
    return apply(h, x)


def generator_inside(x, y):
    return apply(lambda t: sum(t**k * y for k in range(4)), x)


def simpson(f, a, b, n=4):
    h = (b - a) / n
    total = f(a) + f(b)
    for k in range(1, n):
        total = total + (4 if k % 2 else 2) * f(a + k * h)
    return total * h / 3


def integral_in_an_integral(x, y):
    return simpson(lambda s: simpson(lambda t: np.sin(s * t * y), 0.0, s), 0.0, x)


def reduced(xs, y):
    return reduce(lambda a, b: a * b + a * y, xs, y * y)


def reduced_from_the_first(xs, y):
    return reduce(operator.mul, xs) * y * xs[0]


def picked_by_key(x, y):
    return max([x, y, x * y], key=lambda t: (t - 1.1) ** 2) * x + min([x * x, y], key=abs)


def best_of(xs, key=None):
    return max(xs, key=key) * sorted(xs, key=key)[0]


class Ranking:
    def __init__(self, key=None):
        self.key = key

    def first(self, xs):
        return min(xs, key=self.key)


def without_a_key(x, y):
    xs = [x, y, x * y]
    return best_of(xs) + best_of(xs, abs) * max(xs, key=None) + Ranking().first(xs) * Ranking(abs).first(xs)


def euler(f, y0, t0, t1, n):
    h = (t1 - t0) / n
    t, y = t0, y0
    for _ in range(n):
        slope = f(t, y)
        y = y + h * slope
        t += h
    return y


def integrated(x):
    return euler(lambda t, y: -x * y * (1.0 + t), 1.0, 0.0, 1.0, 3)


def first_that_is_positive(x):
    return next(v * v for v in (x - 2, x, 3 * x) if v > 0) * x


def first_or_else(x, least):
    return next((v * v for v in x if v > least), x[1]) * x[0]


def first_place(x):
    return x[next(i for i, v in enumerate(x) if v > 0.4)] ** 3


def none_is_found(x):
    try:
        y = next(v for v in x if v > 5)
    except StopIteration:
        y = x[0] * x[1]
    return y * x[2]


def none_of_its_kind(x):
    found = next((v for v in (x, 2.0) if isinstance(v, dict)), None)
    return x * x if found is None else x


def first_of_a_map(x):
    return next(map(lambda t: t * t, x)) * x[1]


CASES = [
    Case(f, (1.3, 0.7), (0, 1))
    for f in (
        closure_passed,
        without_a_key,
        global_of_the_callee,
        function_of_the_module,
        ufunc_passed,
        partials,
        partial_passed,
        local_higher_order,
        derivative_passed,
        second_name,
        generator_inside,
        integral_in_an_integral,
        picked_by_key,
    )
]
CASES += [Case(f, (np.array([1.5, 0.3, 2.5]), 0.7), (0, 1)) for f in (reduced, reduced_from_the_first)]
CASES += [
    Case(integrated, (0.7,)),
    *(Case(first_that_is_positive, (x,)) for x in (1.3, 2.3)),
    *(Case(first_or_else, (np.array([0.3, 0.5, 0.7]), least)) for least in (0.4, 0.9)),
    Case(first_place, (np.array([0.3, 0.5, 0.7]),)),
    Case(none_is_found, (np.array([0.3, 0.5, 0.7]),)),
    Case(none_of_its_kind, (1.3,)),
    Case(first_of_a_map, (np.array([0.3, 0.5, 0.7]),)),
]
