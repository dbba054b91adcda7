import numpy as np


def f(x):
    u = np.zeros(2)
    a = np.empty(1, dtype=object)
    a[0] = u
    a[0][0] = x
    return u.sum() * x

# error
# NotDifferentiable: an array of objects, or with fields, is made of numbers with derivatives, or they are written into it
#   File "model.py", line 6, in f
#     6 |     a = np.empty(1, dtype=object)
#       |         ^^^^^^^^^^^^^^^^^^^^^^^^^
#   Make it with dtype=float, or use a list or a dict.
