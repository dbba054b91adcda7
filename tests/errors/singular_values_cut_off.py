import numpy as np


def f(x):
    return np.sum(np.linalg.pinv(x, 0.5))


def use(tx):
    tx.grad(f)(np.diag([1.0, 0.4]))

# error
# NotDifferentiable: singular values that are not zero are cut off, and the derivative is that of a matrix without them
#   Choose a smaller rcond, or write it with np.linalg.svd.
