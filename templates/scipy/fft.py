"""SciPy's Fourier transforms, as NumPy's (see there), and its cosine and sine transforms.

The transposed cosine transform of type 2 is that of type 3, and the other way round, but for weights at the ends; types 1 and 4 are their own.
``overwrite_x=`` and ``plan=`` are refused.
"""

import numpy as np
import scipy.fft

import tangentx.runtime as rt
from tangentx.rules.declare import d, linear, primitive, refused, written

# ------------------------------------------------------------------------------------------------------ along one axis


@linear(scipy.fft.fft, scipy.fft.ifft)
def fft(y, x, n=None, axis=-1, norm=None, *, workers=None):
    """
    >>> np.real(scipy.fft.fft(T, 5, 1, norm="ortho"))
    >>> np.real(scipy.fft.fft(T, n=2, axis=0, norm="forward"))
    >>> np.real(scipy.fft.ifft(T, 2, -1, norm="ortho"))
    >>> np.real(scipy.fft.ifft(T, n=7, axis=0, norm="forward"))
    """
    g = primitive(d[y], axis=axis, norm=norm)
    d[x] = g if n is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.rfft)
def rfft(y, x, n=None, axis=-1, norm=None, *, workers=None):
    """
    >>> np.real(scipy.fft.rfft(T, axis=-1))
    >>> np.real(scipy.fft.rfft(T, 5, 1, norm="ortho"))
    >>> np.real(scipy.fft.rfft(T, n=2, axis=-1, norm="forward"))
    >>> np.real(scipy.fft.rfft(V[:1]))
    """
    size = np.shape(x)[axis] if n is None else n
    g = scipy.fft.hfft(rt.weighted(d[y], 0.5, 1, (size + 1) // 2, axis), size, axis, norm)
    d[x] = g if n is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.irfft)
def irfft(y, x, n=None, axis=-1, norm=None, *, workers=None):
    """
    >>> scipy.fft.irfft(scipy.fft.fft(T), 5, 1, norm="ortho")
    >>> scipy.fft.irfft(scipy.fft.fft(T), n=9, axis=-1, norm="forward")
    >>> scipy.fft.irfft(scipy.fft.fft(T), n=4, axis=-1)
    """
    g = rt.weighted(scipy.fft.ihfft(d[y], axis=axis, norm=norm), 2.0, 1, (np.shape(y)[axis] + 1) // 2, axis)
    d[x] = g if n is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.hfft)
def hfft(y, x, n=None, axis=-1, norm=None, *, workers=None):
    """
    >>> scipy.fft.hfft(scipy.fft.fft(T), 5, 1, norm="ortho")
    >>> scipy.fft.hfft(scipy.fft.fft(T), n=9, axis=-1, norm="forward")
    """
    g = rt.weighted(scipy.fft.rfft(d[y], axis=axis, norm=norm), 2.0, 1, (np.shape(y)[axis] + 1) // 2, axis)
    d[x] = g if n is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.ihfft)
def ihfft(y, x, n=None, axis=-1, norm=None, *, workers=None):
    """
    >>> np.real(scipy.fft.ihfft(T, axis=-1))
    >>> np.real(scipy.fft.ihfft(T, 5, 1, norm="ortho"))
    """
    size = np.shape(x)[axis] if n is None else n
    g = scipy.fft.irfft(rt.weighted(d[y], 0.5, 1, (size + 1) // 2, axis), size, axis, norm)
    d[x] = g if n is None else rt.resized(g, np.shape(x))


# ---------------------------------------------------------------------------------------------------- along several axes


@linear(scipy.fft.fft2, scipy.fft.ifft2)
def fft2(y, x, s=None, axes=(-2, -1), norm=None, *, workers=None):
    """
    >>> np.real(scipy.fft.fft2(T))
    >>> np.real(scipy.fft.fft2(T, (2, 5), (0, 1), norm="ortho"))
    >>> np.real(scipy.fft.ifft2(T))
    >>> np.real(scipy.fft.ifft2(T, (2, 5), (0, 1), norm="ortho"))
    """
    g = primitive(d[y], s, axes, norm)
    d[x] = g if s is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.fftn, scipy.fft.ifftn)
def fftn(y, x, s=None, axes=None, norm=None, *, workers=None):
    """
    >>> np.real(scipy.fft.fftn(T, axes=(1, 0), norm="ortho"))
    >>> np.real(scipy.fft.fftn(T, (2, 5), (0, 1), norm="forward"))
    >>> np.real(scipy.fft.ifftn(T, axes=(1,), norm="ortho"))
    >>> np.real(scipy.fft.ifftn(T, (2, 5), (0, 1), norm="forward"))
    """
    g = primitive(d[y], s, axes, norm)
    d[x] = g if s is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.rfft2)
def rfft2(y, x, s=None, axes=(-2, -1), norm=None, *, workers=None):
    """
    >>> np.real(scipy.fft.rfft2(T, (2, 5), (0, 1), norm="ortho"))
    >>> np.real(scipy.fft.rfft2(T, axes=(2, 0), norm="forward"))
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    size = np.shape(x)[places[-1]] if s is None else s[-1]
    half = rt.weighted(scipy.fft.fftn(d[y], axes=places[:-1], norm=norm), 0.5, 1, (size + 1) // 2, places[-1])
    g = scipy.fft.hfft(half, size, places[-1], norm)
    d[x] = g if s is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.rfftn)
def rfftn(y, x, s=None, axes=None, norm=None, *, workers=None):
    """
    >>> np.real(scipy.fft.rfftn(T, (2, 5), (0, -1), norm="ortho"))
    >>> np.real(scipy.fft.rfftn(T, axes=(1,), norm="forward"))
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    size = np.shape(x)[places[-1]] if s is None else s[-1]
    half = rt.weighted(scipy.fft.fftn(d[y], axes=places[:-1], norm=norm), 0.5, 1, (size + 1) // 2, places[-1])
    g = scipy.fft.hfft(half, size, places[-1], norm)
    d[x] = g if s is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.irfft2)
def irfft2(y, x, s=None, axes=(-2, -1), norm=None, *, workers=None):
    """
    >>> scipy.fft.irfft2(scipy.fft.fft(T), (2, 5), (0, 1), norm="ortho")
    >>> scipy.fft.irfft2(scipy.fft.fft(T), axes=(0, 2), norm="forward")
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    size = np.shape(y)[places[-1]]
    half = rt.weighted(scipy.fft.ihfft(d[y], axis=places[-1], norm=norm), 2.0, 1, (size + 1) // 2, places[-1])
    g = scipy.fft.ifftn(half, axes=places[:-1], norm=norm)
    d[x] = g if s is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.irfftn)
def irfftn(y, x, s=None, axes=None, norm=None, *, workers=None):
    """
    >>> scipy.fft.irfftn(scipy.fft.fft(T), (2, 5), (-1, 1), norm="ortho")
    >>> scipy.fft.irfftn(scipy.fft.fft(T), axes=(2,), norm="forward")
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    size = np.shape(y)[places[-1]]
    half = rt.weighted(scipy.fft.ihfft(d[y], axis=places[-1], norm=norm), 2.0, 1, (size + 1) // 2, places[-1])
    g = scipy.fft.ifftn(half, axes=places[:-1], norm=norm)
    d[x] = g if s is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.ihfft2)
def ihfft2(y, x, s=None, axes=(-2, -1), norm=None, *, workers=None):
    """
    >>> np.real(scipy.fft.ihfft2(T, (2, 5), (0, 1), norm="ortho"))
    >>> np.real(scipy.fft.ihfft2(T, axes=(2, 0), norm="forward"))
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    size = np.shape(x)[places[-1]] if s is None else s[-1]
    half = rt.weighted(scipy.fft.ifftn(d[y], axes=places[:-1], norm=norm), 0.5, 1, (size + 1) // 2, places[-1])
    g = scipy.fft.irfft(half, size, places[-1], norm)
    d[x] = g if s is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.ihfftn)
def ihfftn(y, x, s=None, axes=None, norm=None, *, workers=None):
    """
    >>> np.real(scipy.fft.ihfftn(T, (2, 5), (0, -1), norm="ortho"))
    >>> np.real(scipy.fft.ihfftn(T, axes=(1,), norm="forward"))
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    size = np.shape(x)[places[-1]] if s is None else s[-1]
    half = rt.weighted(scipy.fft.ifftn(d[y], axes=places[:-1], norm=norm), 0.5, 1, (size + 1) // 2, places[-1])
    g = scipy.fft.irfft(half, size, places[-1], norm)
    d[x] = g if s is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.hfft2)
def hfft2(y, x, s=None, axes=(-2, -1), norm=None, *, workers=None):
    """
    >>> scipy.fft.hfft2(scipy.fft.fft(T), (2, 5), (0, 1), norm="ortho")
    >>> scipy.fft.hfft2(scipy.fft.fft(T), axes=(0, 2), norm="forward")
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    size = np.shape(y)[places[-1]]
    half = rt.weighted(scipy.fft.rfft(d[y], axis=places[-1], norm=norm), 2.0, 1, (size + 1) // 2, places[-1])
    g = scipy.fft.fftn(half, axes=places[:-1], norm=norm)
    d[x] = g if s is None else rt.resized(g, np.shape(x))


@linear(scipy.fft.hfftn)
def hfftn(y, x, s=None, axes=None, norm=None, *, workers=None):
    """
    >>> scipy.fft.hfftn(scipy.fft.fft(T), (2, 5), (-1, 1), norm="ortho")
    >>> scipy.fft.hfftn(scipy.fft.fft(T), axes=(2,), norm="forward")
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    size = np.shape(y)[places[-1]]
    half = rt.weighted(scipy.fft.rfft(d[y], axis=places[-1], norm=norm), 2.0, 1, (size + 1) // 2, places[-1])
    g = scipy.fft.fftn(half, axes=places[:-1], norm=norm)
    d[x] = g if s is None else rt.resized(g, np.shape(x))


# ---------------------------------------------------------------------------------------------------- cosines and sines


@linear(scipy.fft.dct)
def dct(y, x, type=2, n=None, axis=-1, norm=None, *, workers=None, orthogonalize=None):
    """
    >>> scipy.fft.dct(V)
    >>> scipy.fft.dct(T, 1, axis=1)
    >>> scipy.fft.dct(T, 2, 5, 1)
    >>> scipy.fft.dct(T, 3, n=2, axis=0, norm="ortho")
    >>> scipy.fft.dct(T, 4, norm="forward")
    >>> scipy.fft.dct(V, 2, norm="ortho")
    >>> scipy.fft.dct(T, type=3, axis=1)
    >>> scipy.fft.dct(V, 1, norm="ortho")
    >>> scipy.fft.dct(V, 2, orthogonalize=True)
    """
    kind = type
    g = rt.weighted_before(d[y], kind, norm, orthogonalize, axis)
    t = scipy.fft.dct(g, rt.inverse_type(type), None, axis, norm, orthogonalize=orthogonalize)
    d[x] = rt.resized(rt.weighted_after(t, kind, norm, orthogonalize, axis), np.shape(x))


@linear(scipy.fft.idct)
def idct(y, x, type=2, n=None, axis=-1, norm=None, *, workers=None, orthogonalize=None):
    """
    >>> scipy.fft.idct(V)
    >>> scipy.fft.idct(T, 1, axis=1)
    >>> scipy.fft.idct(T, 2, 5, 1)
    >>> scipy.fft.idct(T, 3, n=2, axis=0, norm="ortho")
    >>> scipy.fft.idct(T, 4, norm="forward")
    >>> scipy.fft.idct(V, 2, norm="ortho")
    >>> scipy.fft.idct(T, type=3, axis=1)
    >>> scipy.fft.idct(V, 1, norm="ortho")
    >>> scipy.fft.idct(V, 2, orthogonalize=True)
    """
    kind = rt.inverse_type(type)
    g = rt.weighted_before(d[y], kind, norm, orthogonalize, axis)
    t = scipy.fft.idct(g, rt.inverse_type(type), None, axis, norm, orthogonalize=orthogonalize)
    d[x] = rt.resized(rt.weighted_after(t, kind, norm, orthogonalize, axis), np.shape(x))


@linear(scipy.fft.dst)
def dst(y, x, type=2, n=None, axis=-1, norm=None, *, workers=None, orthogonalize=None):
    """
    >>> scipy.fft.dst(V)
    >>> scipy.fft.dst(T, 1, axis=1)
    >>> scipy.fft.dst(T, 2, 5, 1)
    >>> scipy.fft.dst(T, 3, n=2, axis=0, norm="ortho")
    >>> scipy.fft.dst(T, 4, norm="forward")
    >>> scipy.fft.dst(V, 2, norm="ortho")
    >>> scipy.fft.dst(T, type=3, axis=1)
    >>> scipy.fft.dst(V, 1, norm="ortho")
    >>> scipy.fft.dst(V, 2, orthogonalize=True)
    """
    kind = type
    g = rt.weighted_before(d[y], kind, norm, orthogonalize, axis, True)
    t = scipy.fft.dst(g, rt.inverse_type(type), None, axis, norm, orthogonalize=orthogonalize)
    d[x] = rt.resized(rt.weighted_after(t, kind, norm, orthogonalize, axis, True), np.shape(x))


@linear(scipy.fft.idst)
def idst(y, x, type=2, n=None, axis=-1, norm=None, *, workers=None, orthogonalize=None):
    """
    >>> scipy.fft.idst(V)
    >>> scipy.fft.idst(T, 1, axis=1)
    >>> scipy.fft.idst(T, 2, 5, 1)
    >>> scipy.fft.idst(T, 3, n=2, axis=0, norm="ortho")
    >>> scipy.fft.idst(T, 4, norm="forward")
    >>> scipy.fft.idst(V, 2, norm="ortho")
    >>> scipy.fft.idst(T, type=3, axis=1)
    >>> scipy.fft.idst(V, 1, norm="ortho")
    >>> scipy.fft.idst(V, 2, orthogonalize=True)
    """
    kind = rt.inverse_type(type)
    g = rt.weighted_before(d[y], kind, norm, orthogonalize, axis, True)
    t = scipy.fft.idst(g, rt.inverse_type(type), None, axis, norm, orthogonalize=orthogonalize)
    d[x] = rt.resized(rt.weighted_after(t, kind, norm, orthogonalize, axis, True), np.shape(x))


@written(scipy.fft.dctn)
def dctn(x, type=2, s=None, axes=None, norm=None, *, workers=None, orthogonalize=None):
    """
    >>> scipy.fft.dctn(A34)
    >>> scipy.fft.dctn(T, 3, (2, 5), (0, 1), norm="ortho")
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    total = x
    for k in range(len(places)):
        total = scipy.fft.dct(total, type, None if s is None else s[k], places[k], norm, orthogonalize=orthogonalize)
    return total


@written(scipy.fft.idctn)
def idctn(x, type=2, s=None, axes=None, norm=None, *, workers=None, orthogonalize=None):
    """
    >>> scipy.fft.idctn(A34)
    >>> scipy.fft.idctn(T, 3, (2, 5), (0, 1), norm="ortho")
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    total = x
    for k in range(len(places)):
        total = scipy.fft.idct(total, type, None if s is None else s[k], places[k], norm, orthogonalize=orthogonalize)
    return total


@written(scipy.fft.dstn)
def dstn(x, type=2, s=None, axes=None, norm=None, *, workers=None, orthogonalize=None):
    """
    >>> scipy.fft.dstn(A34)
    >>> scipy.fft.dstn(T, 3, (2, 5), (0, 1), norm="ortho")
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    total = x
    for k in range(len(places)):
        total = scipy.fft.dst(total, type, None if s is None else s[k], places[k], norm, orthogonalize=orthogonalize)
    return total


@written(scipy.fft.idstn)
def idstn(x, type=2, s=None, axes=None, norm=None, *, workers=None, orthogonalize=None):
    """
    >>> scipy.fft.idstn(A34)
    >>> scipy.fft.idstn(T, 3, (2, 5), (0, 1), norm="ortho")
    """
    places = rt.fft_axes(np.ndim(x), s, axes)
    total = x
    for k in range(len(places)):
        total = scipy.fft.idst(total, type, None if s is None else s[k], places[k], norm, orthogonalize=orthogonalize)
    return total


refused(
    *(scipy.fft.fht, scipy.fft.ifht),
    reason="there is no rule for the fast Hankel transform",
    way_out="Write it with scipy.fft.rfft and irfft.",
)


# ----------------------------------------------------------------------------------------------------------- places


@linear(scipy.fft.fftshift)
def fftshift(y, x, axes=None):
    """
    >>> scipy.fft.fftshift(T, axes=(0, -1))
    >>> scipy.fft.fftshift(V, 0)
    """
    d[x] = scipy.fft.ifftshift(d[y], axes)


@linear(scipy.fft.ifftshift)
def ifftshift(y, x, axes=None):
    """
    >>> scipy.fft.ifftshift(T, axes=(0, -1))
    >>> scipy.fft.ifftshift(V, 0)
    """
    d[x] = scipy.fft.fftshift(d[y], axes)
