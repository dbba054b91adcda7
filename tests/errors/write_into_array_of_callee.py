import numpy as np


def same(a):
    return a


def f(x):
    y = same(x)
    y[0] = 0.0
    return np.sum(y)

# error
# AliasError: y[...] = ... writes to an array that may have another name
#   File "model.py", line 10, in f
#     10 |     y[0] = 0.0
#        |     ^^^^^^^^^^
#   Copy it first: y = y.copy()
