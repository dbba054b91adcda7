import numpy as np


def f(x):
    args = (x, x)
    return np.hypot(*args)

# error
# UnsupportedSyntax: a starred expression is not supported yet
#   File "model.py", line 6, in f
#     6 |     return np.hypot(*args)
#       |                     ^^^^^
#   Write the parts out one by one.
