import numpy as np


def f(x):
    try:
        y = np.log(x)
    except ValueError:
        y = 0.0
    return y

# error
# UnsupportedSyntax: try is not supported yet
#   File "model.py", line 5, in f
#     5 |     try:
#       |     ^^^^
#   Test for the case with if, or call the function inside the try.
