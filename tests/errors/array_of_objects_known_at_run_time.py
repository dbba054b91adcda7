import numpy as np


def f(x, kind=object):
    a = np.array([x, x * x], dtype=kind)
    return a.sum()


def use(tx):
    tx.grad(f)(1.5)

# error
# NotDifferentiable: an array of dtype object holds objects, of which nothing is known
#   Make it with dtype=float.
