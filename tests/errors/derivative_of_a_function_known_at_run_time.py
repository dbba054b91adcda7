import numpy as np

import tangentx as tx


def f(x, g):
    return tx.grad(g)(x) * x

# error
# UnsupportedSyntax: grad of a function that is only known at run time
#   File "model.py", line 7, in f
#     7 |     return tx.grad(g)(x) * x
#       |            ^^^^^^^^^^^^^
#   Name the function.
