import numpy as np

WEIGHTS = {"w": np.array([1.0, 2.0, 3.0])}


def f(x):
    w = WEIGHTS.get("w")
    w[0] = x[0]
    return (w * x).sum()


def use(tx):
    return tx.grad(f)(np.array([0.7, -1.3, 2.1]))

# error
# AliasError: w[...] = ... writes to a global variable
#   File "model.py", line 8, in f
#     8 |     w[0] = x[0]
#       |     ^^^^^^^^^^^
#   Copy it first: w = w.copy()
