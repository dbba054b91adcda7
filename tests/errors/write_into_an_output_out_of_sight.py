import numpy as np
from scipy import ndimage


def f(x):
    smooth = np.zeros(3)
    ndimage.gaussian_filter(x, 1.0, output=smooth)
    return np.sum(smooth * x)

# error
# NotDifferentiable: ndimage.gaussian_filter writes into its argument 'output', and it is not seen how
#   File "model.py", line 7, in f
#     7 |     ndimage.gaussian_filter(x, 1.0, output=smooth)
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Use the value that it returns, or give it a copy: tangentx.stop_gradient(x.copy()).
