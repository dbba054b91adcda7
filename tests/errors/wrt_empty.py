import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f, ())

# error
# WrtError: wrt is an empty tuple
#   Name at least one parameter of f(x).
