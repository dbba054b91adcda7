import numpy as np
import scipy.linalg


def f(x):
    return np.sum(scipy.linalg.solve(x, np.ones(2), assume_a="tridiagonal"))


def use(tx):
    tx.grad(f)(np.eye(2))


# error
# NotDifferentiable: scipy.linalg.solve with assume_a='tridiagonal' has no derivative here
#   Leave assume_a out.
