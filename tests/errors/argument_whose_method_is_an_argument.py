import numpy as np

TABLES = {"w": np.array([1.0, 2.0, 3.0])}


def f(x, u, get):
    u[0] = x * x
    return get("w").sum() * x


def use(tx):
    tx.grad(f)(1.2, TABLES["w"], TABLES.get)

# error
# AliasError: an argument that is written is a variable of an outer scope that another argument reads, or what is called
#   Pass a copy: x.copy()
