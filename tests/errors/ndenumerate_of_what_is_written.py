import numpy as np


def f(x):
    w, t = np.ones(4), 0.0
    for i, v in np.ndenumerate(w):
        w[3] = x[0]
        t += v * v
    return t


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: what np.ndenumerate gives reads later what it is made of, and that is written before
#   File "model.py", line 6, in f
#     6 |     for i, v in np.ndenumerate(w):
#       |                 ^^^^^^^^^^^^^^^^^
#   Call np.ndenumerate behind the write, or take its values before: list(...).
