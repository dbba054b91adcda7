import numpy as np


def f(x, g):
    return g(x) + g(2.0)

# error
# UnsupportedSyntax: a function that is only known at run time is called with an active value
#   File "model.py", line 5, in f
#     5 |     return g(x) + g(2.0)
#       |            ^^^^
#   Call a named function.
