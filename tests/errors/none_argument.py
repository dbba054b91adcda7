import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f)(None)

# error
# ArgumentError: argument x is of type NoneType and has no derivative
