import numpy as np

import tangentx as tx


def g(t, u):
    return t * u


def f(x, which):
    return tx.grad(g, which)(x, x)

# error
# UnsupportedSyntax: wrt of grad inside a function is a position or a name
#   File "model.py", line 11, in f
#     11 |     return tx.grad(g, which)(x, x)
#        |            ^^^^^^^^^^^^^^^^^^^^^^^
#   Write it as a literal.
