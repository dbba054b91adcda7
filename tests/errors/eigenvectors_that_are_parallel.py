import numpy as np


def f(x):
    return np.sum(np.linalg.eig(x)[1][:, 0] ** 2)


def use(tx):
    tx.grad(f)(np.array([[1.0, 1.0], [0.0, 1.0]]))

# error
# NotDifferentiable: a matrix whose eigenvectors are (nearly) parallel has no derivative of its eigenvectors
#   If it is symmetric: use np.linalg.eigh.
