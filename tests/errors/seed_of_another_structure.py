import numpy as np


def g(x):
    return x, x * x


def use(tx):
    return tx.vjp(g)(2.0, init_grad=1.0)

# error
# CotangentError: init_grad must have the structure of its value, a tuple of 2, got 1.0
