import numpy as np


def decomposed(a):
    s = a @ a.T
    return np.linalg.eigh(s)


def f(a):
    return np.sum(decomposed(a).eigenvalues)


def use(tx):
    tx.jvp(f)(np.eye(2), a_dot=np.ones((2, 2)))

# error
# NotDifferentiable: eigenvectors or singular vectors of a value that comes twice have no derivative
#   The values themselves have one: use np.linalg.eigvalsh, eigvals or svdvals.
