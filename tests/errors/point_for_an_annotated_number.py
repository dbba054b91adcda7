import numpy as np


def f(a: float):
    s = a
    s *= 2
    return s * a


def use(tx):
    return tx.grad(f)(np.array([0.7]))

# error
# AliasError: an array that has another name is changed in place
#   Write x[...] += e where that name is to show it and x = x + e where it is not, or annotate its parameter (x: np.ndarray).
