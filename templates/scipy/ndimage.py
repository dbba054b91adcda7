"""Gaussian filters: symmetric where an image is reflected at its edges (``mode="reflect"``), each its own adjoint.  Other modes are refused."""

from __future__ import annotations

from scipy import ndimage

from tangentx.rules.declare import d, linear, refused


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


refused(
    *(ndimage.uniform_filter, ndimage.uniform_filter1d, ndimage.convolve, ndimage.convolve1d, ndimage.correlate, ndimage.correlate1d),
    *(ndimage.laplace, ndimage.sobel, ndimage.prewitt, ndimage.zoom, ndimage.rotate, ndimage.shift, ndimage.map_coordinates),
    *(ndimage.affine_transform, ndimage.median_filter, ndimage.maximum_filter, ndimage.minimum_filter, ndimage.spline_filter),
    reason="it has no rule yet",
    way_out="Use scipy.ndimage.gaussian_filter or scipy.signal.convolve, which are differentiated.",
)
