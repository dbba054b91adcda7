import numpy as np


class Box:
    def __init__(self, v):
        self.v = v


def f(o: Box):
    b = o.v.copy()
    b[0] *= 2.0
    return np.sum(o.v[0])


def use(tx):
    tx.grad(f)(Box([np.ones(2), np.ones(2)]))

# error
# AliasError: an item is changed that stands in a list and in its copy, and that it is one is only known now
#   Copy it by list(...) instead of .copy(), or copy each of its items, too.
