import numpy as np


def f(x):
    y = x * x
    del y
    return x

# error
# UnsupportedSyntax: del is not supported yet
#   File "model.py", line 6, in f
#     6 |     del y
#       |     ^^^^^
#   Leave it out: the name is freed when the function returns.
