import numpy as np
import scipy.linalg


def f(x):
    return np.real(np.sum(scipy.linalg.solve_triangular(x, np.ones(2), trans="C")))


def use(tx):
    tx.grad(f)(np.eye(2) + 0j)


# error
# NotDifferentiable: trans='C' of a complex matrix has no derivative here
#   Use trans='T' with np.conj of the matrix.
