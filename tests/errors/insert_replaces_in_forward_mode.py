import numpy as np

import tangentx as tx


def f(x):
    y = x * x
    with tx.insert_grad_of(y) as y_bar:
        y_bar = min(y_bar, 1.0)
    return y


def use(tx):
    tx.jvp(f)

# error
# NotDifferentiable: insert_grad_of(y) replaces an adjoint, and forward mode has none
#   File "model.py", line 8, in f
#     8 |     with tx.insert_grad_of(y) as y_bar:
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Use grad or vjp; hvp of the gradient goes through the block.
