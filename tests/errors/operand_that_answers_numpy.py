import numpy as np


class Gain:
    def __init__(self, v):
        self.v = v

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return 4.0 * inputs[0] * self.v


def f(x):
    return np.sum(np.add(x * x, Gain(3.0)))


def use(tx):
    return tx.grad(f)(np.ones(2))

# error
# NotDifferentiable: the class Gain says itself what operators and functions of NumPy mean, which is not followed
#   File "model.py", line 13, in f
#     13 |     return np.sum(np.add(x * x, Gain(3.0)))
#        |                   ^^^^^^^^^^^^^^^^^^^^^^^^
#   Call a method of it by its name.
