import math

import numpy as np


def f(x):
    y = np.zeros(3)
    try:
        for i in range(3):
            y[i] = math.log(x[i])
    except ValueError:
        return x[0] * y[0]
    return y.sum()

# error
# UnsupportedSyntax: 'y' is assigned in a try that fails, and read after that: which value it has depends on where
#   File "model.py", line 8, in f
#     8 |     try:
#       |     ^^^^
#   Assign it before the try, and give what the try makes another name.
