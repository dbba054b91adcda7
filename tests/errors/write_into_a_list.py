import numpy as np


def f(x):
    values = [x, x]
    values[0] = x * x
    return values[0]

# error
# UnsupportedSyntax: writing an item of a list is not supported yet
#   File "model.py", line 6, in f
#     6 |     values[0] = x * x
#       |     ^^^^^^^^^^^^^^^^^
#   Write into an array: np.zeros(n).
