import numpy as np


def f(x):
    return np.linalg.eigh(x)[1][0, 1]


def use(tx):
    tx.grad(f)(np.eye(2))

# error
# NotDifferentiable: eigenvectors or singular vectors of a value that comes twice have no derivative
#   The values themselves have one: use np.linalg.eigvalsh, eigvals or svdvals.
