import numpy as np


def f(x):
    return x.tolist()

# error
# NotDifferentiable: no derivative is known for the method .tolist()
#   File "model.py", line 5, in f
#     5 |     return x.tolist()
#       |            ^^^^^^^^^^
#   Declare a rule with tangentx.elementwise, linear or adjoint, or wrap the value in tangentx.stop_gradient.
