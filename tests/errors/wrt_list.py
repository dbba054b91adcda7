import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f, ["x"])

# error
# ArgumentError: wrt=['x'] is a list, not a parameter of f(x)
#   Write wrt=('x',).
