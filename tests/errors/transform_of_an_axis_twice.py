import numpy as np


def f(x):
    return np.sum(np.real(np.fft.rfftn(x, axes=(0, -2))))


def use(tx):
    tx.grad(f)(np.ones((3, 2)))

# error
# NotDifferentiable: a transform of real values takes an axis twice
#   Write one np.fft.rfft or irfft, and np.fft.fft for each of the others.
