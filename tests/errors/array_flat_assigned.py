import numpy as np


def f(x):
    y = x * 2.0
    y.flat = x
    return np.sum(np.abs(y))


def use(tx):
    tx.grad(f)(np.ones(2))

# error
# UnsupportedSyntax: an assignment to .flat of an array is not supported
#   Write a[...] = np.resize(v, a.shape).
