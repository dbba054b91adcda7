import numpy as np


def helper(y):
    z = y * y
    return np.polyfit(z, z, 1)[0]


def f(x):
    return helper(x) * 2.0

# error
# NotDifferentiable: no derivative is known for np.polyfit: no derivative is known for _umath_linalg.lstsq (_linalg.py, line 2540)
#   File "model.py", line 6, in helper
#     6 |     return np.polyfit(z, z, 1)[0]
#       |            ^^^^^^^^^^^^^^^^^^^
#   Declare its derivative (from tangentx import d):
#       @tx.adjoint(np.polyfit)
#       def polyfit_rule(z, x, y, deg, rcond=None):
#           d[x] = ...  # from d[z]
#   or wrap the value in tx.stop_gradient.
