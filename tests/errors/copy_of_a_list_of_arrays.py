import numpy as np


def f(ps):
    old = ps.copy()
    for i in range(2):
        ps[i] -= 0.1
    return np.sum(old[0] ** 2)


def use(tx):
    tx.grad(f)([np.ones(2), np.ones(2)])

# error
# AliasError: an item is changed that stands in a list and in its copy, and that it is one is only known now
#   Copy it by list(...) instead of .copy(), or copy each of its items, too.
