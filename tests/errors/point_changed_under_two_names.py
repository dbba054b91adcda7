import numpy as np


def f(x):
    x += 1
    y = x
    y *= 2
    return y * x


def use(tx):
    return tx.grad(f)(np.array(1.5))

# error
# AliasError: an array of shape () that has another name is changed in place
#   Make a number of it, float(x), or write x = x + e.
