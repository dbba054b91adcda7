import numpy as np

import tangentx as tx


def f(x):
    y = x * x
    with tx.insert_grad_of(y) as (a, b):
        print(a, b)
    return y

# error
# UnsupportedSyntax: the adjoint of insert_grad_of gets one name
#   File "model.py", line 8, in f
#     8 |     with tx.insert_grad_of(y) as (a, b):
#       |                                  ^^^^^^
#   Write: with insert_grad_of(x) as x_bar:
