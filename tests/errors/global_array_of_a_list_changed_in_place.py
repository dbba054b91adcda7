import numpy as np

DAY, NIGHT = np.array([1.0, 2.0]), np.array([3.0, 4.0])


def f(x):
    rates = [DAY, NIGHT]
    rates[0] += x
    return DAY[0] * x


def use(tx):
    tx.grad(f)(1.5)

# error
# AliasError: an array that has another name is changed in place
#   Write x[...] += e where that name is to show it and x = x + e where it is not, or annotate its parameter (x: np.ndarray).
