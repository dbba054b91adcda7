import numpy as np


class Layer:
    def __init__(self, weights):
        self.weights = weights


FIRST, SECOND = Layer(np.array([1.0, 2.0])), Layer(np.array([3.0, 4.0]))


def f(x, first):
    layer = FIRST if first else SECOND
    w = layer.weights
    w *= x
    return FIRST.weights[0] * x


def use(tx):
    tx.grad(f)(1.5, True)

# error
# AliasError: an array that has another name is changed in place
#   Write x[...] += e where that name is to show it and x = x + e where it is not, or annotate its parameter (x: np.ndarray).
