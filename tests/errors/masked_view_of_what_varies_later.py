import numpy as np


def f(x):
    y = np.zeros(4)
    m = np.ma.array(y)
    y[1] = x[0]
    return m[1] * 2.0


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: what np.ma.array gives reads later what it is made of, and that is written before
#   File "model.py", line 6, in f
#     6 |     m = np.ma.array(y)
#       |         ^^^^^^^^^^^^^^
#   Call np.ma.array behind the write, or take its values before: list(...).
