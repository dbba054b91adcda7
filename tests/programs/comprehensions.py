"""Comprehensions, generator expressions, and what iterates lazily."""

import itertools
from itertools import combinations

import numpy as np

from tests.programs import Case


def sum_of_squares(xs):
    return sum(x * x for x in xs)


def powers(x, n):
    y = sum(x**k for k in range(n) if k % 2) * 3.0
    return y


def two_loops_in_a_loop(xs, ys):
    s = 0.0
    for i in range(2):
        s = s + sum(a * b * b for a in xs for b in ys if b > i)
    return s


def own_scope(x, xs):
    y = sum(x * i for i, x in enumerate(xs)) * x
    return y + sum(y for y in [x * y, x])


def any_steers(xs):
    if any(x > 2.0 for x in xs):
        return xs[0] * xs[1]
    return xs[0] * xs[0]


def all_steers(xs, ys):
    return xs[0] * ys[1] ** 2 if all(x * y > 0.1 for x in xs for y in ys) else xs[0]


def mapped(xs, ys):
    return sum(map(lambda a, b: a * b * b + 1, xs, ys))


def filtered(xs):
    return sum(filter(lambda t: t > 1, (x * x for x in xs)), start=2.0)


def pairs(xs):
    return sum(a * b * b for a, b in combinations(xs, 2))


def triples(xs):
    return sum(a * b * b * c for a, b, c in itertools.combinations(xs, 3))


def pairs_with_themselves(xs):
    return sum(a * b * b for a, b in itertools.combinations_with_replacement(xs, 2))


def neighbours(xs):
    return sum(a * b**2 for a, b in itertools.pairwise(xs))


def product_of_indices(xs):
    return sum(xs[i] * xs[j] * xs[j] for i, j in itertools.product(range(2), range(3)))


def product_of_values(xs, ys):
    return sum(x * y * y for x, y in itertools.product(xs, ys))


def sliced(xs):
    return sum(x**3 for x in itertools.islice(xs, 1, None, 2))


def loop_over_map(xs, y):
    s = 0.0
    for t in map(lambda k: k * k * y, xs):
        if t > 4.0:
            continue
        s = s + t * y
    return s


def loop_over_a_generator(xs, x):
    s = x
    for t in (x * x for x in filter(lambda k: k > 0.4, xs) if x < 9.0):
        if s > 50.0:
            break
        s = s * t + x
    return s


def unpacked_at_once(x, y):
    x, two, y = map(np.asarray, [x, 2.0, y])
    x, y = [t * x + np.sin(t) for t in (y * two, x)]
    p, q = (t * t * two for t in (x, y))
    return p + x * q


def unpacked_from_a_row(row, x):
    a, b = map(lambda t: t * x, row)
    c, d = (np.cos(t) for t in row)
    return a * b + c * d * x


def taken_at_once(x, y, names=("a", "b")):
    if len(x) != len(y):
        raise ValueError("not of one length: " + ", ".join(n.upper() for n in names))
    found = [x[0]]
    found.extend(v * w for v, w in zip(x, y))
    found.extend(map(lambda v: v * y[1], x))
    return sum(found) * found[1]


x, y = np.array([1.5, 0.3, 2.5]), np.array([0.7, 1.9, 3.1])
CASES = [
    Case(sum_of_squares, (x,)),
    Case(powers, (1.3, 5)),
    Case(two_loops_in_a_loop, (x, y), (0, 1)),
    Case(own_scope, (1.7, x), (0, 1)),
    Case(any_steers, (x,)),
    Case(all_steers, (x, y), (0, 1)),
    Case(mapped, (x, y), (0, 1)),
    Case(filtered, (x,)),
    Case(pairs, (x,)),
    Case(triples, (np.array([1.5, 0.3, 2.5, 0.7]),)),
    Case(pairs_with_themselves, (x,)),
    Case(neighbours, (x,)),
    Case(product_of_indices, (x,)),
    Case(product_of_values, (x, y), (0, 1)),
    Case(loop_over_map, (x, 0.7), (0, 1)),
    Case(unpacked_at_once, (1.3, 0.7), (0, 1)),
    Case(unpacked_from_a_row, (np.array([1.3, 0.7]), 0.4), (0, 1)),
    Case(loop_over_a_generator, (x, 0.7), (0, 1)),
    Case(taken_at_once, (x, y), (0, 1)),
    Case(sliced, (np.array([1.5, 0.3, 2.5, 0.7]),)),
]
