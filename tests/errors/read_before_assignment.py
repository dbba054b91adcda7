import numpy as np


def f(x):
    y = z * x
    z = y
    return z

# error
# UnsupportedSyntax: 'z' is read before it is assigned
#   File "model.py", line 5, in f
#     5 |     y = z * x
#       |         ^
#   Assign it on every path that leads here.
