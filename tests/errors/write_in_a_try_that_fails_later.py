import numpy as np


def f(x):
    y = np.zeros(2)
    try:
        y[0] = x * x
        z = float("2.0") * x
    except ValueError:
        z = x
    return z * y[0]

# error
# UnsupportedSyntax: 'y' is assigned in a try that fails, and read after that: which value it has depends on where
#   File "model.py", line 6, in f
#     6 |     try:
#       |     ^^^^
#   Assign it before the try, and give what the try makes another name.
