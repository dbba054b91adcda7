import numpy as np


def f(x):
    a = np.array([x, x * x], dtype=object)
    return a.sum()

# error
# NotDifferentiable: an array of objects, or with fields, is made of numbers with derivatives, or they are written into it
#   File "model.py", line 5, in f
#     5 |     a = np.array([x, x * x], dtype=object)
#       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Make it with dtype=float, or use a list or a dict.
