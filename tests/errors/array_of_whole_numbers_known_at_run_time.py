import numpy as np


def f(x, y):
    z = y + 1
    z[0] = x
    return np.sum(z)


def use(tx):
    tx.grad(f)(1.5, np.arange(3))

# error
# NotDifferentiable: an array of dtype int64 is written, where numbers are rounded
#   Make it with dtype=float.
