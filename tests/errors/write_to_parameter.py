import numpy as np


def f(x):
    x[0] = 1.0
    return np.sum(x * x)

# error
# AliasError: x[...] = ... writes to a parameter
#   File "model.py", line 5, in f
#     5 |     x[0] = 1.0
#       |     ^^^^^^^^^^
#   Copy it first: x = x.copy()
