import numpy as np


def f(x):
    y = x * x
    t = np.double(y)
    y[0] = 5.0
    return (t**2).sum() + y.sum()


def use(tx):
    return tx.grad(f)(np.array([0.7, -1.3]))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: t or y
