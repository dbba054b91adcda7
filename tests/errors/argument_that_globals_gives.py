import numpy as np

TABLE = np.array([1.0, 2.0, 3.0])


def total():
    return globals()["TABLE"].sum()


def f(x, u):
    u[0] = x * x
    return total() * x


def use(tx):
    tx.grad(f)(1.2, TABLE)

# error
# AliasError: an argument that is written is a variable of an outer scope that another argument reads, or what is called
#   Pass a copy: x.copy()
