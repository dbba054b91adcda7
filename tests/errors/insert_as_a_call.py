import numpy as np

import tangentx as tx


def f(x):
    y = x * x
    look = tx.insert_grad_of(y)
    return y

# error
# UnsupportedSyntax: insert_grad_of stands in a with statement of its own
#   File "model.py", line 8, in f
#     8 |     look = tx.insert_grad_of(y)
#       |            ^^^^^^^^^^^^^^^^^^^^
#   Write: with insert_grad_of(x) as x_bar:
