import numpy as np


class Kept:
    def __init__(self, w):
        self.w = w

    def __call__(self, v):
        return self.w


def f(x, make):
    w = x * x
    kept = make(w)
    before = np.sum(w)
    a = kept(x * 1.0)
    a[0] = x[1] * 2.0
    return np.sum(w * x) * before


def use(tx):
    tx.grad(f)(np.array([0.7, 1.3]), Kept)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: w or a
