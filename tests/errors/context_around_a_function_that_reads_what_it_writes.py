from contextlib import contextmanager

import numpy as np

TABLE = np.array([1.0, 2.0])


@contextmanager
def filled(v):
    old = TABLE.copy()
    TABLE[:] = v
    try:
        yield
    finally:
        TABLE[:] = old


class Weighted:
    def __init__(self, weights):
        self.weights = weights

    def __call__(self, x):
        return (x * self.weights).sum()


def f(x, loss):
    with filled(2.0):
        y = loss(x)
    return y * x


def use(tx):
    return tx.grad(f)(1.3, Weighted(TABLE[::-1]))

# error
# AliasError: a context writes into an array that a function reads which is only known while running
#   Pass the function a copy of it, or call it by its name.
