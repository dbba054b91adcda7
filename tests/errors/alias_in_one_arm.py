import numpy as np


def f(x, c):
    y = x * x
    z = y if c else x * 3.0
    z[1] = x[0] ** 2
    return np.sum(y * y) + np.sum(z)


def use(tx):
    return tx.grad(f)(np.ones(3), True)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: y or z
