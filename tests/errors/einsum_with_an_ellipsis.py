import numpy as np


def f(a, b):
    return np.sum(np.einsum("...ij,...jk->...ik", a, b))


def use(tx):
    tx.grad(f)(np.ones((2, 2)), np.ones((2, 2)))

# error
# NotDifferentiable: np.einsum('...ij,...jk->...ik'): write the letters out, an ellipsis has no derivative yet
