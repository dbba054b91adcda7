import numpy as np


def f(x):
    y = np.zeros(2)
    z = y
    try:
        z[0] = x
        z[1] = np.log(x)
    except ValueError:
        return x
    return y.sum()

# error
# UnsupportedSyntax: z is written into in a try that may fail after that
#   File "model.py", line 8, in f
#     8 |         z[0] = x
#       |         ^^^^^^^^
#   Write as the last thing in the try, or behind it.
