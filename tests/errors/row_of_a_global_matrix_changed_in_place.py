import numpy as np

TABLE = np.array([[1.0, 2.0], [3.0, 4.0]])


def f(x):
    row = TABLE[0]
    row += x
    return TABLE[0, 0] * x


def use(tx):
    tx.grad(f)(1.5)

# error
# AliasError: an array that has another name is changed in place
#   Write x[...] += e where that name is to show it and x = x + e where it is not, or annotate its parameter (x: np.ndarray).
