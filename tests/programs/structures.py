"""Lists and tuples of which nobody says that they are: handed on whole, read by item and by part, summed and unpacked."""

import numpy as np

import tangentx as tx
from tests.programs import Case


def squares(p):
    s = 0.0
    for a in p:
        s = s + a * a
    return s


def product(p):
    s = 1.0
    for a in p:
        s = s * a
    return s


def handed_on_twice(p):
    return squares(p) + product(p)


def handed_on_further(p):
    return handed_on_twice(p) * product(p)


def items_handed_on(ps):
    return squares(ps[0]) * product(ps[0]) + squares(ps[1])


def items_of_a_loop(ps):
    s = 0.0
    for p in ps:
        s = s + squares(p) * product(p)
    return s


def unpacked_items(ps):
    p, q = ps
    return squares(p) * product(p) + squares(q) + product(q)


def in_a_loop(p):
    s = 0.0
    for _ in range(2):
        s = s + squares(p) * product(p)
    return s


def in_a_branch(p, q, first):
    r = p if first else q
    if first:
        s = squares(r)
    else:
        s = product(r)
    return s * squares(r)


def parts_handed_on(p):
    q = p[1:]
    return squares(q) * product(p[:2]) * product(q)


def read_twice(t):
    return t[0] * t[1] + t[0] ** 2


def read_in_a_loop(t):
    s = 0.0
    for i in range(len(t)):
        s = s + t[i] ** 2 * (i + 1)
    return s


def two_products(p, a, b):
    return np.sum(p * a) * np.sum(p * b)


def two_sums(p):
    return sum(p) * sum(p)


def sums_and_an_item(p):
    return sum(p) * p[0] + np.sum(p)


def state_of_a_list(start, a):
    x = start
    for _ in range(3):
        x = [x[0] + 0.1 * x[1], x[1] - 0.1 * a * x[0]]
    return x[0] * x[1]


def of_a_dict(p):
    return p["w"] ** 2 * p["b"]


gradient_of_a_dict = tx.grad(of_a_dict)


def uses_the_gradient_of_a_dict(p):
    return gradient_of_a_dict({"w": p[0], "b": p[1]})["w"] * p[0]


def middle_of_a_tuple(x):
    a, *rest, b = x
    return a * b * rest[0] ** 2


P, PS = [1.5, 0.7, 0.4], [[1.5, 0.7], [0.3, 0.4, 0.9]]
ONE = (handed_on_twice, handed_on_further, in_a_loop, parts_handed_on, read_twice, read_in_a_loop, two_sums, sums_and_an_item)
CASES = [
    *[Case(f, (P,)) for f in ONE],
    *[Case(f, (tuple(P),)) for f in ONE],
    *[Case(f, (np.array(P),)) for f in (handed_on_twice, parts_handed_on, read_twice)],
    Case(items_handed_on, (PS,)),
    Case(items_of_a_loop, (PS,)),
    Case(unpacked_items, (PS,)),
    Case(in_a_branch, (P, [0.2, 0.3], True), (0, 1)),
    Case(in_a_branch, (P, [0.2, 0.3], False), (0, 1)),
    Case(two_products, (P[:2], np.array([1.0, 2.0]), np.array([0.5, -1.0])), (0, 1)),
    Case(state_of_a_list, ((0.4, 0.9), 1.1), (0, 1)),
    Case(uses_the_gradient_of_a_dict, ([0.7, 1.5],)),
    Case(middle_of_a_tuple, ((1.0, 2.0, 3.0),)),
]
