import numpy as np

WEIGHTS = np.array([1.0, 2.0])


class Length:
    def __init__(self, v):
        self.v = v

    def __rmul__(self, k):
        return Length(k * self.v)


def f(x):
    return (WEIGHTS * Length(x))[0].v


def use(tx):
    return tx.grad(f)(2.0)

# error
# NotDifferentiable: NumPy asks the Length for each item of WEIGHTS
#   File "model.py", line 15, in f
#     15 |     return (WEIGHTS * Length(x))[0].v
#        |             ^^^^^^^^^^^^^^^^^^^
#   Write the object first.
