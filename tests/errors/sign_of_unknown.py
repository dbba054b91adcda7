import numpy as np


def f(z):
    return np.sign(z).real


def use(tx):
    return tx.grad(f)(1j)

# error
# NotDifferentiable: np.sign of complex numbers is not constant, and that there are any is not known when the derivative is made
#   Annotate the argument (z: complex), or write z / np.abs(z).
