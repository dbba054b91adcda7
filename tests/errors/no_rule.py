import numpy as np


def f(x):
    return np.sum(np.busday_count(x, x))

# error
# NotDifferentiable: no derivative is known for np.busday_count
#   File "model.py", line 5, in f
#     5 |     return np.sum(np.busday_count(x, x))
#       |                   ^^^^^^^^^^^^^^^^^^^^^
#   Declare a rule with tangentx.elementwise, linear or adjoint, or wrap the value in tangentx.stop_gradient.
