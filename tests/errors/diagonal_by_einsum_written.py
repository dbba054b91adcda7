import numpy as np


def f(x):
    y = np.outer(x, x)
    v = np.einsum(y, [0, 0], [0])
    v *= 2
    return (y**2).sum()


def use(tx):
    return tx.grad(f)(np.array([0.7, -1.3, 2.1]))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: y or v
