import numpy as np


def helper(a, b):
    return a * b


def f(x):
    return helper(x, 1.0, 2.0)

# error
# NotDifferentiable: helper: too many positional arguments
#   File "model.py", line 9, in f
#     9 |     return helper(x, 1.0, 2.0)
#       |            ^^^^^^^^^^^^^^^^^^^
#   Call it as its signature says.
