import numpy as np
import scipy.fft


def f(x):
    return np.sum(np.abs(scipy.fft.dct(x, 2, orthogonalize=True)))


def use(tx):
    return tx.grad(f)(np.array([1j, 2.0]))

# error
# NotDifferentiable: scipy.fft takes no notice of orthogonalize= for complex numbers
#   Transform the real and the imaginary part, or leave it out.
