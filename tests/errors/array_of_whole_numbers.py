import numpy as np


def f(x):
    y = np.zeros(3, dtype=int)
    y[0] = x
    return np.sum(y)

# error
# NotDifferentiable: an array of whole numbers, where what is written is rounded
#   File "model.py", line 5, in f
#     5 |     y = np.zeros(3, dtype=int)
#       |         ^^^^^^^^^^^^^^^^^^^^^^
#   Make it with dtype=float.
