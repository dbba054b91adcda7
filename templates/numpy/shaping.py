"""Shapes: everything that moves elements about or repeats them.  All of it is linear.

The orders A and K ask the array how it lies in memory; its tangent and its adjoint may lie otherwise, so they are told.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, linear, tangent


@adjoint(np.reshape)
def reshape(y, a, shape, order="C"):
    """
    >>> np.reshape(T, (4, -1))
    >>> np.reshape(T, (4, -1), order="F")
    """
    d[a] = np.reshape(d[y], np.shape(a)) if order == "C" else np.reshape(d[y], np.shape(a), rt.layout(a, order))


@tangent(np.reshape)
def reshape_tangent(y, a, shape, order="C"):
    d[y] = np.reshape(d[a], shape) if order == "C" else np.reshape(d[a], shape, rt.layout(a, order))


@linear(np.ndarray.reshape)
def reshape_method(y, a, *shape):
    """
    >>> T.reshape(4, -1)
    >>> T.reshape((6, 4))
    """
    d[a] = np.reshape(d[y], np.shape(a))


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


@tangent(np.ravel, np.ndarray.ravel, np.ndarray.flatten)
def ravel_tangent(y, a, order="C"):
    d[y] = np.ravel(d[a]) if order == "C" else np.ravel(d[a], rt.layout(a, order))


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


@linear(np.broadcast_to)
def broadcast_to(y, array, shape):
    """
    >>> np.broadcast_to(V, (2, 3))
    """
    d[array] = rt.unbroadcast_shape(d[y], np.shape(array))


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
    >>> np.tril(M, -1)
    """
    d[m] = np.tril(d[y], k)


@linear(np.triu)
def triu(y, m, k=0):
    """
    >>> np.triu(M, 1)
    """
    d[m] = np.triu(d[y], k)


@linear(np.copy, np.ndarray.copy, np.ascontiguousarray, np.asfortranarray)
def copy(y, a):
    """
    >>> np.copy(T)
    >>> T.copy()
    """
    d[a] = d[y]


@linear(np.ndarray.item)
def item(y, a):
    """
    >>> T[:1, :1, :1].item()
    """
    d[a] = rt.unreduce(d[y], np.shape(a))


@adjoint(np.ndarray.astype)
def astype(y, a, dtype, *, copy=True):
    """
    >>> T.astype(np.float64)
    >>> T.astype(float)
    """
    d[a] = rt.cast(rt.cast(d[y], dtype), a.dtype)


@tangent(np.ndarray.astype)
def astype_tangent(y, a, dtype, *, copy=True):
    d[y] = rt.cast(d[a], dtype)


constant(np.shape, np.ndim, np.size, np.ndarray.shape, np.ndarray.ndim, np.ndarray.size, np.ndarray.dtype)
