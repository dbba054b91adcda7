import numpy as np


def f(x):
    return np.sum(np.interp(0.5, np.array([0.0, 1.0]), x)) + np.arange(0.0, x[0]).sum()

# error
# NotDifferentiable: no derivative is known for np.arange
#   File "model.py", line 5, in f
#     5 |     return np.sum(np.interp(0.5, np.array([0.0, 1.0]), x)) + np.arange(0.0, x[0]).sum()
#       |                                                              ^^^^^^^^^^^^^^^^^^^^
#   Declare its derivative (from tangentx import d):
#       @tx.adjoint(np.arange)
#       def arange_rule(y, start_or_stop, stop=None, step=1):
#           d[start_or_stop] = ...  # from d[y]
#   or wrap the value in tx.stop_gradient.
