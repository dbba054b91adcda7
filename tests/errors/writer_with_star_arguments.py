import numpy as np


def fill(*arrays, value):
    arrays[0][0] = value


def f(x):
    y = np.zeros(3)
    fill(y, value=x)
    return np.sum(y * y)

# error
# UnsupportedSyntax: fill writes into an argument that it takes by *
#   File "model.py", line 10, in f
#     10 |     fill(y, value=x)
#        |     ^^^^^^^^^^^^^^^^
#   Name the parameter.
