import numpy as np

import tangentx as tx


def f(x):
    y = x * x
    with tx.insert_grad_of(y) as y_bar:
        if y_bar > 1.0:
            return x
    return y

# error
# UnsupportedSyntax: the block of insert_grad_of cannot be left early
#   File "model.py", line 10, in f
#     10 |             return x
#        |             ^^^^^^^^
#   Nest the rest of the block under an if.
