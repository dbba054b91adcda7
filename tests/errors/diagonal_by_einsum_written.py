import numpy as np


def f(x):
    y = np.outer(x, x)
    v = np.einsum(y, [0, 0], [0])
    v *= 2
    return (y**2).sum()


def use(tx):
    return tx.grad(f)(np.array([0.7, -1.3, 2.1]))

# error
# AliasError: an array that has another name is changed in place
#   Annotate it (x: np.ndarray), or write x = x + e.
