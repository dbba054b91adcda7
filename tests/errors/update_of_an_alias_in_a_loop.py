import numpy as np


def f(x):
    y = x * x
    z = y
    for _ in range(3):
        z += 1.0
    return np.sum(y * y) + np.sum(z)


def use(tx):
    return tx.grad(f)(np.ones(3))

# error
# AliasError: an array that has another name is changed in place
#   Write x[...] += e where that name is to show it and x = x + e where it is not, or annotate its parameter (x: np.ndarray).
