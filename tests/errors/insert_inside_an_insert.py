import numpy as np

import tangentx as tx


def f(x):
    y = x * x
    with tx.insert_grad_of(y) as y_bar:
        with tx.insert_grad_of(x) as x_bar:
            print(x_bar, y_bar)
    return y

# error
# UnsupportedSyntax: insert_grad_of stands inside the block of another one
#   File "model.py", line 9, in f
#     9 |         with tx.insert_grad_of(x) as x_bar:
#       |              ^^^^^^^^^^^^^^^^^^^^
#   Write one with: with insert_grad_of(x) as x_bar, insert_grad_of(y) as y_bar:
