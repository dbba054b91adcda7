import numpy as np


def f(x):
    return np.sum(x, where=x > 0)

# error
# NotDifferentiable: this call of np.sum has no derivative: got an unexpected keyword argument 'where'
#   File "model.py", line 5, in f
#     5 |     return np.sum(x, where=x > 0)
#       |            ^^^^^^^^^^^^^^^^^^^^^^
#   Leave that argument out.
