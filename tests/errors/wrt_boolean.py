import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f, True)

# error
# ArgumentError: wrt=True is a bool, not a parameter of f(x)
#   Give a position (0), a name ('x'), or a tuple of these (0, 'y').
