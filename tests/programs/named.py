"""Named tuples that helpers return, whose arrays are written by the caller."""

from typing import NamedTuple

import numpy as np

from tests.programs import Case


class State(NamedTuple):
    a: np.ndarray
    b: float


def by_branch(x):
    a = np.zeros(3)
    for i in range(3):
        a[i] = x[i]
    if x[0] > 100:
        return State(a * 2, x[1])
    return State(a, x[0])


def by_word(x):
    a = np.zeros(3)
    if x[0] > 100:
        a = a + 1
    return State(a=a, b=x[0])


def fill(s, x):
    s.a[0] = x[1] * 2


def written_where_returned(x):
    s = by_branch(x)
    s.a[0] = 2 * x[1]
    return np.sum(s.a * s.a) * s.b


def made_by_word(x):
    s = by_word(x)
    s.a[0] = 2 * x[1]
    return np.sum(s.a * s.a) * s.b


def written_by_another_helper(x):
    s = by_branch(x)
    fill(s, x)
    return np.sum(s.a * s.a) * s.b


def one_of_two(x):
    s = State(np.zeros(3), x[0])
    t = by_branch(x) if x[0] > 0 else s
    t.a[0] = x[0] * x[1]
    return np.sum(t.a) * t.b


def given(y, s: State):
    s.a[0] = y * s.b
    s.a[1:] += y
    return np.sum(s.a**2) * s.b


def of_its_own(s: State):
    s.a[0] *= s.b
    s.a[1] = 3.0 * s.a[0]
    return np.sum(s.a**2) * s.b


x = np.array([1.3, 0.7, 2.1])
CASES = [Case(f, (x,)) for f in (written_where_returned, made_by_word, written_by_another_helper, one_of_two)]
CASES += [Case(given, (1.3, State(np.array([1.0, 2.0]), 3.0)))]
# a derivative of a derivative puts back what a field of a tuple was, which Python refuses
CASES += [Case(of_its_own, (State(np.array([1.0, 2.0]), 3.0),), second="can't set attribute")]
