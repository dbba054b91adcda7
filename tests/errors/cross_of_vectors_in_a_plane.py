import numpy as np


def f(x):
    return np.sum(np.cross(x, np.array([1.0, 0.0, 0.0])))


def use(tx):
    tx.grad(f)(np.ones(2))

# error
# NotDifferentiable: np.cross of vectors with two components has no derivative here
#   Give them a third component: 0.0.
