import numpy as np


class Rows:
    def __init__(self, w):
        self.w = w

    def __iter__(self):
        return iter(self.w)


def f(x):
    a = x * 1.0
    for r in Rows(a):
        r[0] *= 2.0
    return np.sum(a)


def use(tx):
    return tx.grad(f)(np.ones((2, 2)))

# error
# AliasError: a loop goes over something that its body writes
#   File "model.py", line 14, in f
#     14 |     for r in Rows(a):
#        |     ^^^^^^^^^^^^^^^^^
#   Loop over range(len(...)) and read items by index.
