"""Generators that are taken all at once, where they are called: their derivative is that of the list of what they yield."""

from __future__ import annotations

import math

import numpy as np

from tests.programs import Case

X = 1.3


class Bond:
    def __init__(self, coupon, years):
        self.coupon = coupon
        self.years = years

    def flows(self):
        for k in range(1, self.years + 1):
            yield float(k), self.coupon
        yield float(self.years), 1.0

    def price(self, rate):
        total = 0.0
        for t, c in self.flows():
            total += c * math.exp(-rate * t)
        return total


def param_sweep(lo, hi, n):
    x = lo
    step = (hi - lo) / n
    for _ in range(n):
        yield x
        x += step


def with_ends(x):
    yield x
    yield from param_sweep(x, 2 * x, 3)
    yield x * x


def first_ones(x, n):
    for i in range(n):
        if i == 2:
            return
        yield x * i


def doubled(x):
    t = x
    while t < 10 * x:
        yield t
        t = t * 2


def squares(values):
    for v in values:
        yield v * v


def price_of_a_bond(x, rate):
    return Bond(x, 3).price(rate)


def present_value(x, rate):
    bond = Bond(x, 3)
    return sum(c * math.exp(-rate * t) for t, c in bond.flows())


def sweep_in_a_loop(x):
    total = 0.0
    for v in param_sweep(0.1, x, 4):
        total += v * v
    return total


def sweep_as_a_list(x):
    return np.sum(np.array(list(param_sweep(x, 2 * x, 3))) ** 2)


def sweep_summed(x):
    return sum(param_sweep(x, 2 * x, 3)) * max(param_sweep(x, x * x, 3))


def sweep_counted(x):
    total = 0.0
    for k, v in enumerate(param_sweep(x, 2 * x, 3)):
        total += k * v * v
    return total


def sweep_in_a_comprehension(x):
    return sum([v**3 for v in with_ends(x)])


def put_into_an_array(x):
    out = np.zeros(5)
    for k, v in enumerate(with_ends(x)):
        out[k] = v * v
    return out[0] * out[2]


def appended_elsewhere(x):
    out = []
    for v in with_ends(x):
        out.append(v * v)
    return out[1] * out[4]


def left_by_a_return(x):
    return sum(first_ones(x, 4)) * x


def while_that_ends(x):
    total = 0.0
    for v in doubled(x):
        if v > 3:
            continue
        total += v * v
    return total


def one_in_another(x):
    total = 0.0
    for v in first_ones(x, 3):
        for w in first_ones(v, 3):
            total += v * w
    return total


def of_the_items_of_an_array(x):
    total = 0.0
    for v in squares(np.sin(x)):
        total += v * v
    return total


def read_while_others_are_written(x):
    xs, ys = [x, 2 * x, 3 * x], [0.0, 0.0, 0.0]
    for k, v in enumerate(squares(xs)):
        ys[k] = v * v
    return ys[0] * ys[2]


def powers(y):
    yield y
    yield y * y


def pairs_of(y, n):
    for k in range(n):
        yield (y, k * y)
    yield y**3


def two_names(x):
    a, b = powers(x)
    return a * b * b


def names_in_names(x):
    (a, b), (c, d), e = pairs_of(x, 2)
    return a * d + b * c + e


def into_a_list(x):
    values = [0.0, 0.0]
    for _ in range(3):
        values[0], values[1] = powers(x + values[0])
        x = 0.5 * values[1]
    return values[0] * values[1]


def spread_in_a_call(x):
    return product(*powers(x))


def product(a, b):
    return a * b * b


def rows_of(z):
    for row in z:
        yield 2.0 * row


def written_behind(z):
    z = z * 1.0
    a, b = rows_of(z)
    z[0] = z[1] * 3.0
    return np.sum(a * b * z[0])


CASES = [
    Case(price_of_a_bond, (X, 0.1)),
    Case(price_of_a_bond, (X, 0.1), (1,)),
    Case(present_value, (X, 0.1)),
    Case(sweep_in_a_loop, (X,)),
    Case(sweep_as_a_list, (X,)),
    Case(sweep_summed, (X,)),
    Case(sweep_counted, (X,)),
    Case(sweep_in_a_comprehension, (X,)),
    Case(put_into_an_array, (X,)),
    Case(appended_elsewhere, (X,)),
    Case(left_by_a_return, (X,)),
    Case(while_that_ends, (X,)),
    Case(one_in_another, (X,)),
    Case(of_the_items_of_an_array, (np.array([0.3, 1.2, -0.4]),)),
    Case(read_while_others_are_written, (X,)),
    Case(two_names, (0.7,)),
    Case(names_in_names, (0.7,)),
    Case(into_a_list, (0.7,)),
    Case(spread_in_a_call, (0.7,)),
    Case(written_behind, (np.array([[0.3, 0.4], [0.5, 0.9]]),)),
]
