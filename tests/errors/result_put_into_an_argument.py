import numpy as np


def f(x, out):
    np.multiply(x, x, out=out)
    return out @ x


def use(tx):
    x = np.array([1.0, 2.0, 3.0])
    return tx.grad(f)(x, x)


# error
# AliasError: an argument that is written has something in common with another one that is read after that
#   Read it by way of the one that is written, or pass a copy: x or out
