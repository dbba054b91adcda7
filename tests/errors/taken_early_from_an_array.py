import itertools

import numpy as np


def f(x):
    y, t = x.copy(), 0.0
    named = {"k": y}
    for a, b in itertools.pairwise(y):
        named["k"][2] = a * b
        t += a * b
    return t


def use(tx):
    tx.grad(f)(np.array([0.7, 1.3, -0.4]))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: y or part
