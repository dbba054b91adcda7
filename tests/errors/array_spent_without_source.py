import random

import numpy as np


def f(x):
    weights = np.ones(3)
    y = x * weights
    random.shuffle(weights)
    return np.sum(y)

# error
# NotDifferentiable: random.shuffle has no Python source, and what it writes into is not known
#   File "model.py", line 9, in f
#     9 |     random.shuffle(weights)
#       |     ^^^^^^^^^^^^^^^^^^^^^^^
#   Use the value that it returns, or give it a copy: tangentx.stop_gradient(x.copy()).
