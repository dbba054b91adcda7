import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f(2.0))

# error
# ArgumentError: 4.0 is a float, not a function
#   Pass the function itself, then call the result: grad(f)(x).
