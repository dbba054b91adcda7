import numpy as np
from scipy.signal import ShortTimeFFT


def power(s, x):
    return np.sum(s.spectrogram(x))


def f(x):
    return power(ShortTimeFFT(np.ones(4), 2, 1.0), x)


def use(tx):
    tx.grad(f)(np.cos(np.arange(9.0)))

# error
# NotDifferentiable: no derivative is known for the method .spectrogram() of a scipy.signal._short_time_fft.ShortTimeFFT
#   Write out what it does, or wrap the call in a function and give that a derivative: @tx.adjoint.
