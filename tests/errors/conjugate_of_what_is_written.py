import numpy as np


def f(x):
    a = x * x
    v = a.conj()
    a[0] *= 3.0
    return np.sum(v)


def use(tx):
    return tx.grad(f)(np.ones(3))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: v or a
