import numpy as np


def f(xs):
    ys, zs = xs.copy(), xs.copy()
    zs[0] *= 2.0
    return np.sum(ys[0])


def use(tx):
    tx.grad(f)([np.ones(2), np.ones(2)])

# error
# AliasError: an item is changed that stands in a list and in its copy, and that it is one is only known now
#   Copy it by list(...) instead of .copy(), or copy each of its items, too.
