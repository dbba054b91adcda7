from itertools import chain

import numpy as np


def f(x):
    grid = [[0.0, 0.0], [0.0, 0.0]]
    flat = chain.from_iterable(grid)
    grid[0][1] = x[0]
    return sum(v * v for v in flat)


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: what chain.from_iterable gives reads later what it is made of, and that is written before
#   File "model.py", line 8, in f
#     8 |     flat = chain.from_iterable(grid)
#       |            ^^^^^^^^^^^^^^^^^^^^^^^^^
#   Call chain.from_iterable behind the write, or take its values before: list(...).
