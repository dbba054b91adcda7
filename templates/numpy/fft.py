"""Fourier transforms.  A complex transform is its own transpose; a real one has a partner: rfft and hfft, irfft and ihfft.

``hfft(h, n)[j]`` is the real part of the sum of ``c[k] * h[k] * exp(-2i pi j k / n)``, where c is 2 for the entries ``1:(n + 1) // 2``, which
have a mirror image, and 1 for the others; the transpose of ``rfft`` is that sum without the weights.
``n=`` and ``s=`` cut off or fill up with zeros, and so do the adjoints.  ``out=`` is refused.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import d, linear, primitive

# ------------------------------------------------------------------------------------------------------ along one axis


@linear(np.fft.fft, np.fft.ifft)
def fft(y, a, n=None, axis=-1, norm=None):
    """
    >>> np.real(np.fft.fft(V))
    >>> np.real(np.fft.fft(T, 5, 1, norm="ortho"))
    >>> np.real(np.fft.fft(T, n=2, axis=0, norm="forward"))
    >>> np.fft.fft(ZA34, 5, 0)
    >>> np.real(np.fft.ifft(V))
    >>> np.real(np.fft.ifft(T, 2, -1, norm="ortho"))
    >>> np.real(np.fft.ifft(T, n=7, axis=0, norm="forward"))
    >>> np.fft.ifft(ZV)
    """
    g = primitive(d[y], axis=axis, norm=norm)
    d[a] = g if n is None else rt.resized(g, np.shape(a))


@linear(np.fft.rfft)
def rfft(y, a, n=None, axis=-1, norm=None):
    """
    >>> np.real(np.fft.rfft(V))
    >>> np.real(np.fft.rfft(T, axis=-1))
    >>> np.real(np.fft.rfft(T, 5, 1, norm="ortho"))
    >>> np.real(np.fft.rfft(T, n=2, axis=-1, norm="forward"))
    >>> np.real(np.fft.rfft(V[:1]))
    >>> np.fft.rfft(A34)
    >>> np.fft.rfft(T, 5, 1)
    """
    size = np.shape(a)[axis] if n is None else n
    g = np.fft.hfft(rt.weighted(d[y], 0.5, 1, (size + 1) // 2, axis), size, axis, norm)
    d[a] = g if n is None else rt.resized(g, np.shape(a))


@linear(np.fft.irfft)
def irfft(y, a, n=None, axis=-1, norm=None):
    """
    >>> np.fft.irfft(V)
    >>> np.fft.irfft(np.fft.fft(T), 5, 1, norm="ortho")
    >>> np.fft.irfft(np.fft.fft(T), n=9, axis=-1, norm="forward")
    >>> np.fft.irfft(np.fft.fft(T), n=4, axis=-1)
    >>> np.fft.irfft(ZA34)
    >>> np.fft.irfft(ZA34, 3, 0)
    """
    g = rt.weighted(np.fft.ihfft(d[y], axis=axis, norm=norm), 2.0, 1, (np.shape(y)[axis] + 1) // 2, axis)
    d[a] = g if n is None else rt.resized(g, np.shape(a))


@linear(np.fft.hfft)
def hfft(y, a, n=None, axis=-1, norm=None):
    """
    >>> np.fft.hfft(V)
    >>> np.fft.hfft(np.fft.fft(T), 5, 1, norm="ortho")
    >>> np.fft.hfft(np.fft.fft(T), n=9, axis=-1, norm="forward")
    >>> np.fft.hfft(ZA34)
    >>> np.fft.hfft(ZA34, 5)
    """
    g = rt.weighted(np.fft.rfft(d[y], axis=axis, norm=norm), 2.0, 1, (np.shape(y)[axis] + 1) // 2, axis)
    d[a] = g if n is None else rt.resized(g, np.shape(a))


@linear(np.fft.ihfft)
def ihfft(y, a, n=None, axis=-1, norm=None):
    """
    >>> np.real(np.fft.ihfft(V))
    >>> np.real(np.fft.ihfft(T, axis=-1))
    >>> np.real(np.fft.ihfft(T, 5, 1, norm="ortho"))
    >>> np.fft.ihfft(A34)
    """
    size = np.shape(a)[axis] if n is None else n
    g = np.fft.irfft(rt.weighted(d[y], 0.5, 1, (size + 1) // 2, axis), size, axis, norm)
    d[a] = g if n is None else rt.resized(g, np.shape(a))


# ---------------------------------------------------------------------------------------------------- along several axes


@linear(np.fft.fft2, np.fft.ifft2)
def fft2(y, a, s=None, axes=(-2, -1), norm=None):
    """
    >>> np.real(np.fft.fft2(T))
    >>> np.real(np.fft.fft2(T, (2, 5), (0, 1), norm="ortho"))
    >>> np.fft.fft2(ZT)
    >>> np.real(np.fft.ifft2(T))
    >>> np.real(np.fft.ifft2(T, (2, 5), (0, 1), norm="ortho"))
    """
    g = primitive(d[y], None if s is None else rt.fft_sizes(np.shape(a), s, axes), axes, norm)
    d[a] = g if s is None else rt.resized(g, np.shape(a))


@linear(np.fft.fftn, np.fft.ifftn)
def fftn(y, a, s=None, axes=None, norm=None):
    """
    >>> np.real(np.fft.fftn(T))
    >>> np.real(np.fft.fftn(T, axes=(1, 1), norm="ortho"))
    >>> np.real(np.fft.fftn(T, (2, 5), (0, 1), norm="forward"))
    >>> np.real(np.fft.ifftn(T))
    >>> np.real(np.fft.ifftn(T, axes=(1, 1), norm="ortho"))
    >>> np.real(np.fft.ifftn(T, (2, 5), (0, 1), norm="forward"))
    >>> np.fft.ifftn(ZT, (3, 3))
    """
    g = primitive(d[y], None if s is None else rt.fft_sizes(np.shape(a), s, axes), axes, norm)
    d[a] = g if s is None else rt.resized(g, np.shape(a))


@linear(np.fft.rfft2)
def rfft2(y, a, s=None, axes=(-2, -1), norm=None):
    """
    >>> np.real(np.fft.rfft2(T))
    >>> np.real(np.fft.rfft2(T, (2, 5), (0, 1), norm="ortho"))
    >>> np.real(np.fft.rfft2(T, axes=(2, 0), norm="forward"))
    >>> np.fft.rfft2(T)
    """
    places = rt.fft_axes(np.ndim(a), s, axes)
    size = np.shape(a)[places[-1]] if s is None else s[-1]
    half = rt.weighted(np.fft.fftn(d[y], axes=places[:-1], norm=norm), 0.5, 1, (size + 1) // 2, places[-1])
    g = np.fft.hfft(half, size, places[-1], norm)
    d[a] = g if s is None else rt.resized(g, np.shape(a))


@linear(np.fft.rfftn)
def rfftn(y, a, s=None, axes=None, norm=None):
    """
    >>> np.real(np.fft.rfftn(T))
    >>> np.real(np.fft.rfftn(T, (2, 5), (0, -1), norm="ortho"))
    >>> np.real(np.fft.rfftn(T, axes=(1,), norm="forward"))
    >>> np.fft.rfftn(T, axes=(0, 1))
    """
    places = rt.fft_axes(np.ndim(a), s, axes)
    size = np.shape(a)[places[-1]] if s is None else s[-1]
    half = rt.weighted(np.fft.fftn(d[y], axes=places[:-1], norm=norm), 0.5, 1, (size + 1) // 2, places[-1])
    g = np.fft.hfft(half, size, places[-1], norm)
    d[a] = g if s is None else rt.resized(g, np.shape(a))


@linear(np.fft.irfft2)
def irfft2(y, a, s=None, axes=(-2, -1), norm=None):
    """
    >>> np.fft.irfft2(np.fft.fft(T))
    >>> np.fft.irfft2(np.fft.fft(T), (2, 5), (0, 1), norm="ortho")
    >>> np.fft.irfft2(np.fft.fft(T), axes=(0, 2), norm="forward")
    >>> np.fft.irfft2(ZT)
    """
    places = rt.fft_axes(np.ndim(a), s, axes)
    size = np.shape(y)[places[-1]]
    half = rt.weighted(np.fft.ihfft(d[y], axis=places[-1], norm=norm), 2.0, 1, (size + 1) // 2, places[-1])
    g = np.fft.ifftn(half, axes=places[:-1], norm=norm)
    d[a] = g if s is None else rt.resized(g, np.shape(a))


@linear(np.fft.irfftn)
def irfftn(y, a, s=None, axes=None, norm=None):
    """
    >>> np.fft.irfftn(np.fft.fft(T))
    >>> np.fft.irfftn(np.fft.fft(T), (2, 5), (-1, 1), norm="ortho")
    >>> np.fft.irfftn(np.fft.fft(T), axes=(2,), norm="forward")
    >>> np.fft.irfftn(ZT, (5, 3))
    """
    places = rt.fft_axes(np.ndim(a), s, axes)
    size = np.shape(y)[places[-1]]
    half = rt.weighted(np.fft.ihfft(d[y], axis=places[-1], norm=norm), 2.0, 1, (size + 1) // 2, places[-1])
    g = np.fft.ifftn(half, axes=places[:-1], norm=norm)
    d[a] = g if s is None else rt.resized(g, np.shape(a))


# ----------------------------------------------------------------------------------------------------------- places


@linear(np.fft.fftshift)
def fftshift(y, x, axes=None):
    """
    >>> np.fft.fftshift(T)
    >>> np.fft.fftshift(T, axes=(0, -1))
    >>> np.fft.fftshift(V, 0)
    >>> np.fft.fftshift(ZV)
    """
    d[x] = np.fft.ifftshift(d[y], axes)


@linear(np.fft.ifftshift)
def ifftshift(y, x, axes=None):
    """
    >>> np.fft.ifftshift(T)
    >>> np.fft.ifftshift(T, axes=(0, -1))
    >>> np.fft.ifftshift(V, 0)
    """
    d[x] = np.fft.fftshift(d[y], axes)
