"""Systems of linear equations, inverses and determinants."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, tangent


@adjoint(np.linalg.solve)
def solve(x, a, b):
    """
    >>> np.linalg.solve(M, V)
    >>> np.linalg.solve(M, A34)
    >>> np.linalg.solve(np.stack([M, M.T]), A34)
    """
    t = rt.solve_transposed(a, d[x], np.shape(b))
    d[a] = -rt.matmul_left(rt.columns(t, np.shape(b)), rt.columns(x, np.shape(b)), np.shape(a))
    d[b] = rt.unbroadcast_shape(t, np.shape(b))


@tangent(np.linalg.solve)
def solve_tangent(x, a, b):
    rhs = rt.columns(d[b], np.shape(b)) - d[a] @ rt.columns(x, np.shape(b))
    d[x] = np.reshape(np.linalg.solve(a, rhs), np.shape(x))


@adjoint(np.linalg.inv)
def inv(y, a):
    """
    >>> np.linalg.inv(M)
    >>> np.linalg.inv(np.stack([M, M.T]))
    """
    t = np.swapaxes(y, -1, -2)
    d[a] = -(t @ d[y] @ t)


@tangent(np.linalg.inv)
def inv_tangent(y, a):
    d[y] = -(y @ d[a] @ y)


@adjoint(np.linalg.pinv)
def pinv(y, a):
    """
    >>> np.linalg.pinv(A23)
    >>> np.linalg.pinv(A23.T)
    """
    t, g = np.swapaxes(y, -1, -2), np.swapaxes(d[y], -1, -2)
    d[a] = (g - a @ (y @ g)) @ y @ t + t @ y @ (g - (g @ y) @ a) - t @ d[y] @ t


@tangent(np.linalg.pinv)
def pinv_tangent(y, a):
    t, g = np.swapaxes(y, -1, -2), np.swapaxes(d[a], -1, -2)
    d[y] = y @ t @ (g - (g @ a) @ y) + (g - y @ (a @ g)) @ t @ y - y @ d[a] @ y


@adjoint(np.linalg.det)
def det(y, a):
    """
    >>> np.linalg.det(M)
    >>> np.linalg.det(np.stack([M, M.T]))
    """
    d[a] = np.expand_dims(d[y] * y, (-2, -1)) * np.swapaxes(np.linalg.inv(a), -1, -2)


@tangent(np.linalg.det)
def det_tangent(y, a):
    d[y] = y * np.trace(np.linalg.solve(a, d[a]), axis1=-2, axis2=-1)


@adjoint(np.linalg.slogdet)
def slogdet(y, a):
    """
    >>> np.linalg.slogdet(M)
    >>> np.linalg.slogdet(np.stack([M, M.T]))
    """
    d[a] = np.expand_dims(d[y][1], (-2, -1)) * np.swapaxes(np.linalg.inv(a), -1, -2)


@tangent(np.linalg.slogdet)
def slogdet_tangent(y, a):
    d[y] = (rt.zeros_like(y[0]), np.trace(np.linalg.solve(a, d[a]), axis1=-2, axis2=-1))
