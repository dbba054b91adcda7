import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f)(True)

# error
# ArgumentError: argument x is a boolean and has no derivative: pass 1.0
