import numpy as np


def f(x, rows):
    rows = [row * x for row in rows]
    total = 0.0
    for row, other in zip(rows, rows[1:]):
        other += x
        total += np.sum(row * other)
    return total


def use(tx):
    tx.grad(f)(0.8, np.ones((3, 2)))

# error
# AliasError: an array is changed in place that comes later in the loop, under another name
#   Loop by index, and write xs[i] += e; of two arguments pass a copy of one.
