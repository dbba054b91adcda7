"""Assignments inside of expressions."""

import numpy as np

from tests.programs import Case


def in_an_if(x):
    if (y := x * x) > 1.0:
        return y * x
    return y + x


def in_a_while(x):
    steps = 0
    while (d := x * x - 2.0) > 0.1:
        x = x - d / (2 * x)
        steps += 1
    return x * d * steps + d


def perhaps(x, y):
    s = 0.0
    for k in range(4):
        if k > 0 and (t := x * k) > y:
            s = s + t * y
        else:
            s = s + x
    return s


def in_a_loop_test(x):
    s = 0.0
    for k in range(3):
        if (u := x * k) > 1.0 and u < 3.0:
            s = s + u * u
        s = s * x + u
    return s * u


def in_arguments(x, y):
    return np.hypot(a := x * y, b := a + x) * a * b


def in_a_comprehension(xs):
    s = sum(t * t for x in xs if (t := x * x) > 0.5)
    return s * t


def reads_its_old_value(x):
    y = x
    z = (y := y * x) + y
    return z * y


def witness(xs):
    if any((w := x) > 2.0 for x in xs):
        return w * xs[0] * w
    return xs[0]


x = np.array([1.5, 0.3, 2.5])
CASES = [
    Case(in_an_if, (1.3,)),
    Case(in_an_if, (0.7,)),
    Case(in_a_while, (3.3,)),
    Case(perhaps, (1.3, 2.0), (0, 1)),
    Case(in_a_loop_test, (1.3,)),
    Case(in_arguments, (1.3, 0.4), (0, 1)),
    Case(in_a_comprehension, (x,)),
    Case(reads_its_old_value, (1.3,)),
    Case(witness, (x,)),
]
