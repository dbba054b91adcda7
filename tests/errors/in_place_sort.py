import numpy as np


def f(x):
    y = x.copy()
    y.sort()
    return np.sum(y * y)

# error
# UnsupportedSyntax: the method 'sort' changes its object in place
#   File "model.py", line 6, in f
#     6 |     y.sort()
#       |     ^^^^^^^^
#   Build a new value, or write into an array by index.
