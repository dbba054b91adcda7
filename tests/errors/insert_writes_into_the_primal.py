import numpy as np

import tangentx as tx


def f(x):
    y = x * x
    with tx.insert_grad_of(y) as y_bar:
        y[0] = y_bar[0]
    return np.sum(y * y)

# error
# AliasError: the block of insert_grad_of writes into y, which the function computes with
#   File "model.py", line 9, in f
#     9 |         y[0] = y_bar[0]
#       |         ^^^^^^^^^^^^^^^
#   Write into a copy: y = y.copy()
