import numpy as np


class Log:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return Log(np.logaddexp(self.v, o.v))


def f(x):
    return np.sum([Log(x), Log(x * x)]).v


def use(tx):
    return tx.grad(f)(2.0)

# error
# NotDifferentiable: np.array is given objects of the class Log, and asks what this says of operators
#   File "model.py", line 13, in f
#     13 |     return np.sum([Log(x), Log(x * x)]).v
#        |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Call a function of the class, or write the sum with sum(...) or as a loop.
