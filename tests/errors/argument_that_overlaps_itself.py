import numpy as np


def f(x, v):
    v[0, 1] = x * x
    return v[1, 0] * x


def use(tx):
    tx.grad(f)(1.2, np.lib.stride_tricks.as_strided(np.arange(3.0), (2, 2), (8, 8)))

# error
# AliasError: an array that is written shows one place of its memory twice, which its copy would not
#   Pass a copy: x.copy()
