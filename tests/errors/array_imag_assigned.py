import numpy as np


def f(x):
    y = x * 2j
    y.imag = x
    return np.sum(np.abs(y))


def use(tx):
    tx.grad(f)(np.ones(2))

# error
# UnsupportedSyntax: an assignment to .imag of an array is not supported
#   Write a = a.real + 1j * v.
