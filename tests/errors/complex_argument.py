import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f)(1j)

# error
# ArgumentError: argument x is complex: complex numbers are not supported yet
