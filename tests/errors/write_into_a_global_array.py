import numpy as np


cache = np.zeros(3)


def f(x):
    cache[0] = x * x
    return cache[0]

# error
# UnsupportedSyntax: a write into a variable of an outer scope
#   File "model.py", line 8, in f
#     8 |     cache[0] = x * x
#       |     ^^^^^^^^
#   Make a copy in the function and return it.
