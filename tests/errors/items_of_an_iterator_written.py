import numpy as np


def f(x):
    a = x * 1.0
    pairs = zip(a, x)
    for p, q in pairs:
        p *= q
    return np.sum(a)


def use(tx):
    return tx.grad(f)(np.ones((2, 2)))

# error
# AliasError: an array that has another name is changed in place
#   Annotate it (x: np.ndarray), or write x = x + e.
