"""Reading by index, choosing and inserting.  The condition, the places and the mode say where; only the elements carry a derivative.

What writes into its argument (``np.put``, ``np.place``, ``np.copyto``) is read as the write that it is: tangentx/frontend/inplace.py.
"""

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
def take(y, a, indices, axis=None, *, mode="raise"):
    """
    >>> np.take(T, [3, 3, 7])
    >>> np.take(T, [[0, 2], [2, 1]], axis=-2)
    >>> np.take(T, [3, -4], 1, mode="clip")
    >>> V.take([3, -4], mode="wrap")
    """
    d[a] = rt.untake(d[y], np.shape(a), indices, axis, mode=mode)


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


@linear(np.choose)
def choose(y, a, choices, *, mode="raise"):
    """
    >>> np.choose([0, 1, 1], [V, S])
    >>> np.choose([0, 1, 1], [ZV, S])
    >>> np.choose([[0], [2]], M)
    >>> np.choose([0, 5, -1], (V, 2.0 * V), mode="wrap")
    """
    d[choices] = rt.unchoose(d[y], choices, a, mode=mode)


@linear(np.ndarray.choose)
def choose_method(y, a, choices, *, mode="raise"):
    """
    >>> np.array([0, 1, 1]).choose([V, S])
    """
    d[choices] = rt.unchoose(d[y], choices, a, mode=mode)


@linear(np.select)
def select(y, condlist, choicelist, default=0):
    """
    >>> np.select([V > 0, V > -0.5], [V, V * V], S)
    >>> np.select([V > 0], [M])
    """
    which = np.select(condlist, range(len(condlist)), len(condlist))
    d[choicelist] = rt.unchoose(np.where(which < len(condlist), d[y], 0.0), choicelist, which, mode="clip")
    d[default] = rt.unbroadcast(np.where(which < len(condlist), 0.0, d[y]), default)


@adjoint(np.insert)
def insert(y, arr, obj, values, axis=None):
    """
    >>> np.insert(V, 1, S)
    >>> np.insert(ZV, 1, S)
    >>> np.insert(M, [0, 2], V[:, None], axis=-1)
    >>> np.insert(M, 1, V, axis=1)
    >>> np.insert(V, slice(0, 2), A23[0, :2])
    """
    is_new = rt.inserted(np.shape(arr), obj, np.size(y) - np.size(arr) if axis is None else np.shape(y)[axis] - np.shape(arr)[axis], axis)
    g = rt.cast(d[y], y.dtype)
    d[arr] = rt.unbroadcast(np.reshape(np.compress(~is_new, g, axis), np.shape(arr)), arr)
    d[values] = rt.unbroadcast(np.moveaxis(np.compress(is_new, g, axis), axis or 0, rt.insert_axis(obj, axis)), values)


@tangent(np.insert)
def insert_tangent(y, arr, obj, values, axis=None):
    d[y] = rt.cast(np.insert(d[arr], obj, d[values], axis), y.dtype)


@linear(np.delete)
def delete(y, arr, obj, axis=None):
    """
    >>> np.delete(V, 1)
    >>> np.delete(T, [0, 2], axis=-1)
    """
    d[arr] = rt.untake(d[y], np.shape(arr), np.delete(rt.repeated(np.shape(arr), 1, axis), obj), axis)


@adjoint(np.trim_zeros)
def trim_zeros(y, filt, trim="fb", axis=None):
    """
    >>> np.trim_zeros(np.append(0.0, V))
    >>> np.trim_zeros(np.append(V, 0.0), "b")
    """
    d[filt] = rt.put_at(filt, rt.box_of_nonzeros(filt, trim, axis), d[y])


@tangent(np.trim_zeros)
def trim_zeros_tangent(y, filt, trim="fb", axis=None):
    d[y] = d[filt][rt.box_of_nonzeros(filt, trim, axis)]


@linear(np.bincount)
def bincount(y, x, weights=None, minlength=0):
    """
    >>> np.bincount([0, 2, 2], V, minlength=5)
    """
    d[weights] = rt.unbroadcast(np.take(d[y], x), weights)
