import numpy as np

import tangentx as tx


def f(x, lock):
    with tx.insert_grad_of(x) as g, lock:
        print(g)
    return x * x

# error
# UnsupportedSyntax: insert_grad_of stands behind the other contexts of a with
#   File "model.py", line 7, in f
#     7 |     with tx.insert_grad_of(x) as g, lock:
#       |          ^^^^^^^^^^^^^^^^^^^^
#   Write two with statements.
