import numpy as np


def f(x):
    return np.sum(np.interp(0.5, np.array([0.0, 1.0]), x)) + np.arange(0.0, x[0]).sum()

# error
# NotDifferentiable: no derivative is known for np.arange
#   File "model.py", line 5, in f
#     5 |     return np.sum(np.interp(0.5, np.array([0.0, 1.0]), x)) + np.arange(0.0, x[0]).sum()
#       |                                                              ^^^^^^^^^^^^^^^^^^^^
#   Declare a rule with tangentx.elementwise, linear or adjoint, or wrap the value in tangentx.stop_gradient.
