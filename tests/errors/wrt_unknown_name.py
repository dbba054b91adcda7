import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f, "y")

# error
# WrtError: f(x) has no parameter 'y'
#   Use 'x', or position 0.
