import numpy as np

import tangentx as tx


def f(x):
    y = x * x
    with tx.insert_grad_of(y) as y_bar:
        print(y_bar)
        del y_bar
    return y

# error
# UnsupportedSyntax: y_bar is no value at the end of the block
#   File "model.py", line 8, in f
#     8 |     with tx.insert_grad_of(y) as y_bar:
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Assign an adjoint to it.
