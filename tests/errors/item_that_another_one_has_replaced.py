import numpy as np


def f(x):
    rows = []
    for i in range(3):
        rows.append(x * (i + 1))
    first = rows[0]
    k = 0
    rows[k] = x * 3.0
    first[0] = 7.0
    return np.sum(rows[0] * x)


def use(tx):
    return tx.grad(f)(np.array([2.0, 1.0]))

# error
# AliasError: an item is written that another one has replaced
#   Write to it before, or copy it: y = x.copy()
