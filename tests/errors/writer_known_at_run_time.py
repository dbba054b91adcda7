import numpy as np


def halve(y):
    y[0] = y[0] / 2.0
    return np.sum(y)


def f(g, x):
    y = x * x
    return g(y) + np.sum(y)


def use(tx):
    return tx.grad(f, wrt="x")(halve, np.ones(3))

# error
# UnsupportedSyntax: halve writes into its argument 'y', and where it is called it is only known while running
#   File "model.py", line 4, in halve
#     4 | def halve(y):
#       | ^^^^^^^^^^^^^
#   Let it return the new value.
