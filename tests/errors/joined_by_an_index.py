import numpy as np


def f(x):
    return np.sum(np.r_[x, 2.0 * x])

# error
# NotDifferentiable: np.r_[...] of values that carry a derivative is not supported
#   File "model.py", line 5, in f
#     5 |     return np.sum(np.r_[x, 2.0 * x])
#       |                   ^^^^^^^^^^^^^^^^^
#   Write np.concatenate or np.stack.
