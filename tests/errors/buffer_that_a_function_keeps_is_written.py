import numpy as np


def f(x, work):
    rows = work()
    rows[0] = x * x
    return np.sum(rows)


def use(tx):
    kept = np.ones(3)
    tx.grad(f)(2.0, lambda: kept)

# error
# AliasError: what a function returned is written, and it keeps that in a variable outside of it
#   Copy it first: y = y.copy()
