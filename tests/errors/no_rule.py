import numpy as np


def f(x):
    return np.sum(np.polyfit(x, x, 1))

# error
# NotDifferentiable: no derivative is known for np.polyfit
#   File "model.py", line 5, in f
#     5 |     return np.sum(np.polyfit(x, x, 1))
#       |                   ^^^^^^^^^^^^^^^^^^^
#   Declare a rule with tangentx.elementwise, linear or adjoint, or wrap the value in tangentx.stop_gradient.
