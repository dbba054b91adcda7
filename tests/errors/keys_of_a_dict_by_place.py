import numpy as np


def scale(d, k, x):
    for _ in range(2):
        d[k][:] = d[k] * x


def f(d, x):
    for k in d:
        scale(d, k, x)
    return np.sum(d[0] * d[1])


def use(tx):
    tx.grad(f, "x")({1: np.ones(2), 0: np.ones(2)}, 2.0)

# error
# ArgumentError: the keys of a dict are gone through, and that it is one is not known when the derivative is made
#   Annotate it: d: dict.
