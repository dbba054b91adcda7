import numpy as np


class Length:
    def __init__(self, v):
        self.v = v

    def __rmul__(self, k):
        return Length(k * self.v)


def f(x):
    return (np.array([1.0, 2.0]) * Length(x))[0].v


def use(tx):
    return tx.grad(f)(2.0)

# error
# NotDifferentiable: an array of shape (2,) stands before an object in an operator: NumPy asks the object for each item of the array
#   Write the object first, or give its class an __array_priority__.
