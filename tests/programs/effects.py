"""Calls for what they write: far from where they are made, in the test of a loop, by a method that a module holds."""

from __future__ import annotations

import functools

import numpy as np

from tests.programs import Case

X = np.array([0.8, 1.1, 0.6])


def double(a):
    a *= 2.0


def double_there(a):
    double(a)
    return 3


class Doubler:
    def there(self, a):
        return double_there(a)


def scale_first(u, factor):
    u[0] *= factor
    return u[0] > 4.0


class Meter:
    def __init__(self):
        self.limit = -1.0

    def reset_first(self, u):
        u[0] = 0.5
        return True

    def above(self, u):
        return u[0] > self.limit


meter = Meter()
reset_first = meter.reset_first
is_above = meter.above
scale_by_three = functools.partial(scale_first, factor=3.0)


def changed_by_a_callee_of_a_callee(x):
    u = x * x
    double_there(u)
    return np.sum(u * u)


def changed_behind_a_method(x):
    u = x * x
    Doubler().there(u)
    return np.sum(u * u)


def item_written_in_a_test(x):
    u = x * x
    k = 0
    while not scale_first(u, u[1] + 1.0):
        k += 1
        u = u * 1.1
    return np.sum(u * u) * k


def pop_in_a_test(x):
    u = [x[0] * x[1], x[1], x[2], x[0]]
    s = x[0]
    while u.pop() > 0.0 and len(u) > 1:
        s = s * u[-1]
    return s * len(u)


def out_in_a_test(x):
    u = x * 1.0
    while np.add(u, x, out=u)[0] < 3.0:
        u = u * x
    return np.sum(u * u)


def method_of_a_module(x):
    u = x * x
    reset_first(u)
    if is_above(u):
        u = u * x
    return np.sum(u * u)


def partial_of_a_module(x):
    u = x * x
    if not scale_by_three(u):
        u = u * 2.0
    return np.sum(u * u)


CASES = [
    *(
        Case(f, (X.copy(),))
        for f in (changed_by_a_callee_of_a_callee, changed_behind_a_method, pop_in_a_test, method_of_a_module, partial_of_a_module)
    ),
    *(Case(f, (X.copy(),), second="tape is read after something that it may share memory with") for f in (item_written_in_a_test, out_in_a_test)),
]
