import numpy as np


def f(x):
    y = x.copy()
    y.resize(2)
    return np.sum(y * y)

# error
# UnsupportedSyntax: the method 'resize' changes its object in place
#   File "model.py", line 6, in f
#     6 |     y.resize(2)
#       |     ^^^^^^^^^^^
#   Build a new value, or write into an array by index.
