"""Rules of the helpers for Fourier, cosine and sine transforms."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import constant, d, linear

constant(rt.fft_axes, rt.fft_sizes)


@linear(rt.resized)
def resized(y, g, shape):
    """
    >>> rt.resized(A23, (3, 2))
    >>> rt.resized(V, (3,))
    """
    d[g] = rt.resized(d[y], np.shape(g))


@linear(rt.weighted)
def weighted(y, g, factor, start, stop, axis=-1):
    """
    >>> rt.weighted(A34, 0.5, 1, 3)
    >>> rt.weighted(T, 2.0, -1, None, 0)
    """
    d[g] = rt.weighted(d[y], factor, start, stop, axis)
