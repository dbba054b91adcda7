import numpy as np
from scipy import special


def f(x):
    return np.sum(special.mathieu_a(2.0, x))

# error
# NotDifferentiable: no derivative is known for special.mathieu_a
#   File "model.py", line 6, in f
#     6 |     return np.sum(special.mathieu_a(2.0, x))
#       |                   ^^^^^^^^^^^^^^^^^^^^^^^^^
#   Declare its derivative:
#       @tx.elementwise(special.mathieu_a)
#       def mathieu_a_rule(y, x1, x2):
#           return ..., ...  # the partial derivatives by x1 and x2
#   or wrap the value in tx.stop_gradient.
