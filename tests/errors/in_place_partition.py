import numpy as np


def f(x):
    y = x.copy()
    y.partition(2)
    return np.sum(y * y)

# error
# UnsupportedSyntax: the method 'partition' changes its object in place
#   File "model.py", line 6, in f
#     6 |     y.partition(2)
#       |     ^^^^^^^^^^^^^^
#   Build a new value, or write into an array by index.
