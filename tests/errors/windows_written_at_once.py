import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def f(a):
    b = a * a
    windows = sliding_window_view(b, (2, 2), writeable=True)
    windows[0] *= a[1, 1]
    return np.sum(b)


def use(tx):
    return tx.grad(f)(np.ones((3, 3)))

# error
# AliasError: windows that overlap are written at once
#   Write into the array itself, or one window after the other.
