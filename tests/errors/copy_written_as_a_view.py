import numpy as np


def f(x):
    y = x.reshape(3, 2).T.reshape(6)
    y[0] = 2.0
    return np.sum(x * y.reshape(6))


def g(x):
    y = x * 1.0
    z = y.T.ravel()
    z[0] = 5.0
    return np.sum(y)


def use(tx):
    tx.grad(g)(np.ones((2, 3)))

# error
# AliasError: a part of an array is written that is a copy, not a view
#   Write into the array itself: x[index] = ...
