import numpy as np


def g(x):
    y = x
    y += 1.0
    return np.sum(x * y)


def use(tx):
    return tx.grad(g)(np.ones(3))

# error
# AliasError: an array that has another name is changed in place
#   Copy it first, or write x = x + e.
