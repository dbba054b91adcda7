"""Reading by index, and sorting.  What writes into its argument (``np.put``, ``np.place``, ``x.sort()``) has no rule."""

import operator

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, tangent


@linear(operator.getitem)
def getitem(y, a, b):
    """
    >>> T[1, :, [0, 0, 2]]
    """
    d[a] = rt.put_at(a, b, d[y])


@linear(np.take, np.ndarray.take)
def take(y, a, indices, axis=None):
    """
    >>> np.take(T, [3, 3, 7])
    >>> np.take(T, [[0, 2], [2, 1]], axis=-2)
    """
    d[a] = rt.untake(d[y], np.shape(a), indices, axis)


@linear(np.take_along_axis)
def take_along_axis(y, arr, indices, axis=-1):
    """
    >>> np.take_along_axis(T, np.argsort(T, axis=1), 1)
    """
    d[arr] = rt.untake_along_axis(d[y], np.shape(arr), indices, axis)


@linear(np.compress)
def compress(y, condition, a, axis=None):
    """
    >>> np.compress([True, False, True], T, axis=1)
    """
    d[a] = rt.untake(d[y], np.shape(a), np.flatnonzero(condition), axis)


@linear(np.ndarray.compress)
def compress_method(y, a, condition, axis=None):
    """
    >>> T.compress([True, False, True], axis=1)
    """
    d[a] = rt.untake(d[y], np.shape(a), np.flatnonzero(condition), axis)


@linear(np.extract)
def extract(y, condition, arr):
    """
    >>> np.extract([[True, False, True], [False, True, False], [True, True, False]], M)
    """
    d[arr] = rt.untake(d[y], np.shape(arr), np.flatnonzero(condition))


@adjoint(np.sort)
def sort(y, a, axis=-1, kind=None):
    """
    >>> np.sort(T)
    >>> np.sort(T, axis=0)
    >>> np.sort(T, axis=None)
    """
    order = np.argsort(a, axis=axis, kind=kind)
    d[a] = np.reshape(np.take_along_axis(d[y], np.argsort(order, axis=axis), axis=axis), np.shape(a))


@tangent(np.sort)
def sort_tangent(y, a, axis=-1, kind=None):
    d[y] = np.take_along_axis(d[a], np.argsort(a, axis=axis, kind=kind), axis=axis)
