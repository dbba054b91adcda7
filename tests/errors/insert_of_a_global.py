import numpy as np

import tangentx as tx


scale = 2.0


def f(x):
    with tx.insert_grad_of(scale) as g:
        print(g)
    return x * scale

# error
# UnsupportedSyntax: insert_grad_of(scale) is no variable of the function
#   File "model.py", line 10, in f
#     10 |     with tx.insert_grad_of(scale) as g:
#        |                            ^^^^^
#   Assign it first: y = ...
