import numpy as np


def f(x):
    return np.sum(x.ravel(order="K") * np.arange(6.0))


def use(tx):
    tx.grad(f)(np.ones((4, 3))[::2])

# error
# NotDifferentiable: order='K' of an array that is not contiguous has no derivative here
#   Use order='C'.
