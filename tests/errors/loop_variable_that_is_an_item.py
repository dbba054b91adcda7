import numpy as np


def f(x):
    y = np.zeros(1)
    for y[0] in range(3):
        x = x * x
    return x * y[0]

# error
# UnsupportedSyntax: a loop variable must be a name
#   File "model.py", line 6, in f
#     6 |     for y[0] in range(3):
#       |         ^^^^
#   Write the item in the body of the loop.
