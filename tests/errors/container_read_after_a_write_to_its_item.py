import numpy as np


def f(x, flag):
    y = x * 1.0
    pair = [y, x]
    pair[1] = x * 2.0
    y[0] = 3.0
    return np.sum(pair[0] * pair[1])

# error
# AliasError: pair is read after something that it may share memory with was written
#   File "model.py", line 9, in f
#     9 |     return np.sum(pair[0] * pair[1])
#       |                   ^^^^^^^
#   Read its items where they are used, by their index.
