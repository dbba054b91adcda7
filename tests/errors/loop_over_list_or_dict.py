import numpy as np


def f(order, x):
    for k in order:
        order[k] = order[k] * x
    return np.sum(order[0])


def use(tx):
    tx.grad(f, "x")([1, 0], 2.0)

# error
# ArgumentError: expected an object of class dict, got one of list: annotate the parameter with its class
