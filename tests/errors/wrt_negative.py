import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f, -1)

# error
# WrtError: wrt=-1 is out of range for f(x)
#   Use 'x', or position 0.
