import numpy as np


def fill(y, x, n):
    if n > 0:
        y[n - 1] = x
        fill(y, x, n - 1)


def f(x):
    y = np.zeros(3)
    fill(y, x, 3)
    return np.sum(y * y)

# error
# UnsupportedSyntax: fill calls itself and writes into its arguments
#   File "model.py", line 12, in f
#     12 |     fill(y, x, 3)
#        |     ^^^^^^^^^^^^^
#   Let it return the new values.
