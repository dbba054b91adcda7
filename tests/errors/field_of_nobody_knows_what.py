import numpy as np


class Weibull:
    def __init__(self, shape, scale):
        self.shape, self.scale = shape, scale


def f(p, x):
    return np.sum(x * p.shape)


def use(tx):
    return tx.grad(f)(Weibull(1.5, 2.0), np.ones(3))

# error
# ArgumentError: argument p has 'shape' of its own, which is taken for that of an array
#   Annotate the parameter with its class (Weibull), or give it another name.
