import numpy as np


def f(x):
    y = x.copy()
    v = y.reshape(-1)
    v[0] = 3.0
    return np.sum(y)

# error
# AliasError: v[...] = ... writes to an array that may have another name
#   File "model.py", line 7, in f
#     7 |     v[0] = 3.0
#       |     ^^^^^^^^^^
#   Copy it first: v = v.copy()
