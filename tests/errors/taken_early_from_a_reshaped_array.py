import itertools

import numpy as np


def f(x):
    y, t = x.copy(), 0.0
    z = y.reshape(3)
    for v in itertools.islice(y, 3):
        z[2] = 2 * v
        t += v * v
    return t


def use(tx):
    tx.grad(f)(np.array([0.7, 1.3, -0.4]))

# error
# AliasError: 'y' is written while something goes through it step by step, or before that
#   File "model.py", line 9, in f
#     9 |     for v in itertools.islice(y, 3):
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Take all of it at once, where it is made: list(...).
