import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f)("2")

# error
# ArgumentError: argument x is of type str and has no derivative
