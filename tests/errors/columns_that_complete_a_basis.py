import numpy as np


def f(x):
    return np.sum(np.linalg.svd(x)[0][:, 2])


def use(tx):
    tx.grad(f)(np.ones((3, 2)) + np.eye(3, 2))

# error
# NotDifferentiable: the columns that complete the basis of a null space have no derivative: they are one choice of many
#   Use the others only: full_matrices=False, or mode='reduced'.
