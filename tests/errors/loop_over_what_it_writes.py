import numpy as np


def f(x):
    y = x * 1.0
    for row in reversed(y):
        row[0] = row[1] * 2.0
    return np.sum(y * y)

# error
# AliasError: a loop goes over something that its body writes
#   File "model.py", line 6, in f
#     6 |     for row in reversed(y):
#       |     ^^^^^^^^^^^^^^^^^^^^^^^
#   Loop over range(len(...)) and read items by index.
