import numpy as np


def f(x, A):
    A = A.copy()
    before = A[0]
    for row in A[1:]:
        before *= x
        row += before
        before = row
    return np.sum(A * A)


def use(tx):
    tx.grad(f)(0.8, np.ones((3, 2)))

# error
# AliasError: an array that has another name is changed in place
#   Write x[...] += e where that name is to show it and x = x + e where it is not, or annotate its parameter (x: np.ndarray).
