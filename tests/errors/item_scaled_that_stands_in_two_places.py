import numpy as np


def f(params):
    params[0] *= 2.0
    return params[0] @ params[1]


def use(tx):
    x = np.array([1.0, 2.0, 3.0])
    return tx.grad(f)([x, x])


# error
# AliasError: an argument that is written holds one object in two places
#   Put a copy there: y = x.copy()
