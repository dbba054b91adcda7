import numpy as np


cache = np.zeros(3)


def f(x):
    np.sin(x, out=cache)
    return cache[0]

# error
# UnsupportedSyntax: a write into a variable of an outer scope
#   File "model.py", line 8, in f
#     8 |     np.sin(x, out=cache)
#       |     ^^^^^^^^^^^^^^^^^^^^
#   Make a copy in the function and return it.
