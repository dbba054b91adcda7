import numpy as np


def f(x, out):
    np.multiply(x, x, out=out)
    return out @ x


def use(tx):
    x = np.array([1.0, 2.0, 3.0])
    return tx.grad(f)(x, x)


# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: out or x
