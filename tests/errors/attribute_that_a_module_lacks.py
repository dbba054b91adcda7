import numpy as np


def f(x):
    return np.sinn(x)

# error
# UnsupportedSyntax: np has no attribute 'sinn'
#   File "model.py", line 5, in f
#     5 |     return np.sinn(x)
#       |            ^^^^^^^
#   Check its spelling.
