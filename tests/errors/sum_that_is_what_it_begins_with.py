import numpy as np


def f(x, parts):
    acc = x * 1.0
    t = sum(parts, acc)
    t[0] = 7.0
    return (acc**2).sum() + (t**2).sum()


def use(tx):
    return tx.grad(f)(np.array([0.7, -1.3, 2.1]), [])

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: acc or t
