import numpy as np


def f(x):
    return np.sum(np.interp(0.5, np.array([0.0, 1.0]), x, period=x[0]))

# error
# NotDifferentiable: numpy.interp has no derivative with respect to 'period'
#   File "model.py", line 5, in f
#     5 |     return np.sum(np.interp(0.5, np.array([0.0, 1.0]), x, period=x[0]))
#       |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Pass a constant there, or declare a rule for it.
