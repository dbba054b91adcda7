import numpy as np


def f(d):
    return np.sum(np.array([2.0] * d["w"]))


def use(tx):
    return tx.grad(f)({"w": np.array([0.5, 0.7])})

# error
# ArgumentError: a list is repeated by a whole number, and this is a ndarray
#   Write np.array([...]) * x where the product of an array is meant.
