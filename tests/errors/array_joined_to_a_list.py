import numpy as np


def f(x, values):
    ys = values + [x, x * x]
    return ys[0] * ys[1]


def use(tx):
    return tx.grad(f)(2.0, np.ones(2))

# error
# ArgumentError: expected an object of class list, got one of ndarray: annotate the parameter with its class
