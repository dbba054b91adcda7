import numpy as np


def f(x, rows):
    first = rows[0]
    first[0] = x * x
    return np.sum(first)


def use(tx):
    rows = np.empty(2, object)
    rows[0], rows[1] = np.ones(2), np.ones(3)
    tx.grad(f)(2.0, rows)

# error
# NotDifferentiable: an array of objects is copied, since what it holds is written
#   Pass a list: list(x).
