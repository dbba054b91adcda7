import numpy as np


def last(q, n):
    return q if n == 0 else last(q, n - 1)


def f(x):
    a = x * 1.0
    same = last(a, 2)
    a[0] *= 2.0
    return np.sum(same)


def use(tx):
    tx.grad(f)(np.array([2.0, 0.5]))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: same or a
