"""Rules of the helpers for shapes and sums, so that a derivative can be differentiated again, to any order.

``d[like] = 0.0`` says that nothing flows to a parameter of which only the shape or the structure is used.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, tangent


@linear(rt.unbroadcast)
def unbroadcast(y, g, like):
    """
    >>> rt.unbroadcast(T, A34)
    >>> rt.unbroadcast(T, A34[:, :1])
    >>> rt.unbroadcast(A23, S)
    """
    d[g] = rt.unbroadcast(d[y], g)
    d[like] = 0.0


@linear(rt.broadcast_like)
def broadcast_like(y, g, like):
    """
    >>> rt.broadcast_like(V, M)
    >>> rt.broadcast_like(S, M)
    """
    d[g] = rt.unbroadcast(d[y], g)
    d[like] = 0.0


@linear(rt.unbroadcast_shape)
def unbroadcast_shape(y, g, shape):
    """
    >>> rt.unbroadcast_shape(T, (3, 1))
    >>> rt.unbroadcast_shape(V, (3, 3))
    """
    d[g] = rt.unbroadcast_shape(d[y], np.shape(g))


@linear(rt.cast_like)
def cast_like(y, g, like):
    """
    >>> rt.cast_like(T, T)
    """
    d[g] = rt.cast_like(d[y], g)
    d[like] = 0.0


@linear(rt.unreduce)
def unreduce(y, g, shape, axis=None, keepdims=False):
    """
    >>> rt.unreduce(V, (2, 3, 4), axis=(0, -1))
    >>> rt.unreduce(S, (2, 3))
    """
    d[g] = np.sum(d[y], axis=axis, keepdims=keepdims)


@linear(rt.expanded)
def expanded(y, g, shape, axis=None, keepdims=False):
    """
    >>> rt.expanded(V, (2, 3, 4), axis=(0, -1))
    """
    d[g] = np.reshape(d[y], np.shape(g))


@linear(rt.cast)
def cast(y, g, dtype):
    """
    >>> rt.cast(T, float)
    >>> rt.cast(T, None)
    """
    d[g] = rt.cast(d[y], dtype)


@linear(rt.uncumsum)
def uncumsum(y, g, shape, axis=None):
    """
    >>> rt.uncumsum(T, (2, 3, 4), 1)
    >>> rt.uncumsum(V, (3, 1))
    """
    d[g] = np.cumsum(d[y], axis)


@adjoint(rt.scan)
def scan(y, c, u, axis=-1):
    """
    >>> rt.scan(M, M.T)
    >>> rt.scan(A23, A34[:2, :3], 0)
    """
    g = rt.unscan(c, d[y], axis)
    d[c] = g * rt.shifted(y, axis)
    d[u] = g


@tangent(rt.scan)
def scan_tangent(y, c, u, axis=-1):
    d[y] = rt.scan(c, d[c] * rt.shifted(y, axis) + d[u], axis)


@adjoint(rt.unscan)
def unscan(y, c, g, axis=-1):
    """
    >>> rt.unscan(M, M.T)
    >>> rt.unscan(A23, A34[:2, :3], 0)
    """
    s = rt.scan(c, d[y], axis)
    d[c] = rt.shifted(s, axis) * y
    d[g] = s


@tangent(rt.unscan)
def unscan_tangent(y, c, g, axis=-1):
    d[y] = rt.unscan(c, np.flip(rt.shifted(np.flip(d[c] * y, axis), axis), axis) + d[g], axis)


@adjoint(rt.shifted)
def shifted(y, s, axis=-1, first=0.0):
    """
    >>> rt.shifted(A23, 1, 1.0)
    """
    d[s] = np.flip(rt.shifted(np.flip(d[y], axis), axis), axis)


@tangent(rt.shifted)
def shifted_tangent(y, s, axis=-1, first=0.0):
    d[y] = rt.shifted(d[s], axis)


@linear(rt.undiagonal)
def undiagonal(y, g, shape, offset=0, axis1=0, axis2=1):
    """
    >>> rt.undiagonal(V, (4, 3), -1)
    >>> rt.undiagonal(V, (3, 2, 3), 0, 2, 0)
    """
    d[g] = rt.unbroadcast_shape(np.diagonal(d[y], offset, axis1, axis2), np.shape(g))


@linear(rt.undiag)
def undiag(y, g, shape, k=0):
    """
    >>> rt.undiag(V, (3, 3))
    >>> rt.undiag(M, (3,))
    """
    d[g] = np.diag(d[y], k)


@linear(rt.untile)
def untile(y, g, shape, reps):
    """
    >>> rt.untile(T, (3, 2), (2, 1, 2))
    """
    d[g] = np.tile(d[y], reps)


@linear(rt.untake)
def untake(y, g, shape, indices, axis=None, mode="raise"):
    """
    >>> rt.untake(M, (4, 3), [3, 3, 1], 0)
    >>> rt.untake(V, (2, 2), [3, 3, 1])
    >>> rt.untake(V, (2, 2), [3, 3, 5], None, "clip")
    """
    d[g] = np.take(d[y], indices, axis) if mode == "raise" else np.take(d[y], indices, axis, mode=mode)


@linear(rt.untake_along_axis)
def untake_along_axis(y, g, shape, indices, axis):
    """
    >>> rt.untake_along_axis(M, (3, 3), np.argsort(M, axis=0), 0)
    """
    d[g] = np.take_along_axis(d[y], indices, axis)


@linear(rt.unjoin)
def unjoin(y, g, arrays, axis=0):
    """
    >>> rt.unjoin(V, (V[:1], V[1:]), 0)
    """
    d[g] = rt.rejoin(d[y], arrays, np.shape(g), axis)
    d[arrays] = 0.0


@linear(rt.rejoin)
def rejoin(y, slabs, pieces, shape, axis=0):
    """
    >>> rt.rejoin([A23, M], [A23, M], (5, 3))
    """
    d[slabs] = rt.unjoin(d[y], pieces, axis)
    d[pieces] = 0.0


@adjoint(rt.direction)
def direction(y, z):
    """
    >>> rt.direction(A23)
    """
    d[z] = np.conj(rt.turned(np.conj(d[y]), y, z))


@tangent(rt.direction)
def direction_tangent(y, z):
    d[y] = rt.turned(d[z], y, z)
