import math

import numpy as np


def exps(y):
    return map(math.exp, y)


def f(x):
    y = [0.0, 0.0]
    g = exps(y)
    y[1] = x[1]
    return sum(g)


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: what map gives reads later what it is made of, and that is written before
#   File "model.py", line 7, in exps
#     7 |     return map(math.exp, y)
#       |            ^^^^^^^^^^^^^^^^
#   Call map behind the write, or take its values before: list(...).
