import numpy as np


def f(x):
    with np.errstate(all="ignore"):
        y = np.log(x)
    return y

# error
# UnsupportedSyntax: with is not supported yet
#   File "model.py", line 5, in f
#     5 |     with np.errstate(all="ignore"):
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Enter the context outside of the function.
