import numpy as np


def f(x):
    for v in x:
        v *= 2
    return np.sum(x**2)


def use(tx):
    return tx.grad(f)(np.ones(3))

# error
# AliasError: an item is changed in place as an array would be, and is a number: nothing is changed by that
#   Write into the container: x[i] = x[i] + e.
