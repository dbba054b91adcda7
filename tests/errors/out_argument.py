import numpy as np


def f(x):
    y = np.zeros(3)
    np.sin(x, out=y)
    return np.sum(y)

# error
# UnsupportedSyntax: out= writes into its argument
#   File "model.py", line 6, in f
#     6 |     np.sin(x, out=y)
#       |     ^^^^^^^^^^^^^^^^
#   Use the result: y = f(x).
