import numpy as np


def prepared(x):
    return np, x * 2.0


def f(x):
    xp, y = prepared(x)
    return xp.reshape(y, -1).sum()


def use(tx):
    tx.grad(f)(np.ones(3))

# error
# NotDifferentiable: .reshape is taken for that of an array, and is asked of a module, which has its own
#   Call it by name: numpy.reshape(...).
