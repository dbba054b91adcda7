import numpy as np

import tangentx as tx


def f(x):
    with tx.insert_grad_of(x * x) as g:
        print(g)
    return x * x

# error
# UnsupportedSyntax: insert_grad_of takes one variable of the function
#   File "model.py", line 7, in f
#     7 |     with tx.insert_grad_of(x * x) as g:
#       |          ^^^^^^^^^^^^^^^^^^^^^^^^
#   Give the value a name first: y = ...
