import numpy as np


def g(x):
    return np.sum(x * x)


def use(tx):
    return tx.grad(g)(np.arange(3))

# error
# ArgumentError: argument x is an array of dtype int64 and has no derivative: pass x.astype(float)
