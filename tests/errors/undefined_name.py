import numpy as np


def f(x):
    return scale * x

# error
# UnsupportedSyntax: the name 'scale' is not defined
#   File "model.py", line 5, in f
#     5 |     return scale * x
#       |            ^^^^^
#   Define it before differentiating the function.
