import numpy as np


def f(x):
    y = x * 2.0
    v = y[1:]
    y[1] = 0.0
    return np.sum(v * v)

# error
# AliasError: 'v' is read after line 7 has written to an array that it may share memory with
#   File "model.py", line 8, in f
#     8 |     return np.sum(v * v)
#       |                   ^^^^^
#   Copy it before the write: v = v.copy()
