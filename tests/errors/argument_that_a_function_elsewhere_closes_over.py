import numpy as np


def make(table):
    return lambda x: table.sum() * x


TABLE = np.array([1.0, 2.0, 3.0])
total = make(TABLE)


def f(x, u):
    u[0] = x * x
    return total(x)


def use(tx):
    tx.grad(f)(1.2, TABLE)

# error
# AliasError: an argument that is written is read as a variable of an outer scope, too
#   Pass a copy: x.copy()
