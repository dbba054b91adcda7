from contextlib import contextmanager

import numpy as np

TABLE = [1.0, 2.0]


@contextmanager
def first(v):
    TABLE[0] = v
    try:
        yield
    finally:
        TABLE[0] = 1.0


def weighed(x, table=TABLE):
    return np.sum(np.dot(table, np.array([x, x * x])))


def f(g, x):
    with first(3.0):
        return g(x) * x


def use(tx):
    return tx.grad(f, wrt=1)(weighed, 2.0)

# error
# AliasError: a context writes into a list that a function reads which is only known while running
#   Pass the function a copy of it, or call it by its name.
