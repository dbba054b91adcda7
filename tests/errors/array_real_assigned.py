import numpy as np


def f(x):
    y = x * 2.0
    y.real = x
    return np.sum(np.abs(y))


def use(tx):
    tx.grad(f)(np.ones(2))

# error
# UnsupportedSyntax: an assignment to .real of an array is not supported
#   Write a = v + 1j * a.imag, or a[...] = v of real numbers.
