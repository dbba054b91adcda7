import numpy as np


def f(x):
    y = x

    def g():
        nonlocal y
        y = y * x

    g()
    return y

# error
# UnsupportedSyntax: writing to a variable of an outer function is not supported
#   File "model.py", line 8, in f
#     8 |         nonlocal y
#       |         ^^^^^^^^^^
#   Return the value instead.
