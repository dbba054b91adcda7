import numpy as np


def helper(y):
    z = y * y
    return np.packbits(z)[0]


def f(x):
    return helper(x) * 2.0

# error
# NotDifferentiable: no derivative is known for np.packbits
#   File "model.py", line 6, in helper
#     6 |     return np.packbits(z)[0]
#       |            ^^^^^^^^^^^^^^
#   Declare its derivative (from tangentx import d):
#       @tx.adjoint(np.packbits)
#       def packbits_rule(y, a, axis=None, bitorder='big'):
#           d[a] = ...  # from d[y]
#   or wrap the value in tx.stop_gradient.
