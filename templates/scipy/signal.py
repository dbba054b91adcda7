"""Convolutions and filters.

Every mode of a convolution is cut out of the full one: its adjoint is put back there, and folded with the other operand.  ``boundary=``
of the functions in two dimensions and initial states (``zi=``) are refused.
"""

from __future__ import annotations

import numpy as np
from scipy import fft, ndimage, signal

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, multilinear, refused, tangent, written


@multilinear(signal.convolve)
def convolve(y, in1, in2, mode="full", method="auto"):
    """
    >>> signal.convolve(V, A34[0])
    >>> signal.convolve(A34, A23, "same")
    >>> signal.convolve(A23, A34, mode="same", method="fft")
    >>> signal.convolve(A34, M, "valid", "direct")
    >>> signal.convolve(M[:2, :2], A34, "valid")
    >>> signal.convolve(T, 0.5 * T, "same")
    """
    g = np.pad(d[y], rt.cut_off(np.shape(in1), np.shape(in2), mode))
    d[in1] = signal.convolve(g, np.flip(in2), "valid", method)
    d[in2] = signal.convolve(g, np.flip(in1), "valid", method)


@multilinear(signal.convolve2d)
def convolve2d(y, in1, in2, mode="full"):
    """
    >>> signal.convolve2d(A34, A23, "same")
    >>> signal.convolve2d(A23, A34, mode="full")
    >>> signal.convolve2d(A34, M, "valid")
    """
    g = np.pad(d[y], rt.cut_off(np.shape(in1), np.shape(in2), mode))
    d[in1] = signal.convolve2d(g, np.flip(in2), "valid")
    d[in2] = signal.convolve2d(g, np.flip(in1), "valid")


@multilinear(signal.fftconvolve)
def fftconvolve(y, in1, in2, mode="full", axes=None):
    """
    >>> signal.fftconvolve(V, A34[0])
    >>> signal.fftconvolve(A34, A23, "same")
    >>> signal.fftconvolve(A34, M, "valid")
    >>> signal.fftconvolve(T, T[:, :2], axes=1)
    >>> signal.fftconvolve(T, T[:1, :, :3], "same", (-1,))
    >>> signal.fftconvolve(T, T[:, :1, :2], "valid", axes=[1, 2])
    """
    g = np.pad(d[y], rt.cut_off(np.shape(in1), np.shape(in2), mode, axes))
    d[in1] = rt.unbroadcast_shape(signal.fftconvolve(g, np.flip(in2, axes), "valid", axes), np.shape(in1))
    d[in2] = rt.unbroadcast_shape(signal.fftconvolve(g, np.flip(in1, axes), "valid", axes), np.shape(in2))


@multilinear(signal.oaconvolve)
def oaconvolve(y, in1, in2, mode="full", axes=None):
    """
    >>> signal.oaconvolve(A34, A23, "same")
    >>> signal.oaconvolve(T, T[:1, :, :3], "same", (-1,))
    """
    g = np.pad(d[y], rt.cut_off(np.shape(in1), np.shape(in2), mode, axes))
    d[in1] = rt.unbroadcast_shape(signal.oaconvolve(g, np.flip(in2, axes), "valid", axes), np.shape(in1))
    d[in2] = rt.unbroadcast_shape(signal.oaconvolve(g, np.flip(in1, axes), "valid", axes), np.shape(in2))


@multilinear(signal.correlate)
def correlate(y, in1, in2, mode="full", method="auto"):
    """
    >>> signal.correlate(V, A34[0])
    >>> signal.correlate(A34, A23, "same")
    >>> signal.correlate(A23, A34, mode="same", method="fft")
    >>> signal.correlate(A34, M, "valid", "direct")
    >>> signal.correlate(M[:2, :2], A34, "valid")
    """
    g = np.pad(d[y], rt.cut_off(np.shape(in1), np.shape(in2), mode))
    d[in1] = signal.convolve(g, np.conj(in2), "valid", method)
    d[in2] = np.conj(np.flip(signal.convolve(g, np.flip(in1), "valid", method)))


@multilinear(signal.correlate2d)
def correlate2d(y, in1, in2, mode="full"):
    """
    >>> signal.correlate2d(A34, A23, "same")
    >>> signal.correlate2d(A34, M, "valid")
    >>> signal.correlate2d(M[:2, :2], A34, "valid")
    >>> signal.correlate2d(ZM, ZA23, "same")
    >>> signal.correlate2d(ZM[:2, :2], ZA34, "valid")
    """
    seed = np.conj(d[y]) if mode == "valid" and np.size(in1) < np.size(in2) else d[y]  # there SciPy conjugates the first input, not the second
    g = np.pad(seed, rt.cut_off(np.shape(in1), np.shape(in2), "centre" if mode == "same" else mode))
    d[in1] = signal.convolve2d(g, np.conj(in2), "valid")
    d[in2] = np.conj(np.flip(signal.convolve2d(g, np.flip(in1), "valid")))


