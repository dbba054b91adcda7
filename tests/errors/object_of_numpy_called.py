import numpy as np


def f(x, g):
    return g(x) * x


def use(tx):
    return tx.grad(f)(0.5, np.polynomial.Polynomial([1.0, 2.0]))

# error
# NotDifferentiable: no derivative is known for calling a numpy.polynomial.polynomial.Polynomial
#   Call a function written in Python.
