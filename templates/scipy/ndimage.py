"""Filters of images.  Gaussian ones are symmetric where an image is reflected at its edges (``mode="reflect"``), each its own adjoint: other modes
are refused there.  The others are said by the ``signal.correlate`` of the image with its edges around it; ``output=`` and ``axes=`` are refused.
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage, signal

import tangentx.runtime as rt
from tangentx.rules.declare import d, linear, refused, written


@linear(ndimage.gaussian_filter)
def gaussian_filter(y, input, sigma, *, truncate=4.0):
    """
    >>> ndimage.gaussian_filter(A34, 0.8)
    >>> ndimage.gaussian_filter(A34, (0.5, 2.0), truncate=3.0)
    """
    d[input] = ndimage.gaussian_filter(d[y], sigma, truncate=truncate)


@linear(ndimage.gaussian_filter1d)
def gaussian_filter1d(y, input, sigma, axis=-1, *, truncate=4.0):
    """
    >>> ndimage.gaussian_filter1d(A34, 0.8)
    >>> ndimage.gaussian_filter1d(A34, 2.0, 0)
    """
    d[input] = ndimage.gaussian_filter1d(d[y], sigma, axis, truncate=truncate)


@written(ndimage.correlate)
def correlate(input, weights, *, mode="reflect", cval=0.0, origin=0):
    """
    >>> ndimage.correlate(A34, M)
    >>> ndimage.correlate(A34, A23, mode="mirror")
    >>> ndimage.correlate(M, A34, mode="constant", cval=S, origin=(1, -1))
    >>> ndimage.correlate(A34, A23[:, :2], mode="wrap")
    >>> ndimage.correlate(ZM, A23, mode="nearest")
    """
    rt.check_fractions(input)
    shape = np.array(np.shape(weights))
    widths = np.stack([shape // 2 + origin, shape - 1 - shape // 2 - origin], axis=1)
    same = "symmetric" if mode in ("reflect", "grid-mirror") else "reflect" if mode == "mirror" else "edge" if mode == "nearest" else mode
    around = "wrap" if mode == "grid-wrap" else same
    whole = np.pad(input, widths, constant_values=cval) if mode in ("constant", "grid-constant") else np.pad(input, widths, around)
    return signal.correlate(whole, rt.cast_like(weights, whole), "valid", "direct")


@written(ndimage.convolve)
def convolve(input, weights, *, mode="reflect", cval=0.0, origin=0):
    """
    >>> ndimage.convolve(A34, M)
    >>> ndimage.convolve(A34, A23, mode="mirror")
    >>> ndimage.convolve(M, A34, mode="constant", cval=S, origin=(1, -1))
    """
    return ndimage.correlate(input, np.conj(np.flip(weights)), mode=mode, cval=cval, origin=np.mod(np.shape(weights), 2) - 1 - origin)


@written(ndimage.correlate1d)
def correlate1d(input, weights, axis=-1, *, mode="reflect", cval=0.0, origin=0):
    """
    >>> ndimage.correlate1d(A34, V)
    >>> ndimage.correlate1d(A34, A34[0], 0, mode="wrap", origin=1)
    """
    shape = np.where(np.arange(np.ndim(input)) == np.mod(axis, np.ndim(input)), -1, 1)
    return ndimage.correlate(input, np.reshape(weights, shape), mode=mode, cval=cval, origin=np.where(shape < 0, origin, 0))


@written(ndimage.convolve1d)
def convolve1d(input, weights, axis=-1, *, mode="reflect", cval=0.0, origin=0):
    """
    >>> ndimage.convolve1d(A34, V)
    >>> ndimage.convolve1d(A34, A34[0], 0, mode="constant", cval=0.5)
    """
    return ndimage.correlate1d(input, np.conj(np.flip(weights)), axis, mode=mode, cval=cval, origin=np.size(weights) % 2 - 1 - origin)


@written(ndimage.uniform_filter1d)
def uniform_filter1d(input, size, axis=-1, *, mode="reflect", cval=0.0, origin=0):
    """
    >>> ndimage.uniform_filter1d(A34, 3)
    >>> ndimage.uniform_filter1d(A34, 2, 0, mode="nearest")
    """
    return ndimage.correlate1d(input, np.full(size, 1.0 / size), axis, mode=mode, cval=cval, origin=origin)


@written(ndimage.uniform_filter)
def uniform_filter(input, size=3, *, mode="reflect", cval=0.0, origin=0):
    """
    >>> ndimage.uniform_filter(A34)
    >>> ndimage.uniform_filter(T, (1, 2, 3), mode="wrap")
    """
    sizes, total = np.broadcast_to(size, np.ndim(input)), input
    for axis in range(np.ndim(input)):
        total = ndimage.uniform_filter1d(total, sizes[axis], axis, mode=mode, cval=cval, origin=origin)
    return total


@written(ndimage.laplace)
def laplace(input, *, mode="reflect", cval=0.0):
    """
    >>> ndimage.laplace(A34)
    >>> ndimage.laplace(T, mode="wrap")
    """
    parts = [ndimage.correlate1d(input, [1.0, -2.0, 1.0], axis, mode=mode, cval=cval) for axis in range(np.ndim(input))]
    return np.sum(np.stack(parts), axis=0)


@written(ndimage.sobel)
def sobel(input, axis=-1, *, mode="reflect", cval=0.0):
    """
    >>> ndimage.sobel(A34)
    >>> ndimage.sobel(T, 0, mode="nearest")
    """
    total = ndimage.correlate1d(input, [-1.0, 0.0, 1.0], axis, mode=mode, cval=cval)
    for other in range(np.ndim(input)):
        total = total if other == axis % np.ndim(input) else ndimage.correlate1d(total, [1.0, 2.0, 1.0], other, mode=mode, cval=cval)
    return total


@written(ndimage.prewitt)
def prewitt(input, axis=-1, *, mode="reflect", cval=0.0):
    """
    >>> ndimage.prewitt(A34)
    """
    total = ndimage.correlate1d(input, [-1.0, 0.0, 1.0], axis, mode=mode, cval=cval)
    for other in range(np.ndim(input)):
        total = total if other == axis % np.ndim(input) else ndimage.correlate1d(total, [1.0, 1.0, 1.0], other, mode=mode, cval=cval)
    return total


refused(
    *(ndimage.zoom, ndimage.rotate, ndimage.shift, ndimage.map_coordinates, ndimage.affine_transform, ndimage.spline_filter),
    *(ndimage.median_filter, ndimage.maximum_filter, ndimage.minimum_filter, ndimage.percentile_filter, ndimage.rank_filter),
    *(ndimage.gaussian_laplace, ndimage.gaussian_gradient_magnitude, ndimage.generic_filter, ndimage.generic_filter1d),
    reason="it has no rule yet",
    way_out="Use scipy.ndimage.correlate, convolve, uniform_filter or gaussian_filter, which are differentiated.",
)
