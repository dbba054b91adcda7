"""Parts and copies by arithmetic of an array that is written later: their tangents are no parts of its tangent."""

import numpy as np

from tests.programs import Case

A = np.array([0.5, 1.5, -0.7, 0.3])


def pairwise(a):
    c = (a + 1.0)[None, :]
    d = (a - 1.0)[:, None]
    a[0] = 5.0 * a[1]
    return np.sum(c * d) * a[0]


def what_was_there(a):
    prev = (a - a.shape[0])[1:]
    a[1:] = a[1:] * a[:-1]
    return np.sum(prev * a[1:] ** 2)


def shift(a, k):
    return (a + k)[1:]


def by_a_function(a):
    s = shift(a, 1)
    a[1] = 2.0 * a[0]
    return np.sum(s * a[1:])


def in_a_loop(a):
    acc = 0.0
    for i in range(3):
        old = (a - 0.5)[i : i + 2]
        a[i] = a[i] * a[3]
        acc += np.sum(old**2)
    return acc


def angles_in_a_circle(a):
    angles = (a + 7.0) % 6.28
    a[:] = a[::-1]
    return np.sum(np.sin(angles) * a)


def unit_factor(a):
    w = np.sin(a)
    s = 1.0 * (w + 0.5)
    w[0] = a[1] ** 2
    return np.sum(s * w * a)


def halves(a):
    u = np.sin(a)
    v = u + 0.0
    r0, r1 = np.split(u + 1.0, 2)
    u[0] = 3.0 * u[1]
    return np.sum(r0 * r1) * np.sum(u * v)


def ident(x):
    return x * 1.0


def twice_the_same(a):
    e = ident(ident(a[1:]))
    a[1] *= a[0]
    return e[0] * a[1]


def negated_twice(a):
    f = -(-a[1:])
    a[1] *= a[0]
    return f[0] * a[1]


def sum_with_a_unit_factor(a):
    f = (a + 1.0) * 1.0
    a[1] *= a[0]
    return f[1] * a[1]


CASES = [
    Case(pairwise, (A,)),
    Case(what_was_there, (A,)),
    Case(by_a_function, (A,)),
    Case(in_a_loop, (A,)),
    Case(angles_in_a_circle, (A,)),
    Case(unit_factor, (A,)),
    Case(halves, (A,)),
    Case(twice_the_same, (A,)),
    Case(negated_twice, (A,)),
    Case(sum_with_a_unit_factor, (A,)),
]
