import numpy as np


def weighted(weights):
    def g(x, w=weights):
        return np.sum(x * w)

    return g


g = weighted(np.array([1.0, 2.0]))


def use(tx):
    return tx.grad(g)(np.array([0.5, 1.5]))

# error
# UnsupportedSyntax: a default of g is an object that has no name in a module
#   File "model.py", line 5, in g
#     5 |     def g(x, w=weights):
#       |     ^^^^^^^^^^^^^^^^^^^^
#   Define the function outside, or read the object in its body.
