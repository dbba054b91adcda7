"""Joining and splitting.  A list or tuple of arrays is a container: its adjoint is one of the same length.

``np.r_[a, b]`` and ``np.c_[a, b]`` are ``rt.end_to_end((a, b))`` and ``rt.side_by_side((a, b))``.
Refused: ``casting=`` of the joins (with "unsafe" they round), ``np.bmat``, and ``np.r_`` with slices and texts, which are no values.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import d, linear


@linear(np.concatenate)
def concatenate(y, arrays, axis=0, *, dtype=None):
    """
    >>> np.concatenate((A23, M))
    >>> np.concatenate([A34, M], axis=-1)
    >>> np.concatenate((A23, V), axis=None)
    """
    d[arrays] = rt.unjoin(d[y], arrays, axis)


@linear(np.stack)
def stack(y, arrays, axis=0, *, dtype=None):
    """
    >>> np.stack((V, 2.0 * V))
    >>> np.stack([M, M.T], axis=-1)
    """
    d[arrays] = rt.unjoin(d[y], arrays, axis)


@linear(np.vstack)
def vstack(y, tup, *, dtype=None):
    """
    >>> np.vstack((V, M))
    """
    d[tup] = rt.unjoin(d[y], tup)


@linear(np.hstack)
def hstack(y, tup, *, dtype=None):
    """
    >>> np.hstack((V, 2.0 * V[:2]))
    >>> np.hstack([M, A34])
    """
    d[tup] = rt.unjoin(d[y], tup, 1)


@linear(np.dstack)
def dstack(y, tup):
    """
    >>> np.dstack((V, 2.0 * V))
    >>> np.dstack((M, M.T))
    """
    d[tup] = rt.unjoin(d[y], tup, 2)


@linear(np.column_stack)
def column_stack(y, tup):
    """
    >>> np.column_stack((V, M))
    """
    d[tup] = rt.unjoin(d[y], tup, 1)


@linear(rt.end_to_end)
def end_to_end(y, parts):
    """
    >>> rt.end_to_end((V, 2.0 * V[:2], V[0]))
    >>> rt.end_to_end((M, M.T))
    """
    d[parts] = rt.unjoin(d[y], parts)


@linear(rt.side_by_side)
def side_by_side(y, parts):
    """
    >>> rt.side_by_side((V, M))
    >>> rt.side_by_side((V, 2.0 * V))
    """
    d[parts] = rt.unjoin(d[y], parts, 1)


@linear(np.append)
def append(y, arr, values, axis=None):
    """
    >>> np.append(V, M)
    >>> np.append(A23, M, axis=0)
    """
    first, second = rt.unjoin(d[y], (arr, values), axis)
    d[arr] = first
    d[values] = second


@linear(np.block)
def block(y, arrays):
    """
    >>> np.block([[M, A34], [A34, M]])
    >>> np.block([V, S])
    >>> np.block([[V], [M]])
    """
    d[arrays] = rt.unblock(d[y], arrays)


@linear(np.split, np.array_split)
def split(y, ary, indices_or_sections, axis=0):
    """
    >>> np.split(T, 2, axis=-1)
    >>> np.split(V, [1])
    """
    d[ary] = rt.rejoin(d[y], y, np.shape(ary), axis)


@linear(np.hsplit)
def hsplit(y, ary, indices_or_sections):
    """
    >>> np.hsplit(A34, 2)
    >>> np.hsplit(V, 3)
    """
    d[ary] = rt.rejoin(d[y], y, np.shape(ary), 1)


@linear(np.vsplit)
def vsplit(y, ary, indices_or_sections):
    """
    >>> np.vsplit(A34, [1])
    """
    d[ary] = rt.rejoin(d[y], y, np.shape(ary))


@linear(np.dsplit)
def dsplit(y, ary, indices_or_sections):
    """
    >>> np.dsplit(T, 2)
    """
    d[ary] = rt.rejoin(d[y], y, np.shape(ary), 2)
