import numpy as np


def f(x):
    y = x.copy()
    z = y
    z[0] = 2.0
    return np.sum(y * z)

# error
# AliasError: 'y' is read after line 7 has written to an array that it may share memory with
#   File "model.py", line 8, in f
#     8 |     return np.sum(y * z)
#       |                   ^^^^^
#   Copy it before the write: y = y.copy()
