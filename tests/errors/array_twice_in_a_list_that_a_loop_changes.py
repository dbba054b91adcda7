import numpy as np


def f(x, rows):
    total = 0.0
    for row in rows:
        row += x
        total += row @ row
    return total


def use(tx):
    u = np.array([1.0, 2.0])
    tx.grad(f)(1.5, [u, u])

# error
# AliasError: an argument that is written holds one object in two places
#   Put a copy there: y = x.copy()
