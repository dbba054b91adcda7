import numpy as np


def f():
    return 1.0


def use(tx):
    return tx.grad(f)

# error
# WrtError: f() has no parameters to differentiate with respect to
#   Make what should vary a parameter.
