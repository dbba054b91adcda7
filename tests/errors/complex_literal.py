import numpy as np


def f(x):
    return abs(x * 1j)

# error
# UnsupportedSyntax: complex numbers are not supported yet
#   File "model.py", line 5, in f
#     5 |     return abs(x * 1j)
#       |                    ^^
#   Use real arithmetic.
