import numpy as np


def f(x):
    return np.sum(np.busday_count(x, x))

# error
# NotDifferentiable: no derivative is known for np.busday_count
#   File "model.py", line 5, in f
#     5 |     return np.sum(np.busday_count(x, x))
#       |                   ^^^^^^^^^^^^^^^^^^^^^
#   Declare its derivative (from tangentx import d):
#       @tx.adjoint(np.busday_count)
#       def busday_count_rule(y, begindates, enddates, weekmask='1111100'):
#           d[begindates] = ...  # from d[y]
#   or wrap the value in tx.stop_gradient.
