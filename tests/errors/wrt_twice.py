import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f, (0, "x"))

# error
# WrtError: wrt names 'x' twice: (0, 'x')
#   Name each parameter once.
