import numpy as np


def f(order, x):
    for k in order:
        order[k] = order[k] * x
    return np.sum(order[0])


def use(tx):
    tx.grad(f, "x")([1, 0], 2.0)

# error
# ArgumentError: it is taken for a dict, since its items are read by what it is gone through for, and is a list
#   Loop over range(len(xs)), or annotate it: xs: list.
