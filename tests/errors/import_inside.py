import numpy as np


def f(x):
    import math

    return math.sin(x)

# error
# UnsupportedSyntax: an import inside a function is not supported yet
#   File "model.py", line 5, in f
#     5 |     import math
#       |     ^^^^^^^^^^^
#   Import at the top of the module.
