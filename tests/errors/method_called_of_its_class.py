import numpy as np


def f(x):
    y = x * x
    np.ndarray.fill(y, 3.0)
    return np.sum(y)

# error
# UnsupportedSyntax: np.ndarray.fill writes into its argument
#   File "model.py", line 6, in f
#     6 |     np.ndarray.fill(y, 3.0)
#       |     ^^^^^^^^^^^^^^^^^^^^^^^
#   Call it as a method of that: x.fill(...).
