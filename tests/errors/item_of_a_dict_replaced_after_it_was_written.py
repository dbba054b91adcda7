import numpy as np


def f(d, key, x):
    p = d[key]
    p[0] = x
    d[key] = p * 2.0
    return p[0] * d[key][0]


def use(tx):
    return tx.grad(f, "x")({"w": np.ones(2)}, "w", 3.0)

# error
# AliasError: a slice or an item of a dict is written, and that it is a dict is only known now
#   Annotate its parameter: xs: dict
