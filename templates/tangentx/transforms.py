"""Rules of the helpers for Fourier, cosine and sine transforms."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import constant, d, linear

constant(rt.fft_axes, rt.fft_sizes, rt.inverse_type)


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


@linear(rt.weighted_before)
def weighted_before(y, g, type, norm=None, orthogonalize=None, axis=-1, sine=False):
    """
    >>> rt.weighted_before(A34, 1)
    >>> rt.weighted_before(A34, 2, axis=0, sine=True)
    """
    d[g] = rt.weighted_before(d[y], type, norm, orthogonalize, axis, sine)


@linear(rt.weighted_after)
def weighted_after(y, g, type, norm=None, orthogonalize=None, axis=-1, sine=False):
    """
    >>> rt.weighted_after(A34, 1)
    >>> rt.weighted_after(A34, 3, "ortho", False, 0, True)
    """
    d[g] = rt.weighted_after(d[y], type, norm, orthogonalize, axis, sine)
