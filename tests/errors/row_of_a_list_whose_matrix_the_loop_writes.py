import numpy as np


def f(x):
    m = np.outer(x, x)
    s = 0.0
    for r in list(m):
        s += np.sum(r * r)
        m[1, 0] = s
    return s


def use(tx):
    tx.grad(f)(np.array([1.0, 2.0]))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: r or m
