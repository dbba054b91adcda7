import numpy as np


def f(x):
    return x.choose([1.0, 2.0])

# error
# NotDifferentiable: no derivative is known for the method .choose()
#   File "model.py", line 5, in f
#     5 |     return x.choose([1.0, 2.0])
#       |            ^^^^^^^^^^^^^^^^^^^^
#   Declare a rule with tangentx.elementwise, linear or adjoint, or wrap the value in tangentx.stop_gradient.
