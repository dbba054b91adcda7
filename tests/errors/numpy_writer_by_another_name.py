import numpy as np


def f(x):
    a = x * 1.0
    g = np.multiply if x[0] > 0 else np.add
    g(a, x, a)
    return np.sum(a)


def use(tx):
    return tx.grad(f)(np.ones(3))

# error
# UnsupportedSyntax: multiply writes into its argument, by another name
#   File "model.py", line 7, in f
#     7 |     g(a, x, a)
#       |     ^^^^^^^^^^
#   Call it by its own name, or use the value that it returns.
