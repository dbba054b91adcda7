import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.jvp(f)(2, x_dot=1.0)

# error
# ArgumentError: argument x is an integer and has no derivative: pass 2.0
