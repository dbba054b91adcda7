"""Shapes: everything that moves elements about or repeats them.  All of it is linear.

The orders A and K ask the array how it lies in memory; its tangent and its adjoint may lie otherwise, so they are told.

Refused: order="K" of an array that is not contiguous (the order has no name that could be told); ``resize`` as a method (it changes
what its array is); ``tolist``, ``view`` as another dtype, ``getfield`` and ``byteswap`` (what they give is no array of the same numbers);
several arrays given to one ``np.atleast_1d``.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, linear, tangent


@adjoint(np.reshape)
def reshape(y, a, shape, order="C", *, copy=None):
    """
    >>> np.reshape(T, (4, -1))
    >>> np.reshape(T, (4, -1), order="F")
    """
    d[a] = np.reshape(d[y], np.shape(a)) if order == "C" else np.reshape(d[y], np.shape(a), rt.layout(a, order))


@tangent(np.reshape)
def reshape_tangent(y, a, shape, order="C", *, copy=None):
    d[y] = np.reshape(d[a], shape) if order == "C" else np.reshape(d[a], shape, rt.layout(a, order))


@adjoint(np.ndarray.reshape)
def reshape_method(y, a, *shape, order="C", copy=None):
    """
    >>> T.reshape(4, -1)
    >>> T.reshape((6, 4), order="F")
    >>> T.T.reshape(6, 4, order="A")
    """
    d[a] = np.reshape(d[y], np.shape(a)) if order == "C" else np.reshape(d[y], np.shape(a), rt.layout(a, order))


@tangent(np.ndarray.reshape)
def reshape_method_tangent(y, a, *shape, order="C", copy=None):
    d[y] = np.reshape(d[a], np.shape(y)) if order == "C" else np.reshape(d[a], np.shape(y), rt.layout(a, order))


@linear(np.atleast_1d, np.atleast_2d, np.atleast_3d)
def atleast(y, a):
    """
    >>> np.atleast_2d(V)
    """
    d[a] = np.reshape(d[y], np.shape(a))


@adjoint(np.ravel, np.ndarray.ravel, np.ndarray.flatten)
def ravel(y, a, order="C"):
    """
    >>> np.ravel(T)
    >>> np.ravel(M.T, order="K")
    >>> np.ravel(T, "F")
    """
    d[a] = np.reshape(d[y], np.shape(a)) if order == "C" else np.reshape(d[y], np.shape(a), rt.layout(a, order))


@tangent(np.ravel, np.ndarray.ravel)
def ravel_tangent(y, a, order="C"):
    d[y] = np.ravel(d[a]) if order == "C" else np.ravel(d[a], rt.layout(a, order))


@tangent(np.ndarray.flatten)
def flatten_tangent(y, a, order="C"):
    d[y] = d[a].flatten() if order == "C" else d[a].flatten(rt.layout(a, order))


@linear(np.ndarray.view)
def view(y, a):
    """
    >>> T.view()
    """
    d[a] = d[y]


@linear(np.squeeze, np.ndarray.squeeze)
def squeeze(y, a, axis=None):
    """
    >>> np.squeeze(T[:1])
    >>> np.squeeze(T[:, :1], axis=1)
    """
    d[a] = np.reshape(d[y], np.shape(a))


@linear(np.expand_dims)
def expand_dims(y, a, axis):
    """
    >>> np.expand_dims(T, 1)
    >>> np.expand_dims(T, (0, -1))
    """
    d[a] = np.reshape(d[y], np.shape(a))


@linear(np.transpose)
def transpose(y, a, axes=None):
    """
    >>> np.transpose(T)
    >>> np.transpose(T, (2, 0, 1))
    """
    d[a] = np.transpose(d[y], rt.inverse_axes(axes))


@linear(np.ndarray.transpose)
def transpose_method(y, a, *axes):
    """
    >>> T.transpose()
    >>> T.transpose(2, 0, 1)
    >>> T.transpose((2, 0, 1))
    """
    d[a] = np.transpose(d[y], rt.inverse_axes(axes))


@linear(np.ndarray.T)
def T(y, a):
    """
    >>> M.T
    """
    d[a] = np.transpose(d[y])


@linear(np.ndarray.flat)
def flat(y, a):
    """
    >>> M.flat
    """
    d[a] = np.reshape(d[y], np.shape(a))


if hasattr(np.ndarray, "mT"):

    @linear(np.ndarray.mT, np.matrix_transpose)
    def mT(y, x):
        """
        >>> T.mT
        """
        d[x] = np.swapaxes(d[y], -1, -2)


@linear(np.swapaxes, np.ndarray.swapaxes)
def swapaxes(y, a, axis1, axis2):
    """
    >>> np.swapaxes(T, 0, -1)
    """
    d[a] = np.swapaxes(d[y], axis1, axis2)


@linear(np.moveaxis)
def moveaxis(y, a, source, destination):
    """
    >>> np.moveaxis(T, 0, -1)
    >>> np.moveaxis(T, (0, 1), (-1, 0))
    """
    d[a] = np.moveaxis(d[y], destination, source)


@linear(np.rollaxis)
def rollaxis(y, a, axis, start=0):
    """
    >>> np.rollaxis(T, 2)
    >>> np.rollaxis(T, 0, -1)
    >>> np.rollaxis(T, -2, 3)
    """
    stop = start + np.ndim(a) * (start < 0)
    d[a] = np.moveaxis(d[y], stop - (axis % np.ndim(a) < stop), axis)


@linear(np.broadcast_to)
def broadcast_to(y, array, shape, subok=False):
    """
    >>> np.broadcast_to(V, (2, 3))
    >>> np.broadcast_to(S, 3)
    """
    d[array] = rt.unbroadcast_shape(d[y], np.shape(array))


@linear(np.broadcast_arrays)
def broadcast_arrays(y, *args, subok=False):
    """
    >>> np.broadcast_arrays(V, M, S)
    """
    d[args] = rt.unbroadcast(d[y], args)


@linear(np.meshgrid)
def meshgrid(y, *xi, copy=True, sparse=False, indexing="xy"):
    """
    >>> np.meshgrid(V, A34[0], indexing="ij")
    >>> np.meshgrid(V, A34[0], S)
    >>> np.meshgrid(V, A34[0], sparse=True, copy=False)
    """
    d[xi] = rt.unmesh(d[y], xi, indexing)


@linear(np.lib.stride_tricks.sliding_window_view)
def sliding_window_view(y, x, window_shape, axis=None, *, subok=False, writeable=False):
    """
    >>> np.lib.stride_tricks.sliding_window_view(V, 2)
    >>> np.lib.stride_tricks.sliding_window_view(A34, (2, 3))
    >>> np.lib.stride_tricks.sliding_window_view(A34, 2, axis=-1)
    """
    places = np.reshape(rt.repeated(np.shape(x), 1), np.shape(x))
    d[x] = rt.untake(d[y], np.shape(x), np.lib.stride_tricks.sliding_window_view(places, window_shape, axis))


@linear(np.flip)
def flip(y, m, axis=None):
    """
    >>> np.flip(T)
    >>> np.flip(T, axis=(0, 2))
    """
    d[m] = np.flip(d[y], axis)


@linear(np.fliplr)
def fliplr(y, m):
    """
    >>> np.fliplr(T)
    """
    d[m] = np.fliplr(d[y])


@linear(np.flipud)
def flipud(y, m):
    """
    >>> np.flipud(T)
    """
    d[m] = np.flipud(d[y])


@linear(np.roll)
def roll(y, a, shift, axis=None):
    """
    >>> np.roll(T, 2)
    >>> np.roll(T, -1, axis=1)
    >>> np.roll(T, (1, 2), axis=(0, 2))
    """
    d[a] = np.roll(d[y], np.negative(shift), axis)


@linear(np.rot90)
def rot90(y, m, k=1, axes=(0, 1)):
    """
    >>> np.rot90(M)
    >>> np.rot90(T, 3, axes=(1, 2))
    """
    d[m] = np.rot90(d[y], -k, axes)


@linear(np.repeat, np.ndarray.repeat)
def repeat(y, a, repeats, axis=None):
    """
    >>> np.repeat(T, 2)
    >>> np.repeat(T, [1, 0, 2], axis=1)
    """
    d[a] = rt.untake(d[y], np.shape(a), rt.repeated(np.shape(a), repeats, axis), axis)


@linear(np.resize)
def resize(y, a, new_shape):
    """
    >>> np.resize(M, (2, 7))
    >>> np.resize(V, 2)
    """
    d[a] = rt.untake(d[y], np.shape(a), np.resize(rt.repeated(np.shape(a), 1), new_shape))


@linear(np.tile)
def tile(y, A, reps):
    """
    >>> np.tile(V, 2)
    >>> np.tile(T, (2, 1, 1, 3))
    """
    d[A] = rt.untile(d[y], np.shape(A), reps)


@linear(np.diagonal, np.ndarray.diagonal)
def diagonal(y, a, offset=0, axis1=0, axis2=1):
    """
    >>> np.diagonal(M)
    >>> np.diagonal(T, -1, 2, 1)
    """
    d[a] = rt.undiagonal(d[y], np.shape(a), offset, axis1, axis2)


@linear(np.diag)
def diag(y, v, k=0):
    """
    >>> np.diag(V, 1)
    >>> np.diag(M, -1)
    >>> np.diag(A34, 2)
    """
    d[v] = rt.undiag(d[y], np.shape(v), k)


@linear(np.diagflat)
def diagflat(y, v, k=0):
    """
    >>> np.diagflat(V, 1)
    """
    d[v] = np.reshape(np.diagonal(d[y], k), np.shape(v))


@linear(np.tril)
def tril(y, m, k=0):
    """
    >>> np.tril(A34, -1)
    >>> np.tril(V)
    """
    d[m] = rt.unbroadcast_shape(np.tril(d[y], k), np.shape(m))


@linear(np.triu)
def triu(y, m, k=0):
    """
    >>> np.triu(T, 1)
    """
    d[m] = rt.unbroadcast_shape(np.triu(d[y], k), np.shape(m))


@linear(np.copy)
def copy(y, a, order="K", subok=False):
    """
    >>> np.copy(T, order="F")
    """
    d[a] = d[y]


@linear(np.ndarray.copy)
def copy_method(y, a, order="C"):
    """
    >>> T.copy("K")
    """
    d[a] = d[y]


@linear(np.ndarray.item)
def item(y, a):
    """
    >>> T[:1, :1, :1].item()
    """
    d[a] = rt.unreduce(d[y], np.shape(a))


@adjoint(np.ndarray.astype)
def astype(y, a, dtype, order="K", casting="unsafe", subok=True, copy=True):
    """
    >>> T.astype(np.float64)
    >>> T.astype(float, order="F", casting="same_kind")
    """
    d[a] = rt.cast(rt.cast(d[y], dtype), a.dtype)


@tangent(np.ndarray.astype)
def astype_tangent(y, a, dtype, order="K", casting="unsafe", subok=True, copy=True):
    d[y] = rt.cast(d[a], dtype)


constant(np.shape, np.ndim, np.size, np.ndarray.shape, np.ndarray.ndim, np.ndarray.size, np.ndarray.dtype)
