import functools

import numpy as np


@functools.cache
def table(n):
    return np.ones(n)


def f(x, u):
    u[0] = x * x
    return table(3).sum() * x


def use(tx):
    tx.grad(f)(1.2, table(3))

# error
# AliasError: an argument that is written is a variable of an outer scope that another argument reads, or what is called
#   Pass a copy: x.copy()
