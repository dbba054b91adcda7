import numpy as np

import tangentx as tx


def f(x, which):
    def g(t, u):
        return t * u * x

    return tx.grad(g, which)(x, x)

# error
# UnsupportedSyntax: of a local function only grad, value_and_grad, vjp, jvp, with wrt written out, are supported
#   File "model.py", line 10, in f
#     10 |     return tx.grad(g, which)(x, x)
#        |            ^^^^^^^^^^^^^^^^^
#   Define it outside of the function.
