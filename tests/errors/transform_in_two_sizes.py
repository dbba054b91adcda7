import numpy as np


def f(x):
    return np.sum(np.real(np.fft.fftn(x, (3, 5), (0, 0))))


def use(tx):
    tx.grad(f)(np.ones((3, 2)))

# error
# NotDifferentiable: a transform takes an axis twice, in two sizes
#   Write one np.fft.fft for each of them.
