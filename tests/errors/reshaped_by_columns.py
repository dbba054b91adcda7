import numpy as np


def f(x):
    flat = x.reshape(-1)
    flat *= 2.0
    return np.sum(x**2)


def use(tx):
    return tx.grad(f)(np.arange(6.0).reshape(3, 2).T)

# error
# AliasError: an array that is written and reshaped does not lie row by row: whether the part is a view depends on that
#   Pass np.ascontiguousarray(x).
