"""Sorting: a permutation that the values decide, constant where no two of them are equal; of equal ones any order is right."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, tangent


@adjoint(np.sort)
def sort(y, a, axis=-1, kind=None, order=None, *, stable=None):
    """
    >>> np.sort(T)
    >>> np.sort(T, axis=0, kind="stable")
    >>> np.sort(T, axis=None)
    """
    places = np.argsort(a, axis=axis, kind=kind, stable=stable) if stable else np.argsort(a, axis=axis, kind=kind)
    d[a] = np.reshape(np.take_along_axis(d[y], np.argsort(places, axis=axis), axis=axis), np.shape(a))


@tangent(np.sort)
def sort_tangent(y, a, axis=-1, kind=None, order=None, *, stable=None):
    places = np.argsort(a, axis=axis, kind=kind, stable=stable) if stable else np.argsort(a, axis=axis, kind=kind)
    d[y] = np.take_along_axis(d[a], places, axis=axis)


@adjoint(np.partition)
def partition(y, a, kth, axis=-1, kind="introselect", order=None):
    """
    >>> np.partition(V, 1)
    >>> np.partition(ZV, 1)
    >>> np.partition(T, [0, 2], axis=1)
    >>> np.partition(T, 7, axis=None)
    """
    d[a] = rt.untake_along_axis(d[y], np.shape(a), rt.source_order(a, y, axis), axis)


@tangent(np.partition)
def partition_tangent(y, a, kth, axis=-1, kind="introselect", order=None):
    d[y] = np.take_along_axis(d[a], rt.source_order(a, y, axis), axis)


@adjoint(np.unique)
def unique(y, ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True):
    """
    >>> np.unique(np.append(V, V))
    >>> np.unique(A34[[1, 0, 1]], axis=0)
    >>> np.unique(V, return_index=True)[0]
    >>> np.unique(M, return_inverse=True, return_counts=True)[0]
    """
    several = True if return_index else True if return_inverse else return_counts
    d[ar] = rt.untake(d[y][0] if several else d[y], np.shape(ar), rt.first_places(ar, y[0] if several else y, axis), axis)


@tangent(np.unique)
def unique_tangent(y, ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True):
    several = True if return_index else True if return_inverse else return_counts
    values = np.take(d[ar], rt.first_places(ar, y[0] if several else y, axis), axis)
    d[y] = rt.beside(values, y) if several else values


@adjoint(getattr(np, "unique_values", None))
def unique_values(y, x):
    """
    >>> np.unique_values(np.append(V, V))
    """
    d[x] = rt.untake(d[y], np.shape(x), rt.first_places(x, y))


@tangent(getattr(np, "unique_values", None))
def unique_values_tangent(y, x):
    d[y] = np.take(d[x], rt.first_places(x, y))


UNIQUES = (getattr(np, "unique_all", None), getattr(np, "unique_counts", None), getattr(np, "unique_inverse", None))


@adjoint(*UNIQUES)
def unique_and_more(y, x):
    """
    >>> np.unique_all(np.append(V, V))[0]
    >>> np.unique_counts(A23)[0]
    >>> np.unique_inverse(V).values
    """
    d[x] = rt.untake(rt.filled(d[y], y)[0], np.shape(x), rt.first_places(x, y[0]))


@tangent(*UNIQUES)
def unique_and_more_tangent(y, x):
    d[y] = rt.beside(np.take(d[x], rt.first_places(x, y[0])), y)


@adjoint(np.sort_complex)
def sort_complex(y, a):
    """
    >>> np.real(np.sort_complex(M))
    """
    d[a] = rt.unbroadcast(rt.untake_along_axis(d[y], np.shape(a), np.argsort(a, axis=-1), -1), a)


@tangent(np.sort_complex)
def sort_complex_tangent(y, a):
    d[y] = np.take_along_axis(d[a], np.argsort(a, axis=-1), -1)
