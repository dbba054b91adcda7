import numpy as np


def f(x):
    y = np.zeros(2)
    tail = y[1:]
    try:
        tail[0] = x * x
        z = float("2.0") * x
    except ValueError:
        z = x
    return z * y[1]

# error
# UnsupportedSyntax: tail is written into in a try that may fail after that
#   File "model.py", line 8, in f
#     8 |         tail[0] = x * x
#       |         ^^^^^^^^^^^^^^^
#   Write as the last thing in the try, or behind it.
