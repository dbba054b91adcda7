import numpy as np


def doubled(a):
    row = a[0]
    row *= 2.0
    return 1.0


def f(x):
    a = x * x
    return doubled(a) * np.sum(a)


def use(tx):
    return tx.grad(f)(np.ones((2, 2)))

# error
# AliasError: an array is changed in place by a function that took it out of another one
#   Write x = x + e there.
