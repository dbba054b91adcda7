import numpy as np


def f(x, params, speeds):
    for (k, p), v in zip(params.items(), speeds.values()):
        v *= 0.9
        v -= x * p
        params[k] = p + v
    return sum(np.sum(p**2) for p in params.values())


def use(tx):
    params = {"a": np.array([1.0, 2.0])}
    tx.grad(f)(0.3, params, dict(params))

# error
# AliasError: an argument that is written has something in common with another one that is read after that
#   Read it by way of the one that is written, or pass a copy: params or speeds
