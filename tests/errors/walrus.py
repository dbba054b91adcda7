import numpy as np


def f(x):
    if (y := x * x) > 1.0:
        return y
    return x

# error
# UnsupportedSyntax: an assignment inside an expression is not supported yet
#   File "model.py", line 5, in f
#     5 |     if (y := x * x) > 1.0:
#       |         ^^^^^^^^^^
#   Assign on a line of its own.
