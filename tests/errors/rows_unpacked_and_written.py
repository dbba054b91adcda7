import numpy as np


def f(x):
    a = x * 1.0
    first, *others = a
    others[0][1] *= first[0]
    first[0] *= 2.0
    return np.sum(a * x)


def use(tx):
    return tx.grad(f)(np.ones((2, 2)))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: a or others_0
