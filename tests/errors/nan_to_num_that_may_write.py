import numpy as np


def f(x, own):
    return np.sum(np.nan_to_num(x, copy=own))

# error
# UnsupportedSyntax: whether np.nan_to_num writes into its argument is only known while running
#   File "model.py", line 5, in f
#     5 |     return np.sum(np.nan_to_num(x, copy=own))
#       |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Write copy=True or copy=False.
