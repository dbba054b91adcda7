import numpy as np


def f(x):
    return np.quantile(x, 0.5, weights=np.ones(3), method="inverted_cdf")

# error
# NotDifferentiable: this call of np.quantile has no derivative: got an unexpected keyword argument 'weights'
#   File "model.py", line 5, in f
#     5 |     return np.quantile(x, 0.5, weights=np.ones(3), method="inverted_cdf")
#       |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Leave that argument out.
