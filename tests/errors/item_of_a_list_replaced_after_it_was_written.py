import numpy as np


def f(params, rate):
    for p in params:
        p -= rate * p
    first = params[0]
    params[0] = first * first
    return np.sum(first * params[0])


def use(tx):
    return tx.grad(f)([np.ones(2), np.ones(2)], 0.1)

# error
# AliasError: a slice or an item of a list is written, and that it is a list is only known now
#   Annotate its parameter: xs: list
