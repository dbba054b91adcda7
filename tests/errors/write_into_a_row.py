import numpy as np


def f(x):
    y = np.zeros((2, 3))
    row = y[0]
    row[:] = x
    return np.sum(y)

# error
# AliasError: row[...] = ... writes to an array that may have another name
#   File "model.py", line 7, in f
#     7 |     row[:] = x
#       |     ^^^^^^^^^^
#   Copy it first: row = row.copy()
