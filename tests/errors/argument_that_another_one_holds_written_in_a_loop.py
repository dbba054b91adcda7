import numpy as np


def f(x, w, gs):
    for g in gs:
        w += x * g
    return np.sum(w**2)


def use(tx):
    gs = [np.array([0.3, 1.0]), np.array([2.0, 0.7]), np.array([1.0, 3.0])]
    tx.grad(f)(0.8, gs[1], gs)

# error
# AliasError: an argument that is written has something in common with another one that is read after that
#   Read it by way of the one that is written, or pass a copy: gs or w