@adjoint(signal.lfilter)
def lfilter(y, b, a, x, axis=-1):
    """
    >>> signal.lfilter([0.5, 0.2], [1.0, 0.3, 0.1], V)
    >>> signal.lfilter(V, 2.0 + 0.1 * V, T, axis=1)
    >>> signal.lfilter(0.3 * V, [2.0], A34)
    >>> signal.lfilter([1.0], 0.1 * V + np.array([1.0, 0.0, 0.0]), A34, 0)
    """
    d[x] = np.flip(signal.lfilter(b, a, np.flip(d[y], axis), axis), axis)
    d[b] = rt.lags(d[y], signal.lfilter([1.0], a, x, axis), np.size(b), axis)
    d[a] = -rt.lags(d[y], signal.lfilter([1.0], a, y, axis), np.size(a), axis)


@tangent(signal.lfilter)
def lfilter_tangent(y, b, a, x, axis=-1):
    d[y] = signal.lfilter(b, a, d[x], axis) + signal.lfilter(d[b], a, x, axis) - signal.lfilter(d[a], a, y, axis)


@linear(signal.sosfilt)
def sosfilt(y, sos, x, axis=-1):
    """
    >>> signal.sosfilt([[0.1, 0.2, 0.1, 1.0, -0.5, 0.2], [1.0, 0.3, 0.0, 1.0, 0.1, 0.0]], T)
    >>> signal.sosfilt([[0.1, 0.2, 0.1, 1.0, -0.5, 0.2]], A34, axis=0)
    """
    d[x] = np.flip(signal.sosfilt(sos, np.flip(d[y], axis), axis), axis)


@linear(signal.detrend)
def detrend(y, data, axis=-1, type="linear", bp=0):
    """
    >>> signal.detrend(T)
    >>> signal.detrend(A34, 0, "constant")
    >>> signal.detrend(A34, bp=[2])
    """
    d[data] = signal.detrend(d[y], axis, type, bp)


@linear(signal.hilbert)
def hilbert(y, x, *, axis=-1):
    """
    >>> np.imag(signal.hilbert(V))
    >>> np.abs(signal.hilbert(A34, axis=0))
    """
    d[x] = np.real(d[y]) + np.imag(signal.hilbert(np.imag(d[y]), axis=axis))


@written(signal.savgol_filter)
def savgol_filter(x, window_length, polyorder, deriv=0, delta=1.0, axis=-1, mode="interp", cval=0.0):
    """
    >>> signal.savgol_filter(np.concatenate([V, 2.0 * V, V]), 5, 2)
    >>> signal.savgol_filter(A34, 3, 1, 1, 0.5)
    >>> signal.savgol_filter(T, 3, 2, axis=1, mode="nearest")
    """
    lanes = np.moveaxis(x, axis, -1)
    whole = ndimage.convolve1d(
        lanes, signal.savgol_coeffs(window_length, polyorder, deriv, delta), mode="constant" if mode == "interp" else mode, cval=cval
    )
    ends = [signal.savgol_coeffs(window_length, polyorder, deriv, delta, k, "dot") for k in range(window_length)]
    n, half, ends = np.shape(lanes)[-1], window_length // 2, np.stack(ends, axis=1).astype(lanes.dtype)
    first, last = lanes[..., :window_length] @ ends[:, :half], lanes[..., n - window_length :] @ ends[:, window_length - half :]
    fitted = np.concatenate([first, whole[..., half : n - half], last], axis=-1) if mode == "interp" else whole
    return np.moveaxis(fitted, -1, axis)


@written(signal.resample)
def resample(x, num, *, axis=0):
    """
    >>> signal.resample(V, 5)
    >>> signal.resample(A34, 2, axis=1)
    >>> signal.resample(A34, 6, axis=1)
    >>> signal.resample(T, 3, axis=-1)
    """
    lanes = np.moveaxis(x, axis, -1)
    n = np.shape(lanes)[-1]
    m = min(num, n)
    last = (2.0 if num < n else 0.5) if m % 2 == 0 and num != n else 1.0  # the frequency that has no partner
    weights = num / n * np.where(np.arange(m // 2 + 1) < m // 2, 1.0, last).astype(lanes.dtype)
    return np.moveaxis(fft.irfft(fft.rfft(lanes)[..., : m // 2 + 1] * weights, num), -1, axis)


refused(
    *(signal.filtfilt, signal.sosfiltfilt, signal.resample_poly, signal.decimate, signal.upfirdn, signal.wiener, signal.hilbert2),
    *(signal.medfilt, signal.medfilt2d, signal.order_filter, signal.symiirorder1, signal.symiirorder2),
    reason="it has no rule yet",
    way_out="Use scipy.signal.lfilter, sosfilt or fftconvolve, or numpy.fft, which are differentiated.",
)
