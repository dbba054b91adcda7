import numpy as np


import functools


def f(x):
    return x * x


def use(tx):
    return tx.grad(functools.partial(f, x=2.0))

# error
# ArgumentError: a partial of f is not a plain function
#   Write a function that fixes the arguments: lambda x: f(x, ...).
