import numpy as np


def f(x):
    return np.sum(x, dtype=int) * 1.0

# error
# NotDifferentiable: this call of np.sum has no derivative: its dtype holds no fractions
#   File "model.py", line 5, in f
#     5 |     return np.sum(x, dtype=int) * 1.0
#       |            ^^^^^^^^^^^^^^^^^^^^
#   Leave that argument out.
