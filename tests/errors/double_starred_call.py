import numpy as np


def f(x):
    options = {"axis": 0}
    return np.sum(x, **options)

# error
# UnsupportedSyntax: a call with ** is not supported yet
#   File "model.py", line 6, in f
#     6 |     return np.sum(x, **options)
#       |            ^^^^^^^^^^^^^^^^^^^^
#   Write the keyword arguments out.
