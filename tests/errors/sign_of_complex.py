import numpy as np


def f(z: complex):
    return np.sign(z).real


def use(tx):
    return tx.grad(f)

# error
# NotDifferentiable: np.sign of complex numbers is not constant, and has no rule
#   File "model.py", line 5, in f
#     5 |     return np.sign(z).real
#       |            ^^^^^^^^^^
#   Write z / np.abs(z).
