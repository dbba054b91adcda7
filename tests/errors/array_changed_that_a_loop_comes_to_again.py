import numpy as np


def f(x):
    w, h = x * x, 0.0
    for t in (w, x, w):
        h = h + np.sum(t * t)
        w -= 0.1 * t
    return h


def use(tx):
    tx.grad(f)(np.array([1.0, 2.0]))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: parts or w
