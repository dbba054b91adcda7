import numpy as np


def f(x):
    s = np.zeros(2, dtype=[("a", float)])
    s["a"] = x
    return s["a"].sum()

# error
# NotDifferentiable: an array of objects, or with fields, is made of numbers with derivatives, or they are written into it
#   File "model.py", line 5, in f
#     5 |     s = np.zeros(2, dtype=[("a", float)])
#       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Make it with dtype=float, or use a list or a dict.
