import numpy as np


def f(x):
    return np.sum(np.einsum(np.eye(2), [0, 1], x, [1, 2]))


def use(tx):
    tx.grad(f)(np.ones((2, 2)))

# error
# NotDifferentiable: np.einsum with subscripts in lists has no derivative here
#   Write them as a string: "ij,jk->ik".
