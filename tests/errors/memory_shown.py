import numpy as np


def f(x):
    y = x * x
    np.frombuffer(y)[0] = 3.0
    return np.sum(y)

# error
# NotDifferentiable: np.frombuffer shows the memory of an array that varies, and what is written there is not seen
#   File "model.py", line 6, in f
#     6 |     np.frombuffer(y)[0] = 3.0
#       |     ^^^^^^^^^^^^^^^^
#   Use the value that it returns, or give it a copy: tangentx.stop_gradient(x.copy()).
