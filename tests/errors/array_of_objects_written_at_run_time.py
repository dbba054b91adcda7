import numpy as np


def f(x, a):
    a[0] = x
    return a[0] * x


def use(tx):
    tx.grad(f)(1.5, np.empty(2, dtype=object))

# error
# NotDifferentiable: an array of dtype object is written, which may hold objects
#   Make it with dtype=float, or write a list.
