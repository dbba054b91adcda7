import numpy as np


def f(x):
    y = x * 2.0
    y.shape = x.size, 1
    return np.sum(np.abs(y))


def use(tx):
    tx.grad(f)(np.ones(2))

# error
# UnsupportedSyntax: an assignment to .shape of an array is not supported
#   Write a = a.reshape(...).
