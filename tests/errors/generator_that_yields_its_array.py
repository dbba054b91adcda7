import numpy as np


def steps(x):
    a = np.array([x, x])
    for _ in range(3):
        a += x
        yield a


def f(x):
    return sum(row[0] * row[1] for row in steps(x))


def use(tx):
    return tx.grad(f)(1.3)

# error
# AliasError: an array that has another name is changed in place
#   Write x[...] += e where that name is to show it and x = x + e where it is not, or annotate its parameter (x: np.ndarray).
