import numpy as np


def halves(x):
    y = x * x
    return y, y[1:]


def f(x):
    p = halves(x)
    p[0][1] = 0.0
    return np.sum(p[0]) + np.sum(p[1])


def use(tx):
    return tx.grad(f)(np.arange(3.0))

# error
# AliasError: an item is written that another item of its container shows, too
#   Put a copy there: y = x.copy()
