import numpy as np


def f(x):
    z = x * 1j
    return np.sum(z + x)

# error
# NonScalarOutput: grad needs a real scalar output, got a complex one: use vjp or jacobian
#   File "model.py", line 6, in f
#     6 |     return np.sum(z + x)
#       |     ^^^^^^^^^^^^^^^^^^^^
