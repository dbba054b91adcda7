import numpy as np


def f(x):
    return x.choose([1.0, 2.0])

# error
# NotDifferentiable: choose has no derivative with respect to 'a'
#   File "model.py", line 5, in f
#     5 |     return x.choose([1.0, 2.0])
#       |            ^^^^^^^^^^^^^^^^^^^^
#   Pass a constant there, or declare a rule for it.
