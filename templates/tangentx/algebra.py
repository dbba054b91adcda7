"""Rules of the helpers for linear algebra, so that a derivative can be differentiated again, to any order.

``d[like] = 0.0`` says that nothing flows to a parameter of which only the shape or the structure is used.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, multilinear, tangent


@multilinear(rt.matmul_left)
def matmul_left(y, g, b, shape_a):
    """
    >>> rt.matmul_left(M, A23, (3, 2))
    >>> rt.matmul_left(V, V, (3, 3))
    >>> rt.matmul_left(V, M, (3,))
    >>> rt.matmul_left(S, V, (3,))
    """
    d[g] = np.matmul(d[y], b)
    d[b] = rt.matmul_right(d[y], g, np.shape(b))


@multilinear(rt.matmul_right)
def matmul_right(y, a, g, shape_b):
    """
    >>> rt.matmul_right(A23, A23, (3, 3))
    >>> rt.matmul_right(V, V, (3, 3))
    >>> rt.matmul_right(M, V, (3,))
    >>> rt.matmul_right(V, S, (3,))
    """
    d[a] = rt.matmul_left(g, d[y], np.shape(a))
    d[g] = np.matmul(a, d[y])


@multilinear(rt.dot_left)
def dot_left(y, g, b, shape_a):
    """
    >>> rt.dot_left(M, A23, (3, 2))
    >>> rt.dot_left(M, S, (3, 3))
    >>> rt.dot_left(M, M, ())
    """
    d[g] = np.dot(d[y], b)
    d[b] = rt.dot_right(d[y], g, np.shape(b))


@multilinear(rt.dot_right)
def dot_right(y, a, g, shape_b):
    """
    >>> rt.dot_right(A23, A23, (3, 3))
    >>> rt.dot_right(S, M, (3, 3))
    >>> rt.dot_right(M, M, ())
    """
    d[a] = rt.dot_left(g, d[y], np.shape(a))
    d[g] = np.dot(a, d[y])


@multilinear(rt.tensordot_left)
def tensordot_left(y, g, b, shape_a, axes=2):
    """
    >>> rt.tensordot_left(A23, A34, (2, 4), (1, 1))
    >>> rt.tensordot_left(V, M, (3,), 1)
    """
    d[g] = np.tensordot(d[y], b, axes)
    d[b] = rt.tensordot_right(d[y], g, np.shape(b), axes)


@multilinear(rt.tensordot_right)
def tensordot_right(y, a, g, shape_b, axes=2):
    """
    >>> rt.tensordot_right(A34, A34, (4, 4), (1, 0))
    """
    d[a] = rt.tensordot_left(g, d[y], np.shape(a), axes)
    d[g] = np.tensordot(a, d[y], axes)


@multilinear(rt.einsum_to)
def einsum_to(y, subscripts, shape, a, b=None, c=None, e=None, f=None, h=None):
    """
    >>> rt.einsum_to("ij,jk->ik", (2, 4), A23, A34)
    >>> rt.einsum_to("i,->ii", (3, 3), V, S)
    >>> rt.einsum_to("...i,i->ii...", (3, 3, 2), A23, V)
    """
    d[a] = rt.einsum_to(rt.swap_subscripts(subscripts, 0), np.shape(a), d[y], b, c, e, f, h)
    d[b] = rt.einsum_to(rt.swap_subscripts(subscripts, 1), np.shape(b), a, d[y], c, e, f, h)
    d[c] = rt.einsum_to(rt.swap_subscripts(subscripts, 2), np.shape(c), a, b, d[y], e, f, h)
    d[e] = rt.einsum_to(rt.swap_subscripts(subscripts, 3), np.shape(e), a, b, c, d[y], f, h)
    d[f] = rt.einsum_to(rt.swap_subscripts(subscripts, 4), np.shape(f), a, b, c, e, d[y], h)
    d[h] = rt.einsum_to(rt.swap_subscripts(subscripts, 5), np.shape(h), a, b, c, e, f, d[y])


@multilinear(rt.cross_to)
def cross_to(y, u, v, shape, axisu=-1, axisv=-1, axis=-1):
    """
    >>> rt.cross_to(V, M, (3,))
    >>> rt.cross_to(M, A34[:, :1], (3, 1), 1, 0, 0)
    """
    d[u] = rt.cross_to(v, d[y], np.shape(u), axisv, axis, axisu)
    d[v] = rt.cross_to(d[y], u, np.shape(v), axis, axisu, axisv)


@multilinear(rt.vecdot_to)
def vecdot_to(y, g, x, shape, axis=-1):
    """
    >>> rt.vecdot_to(V, M, (3, 3))
    >>> rt.vecdot_to(S, A34, (3, 1), 0)
    """
    d[g] = rt.unbroadcast_shape(np.sum(np.moveaxis(d[y], axis, -1) * np.moveaxis(x, axis, -1), axis=-1), np.shape(g))
    d[x] = rt.vecdot_to(g, d[y], np.shape(x), axis)


@multilinear(rt.unkron_left)
def unkron_left(y, g, b, shape_a):
    """
    >>> rt.unkron_left(np.kron(M, A23), A23, (3, 3))
    """
    d[g] = np.kron(d[y], b)
    d[b] = rt.unkron_right(d[y], g, np.shape(b))


@multilinear(rt.unkron_right)
def unkron_right(y, a, g, shape_b):
    """
    >>> rt.unkron_right(M, np.kron(M, A23), (2, 3))
    """
    d[a] = rt.unkron_left(g, d[y], np.shape(a))
    d[g] = np.kron(a, d[y])


@linear(rt.columns)
def columns(y, b, shape_b):
    """
    >>> rt.columns(V, (3,))
    >>> rt.columns(M, (3, 3))
    """
    d[b] = np.reshape(d[y], np.shape(b))


@adjoint(rt.solve_transposed)
def solve_transposed(y, a, g, shape_b):
    """
    >>> rt.solve_transposed(M, V, (3,))
    >>> rt.solve_transposed(M, A34, (3, 4))
    """
    s = rt.solve_transposed(np.swapaxes(a, -1, -2), d[y], shape_b)
    d[a] = -rt.matmul_left(rt.columns(y, shape_b), rt.columns(s, shape_b), np.shape(a))
    d[g] = s


@tangent(rt.solve_transposed)
def solve_transposed_tangent(y, a, g, shape_b):
    rhs = rt.columns(d[g], shape_b) - np.swapaxes(d[a], -1, -2) @ rt.columns(y, shape_b)
    d[y] = np.reshape(np.linalg.solve(np.swapaxes(a, -1, -2), rhs), np.shape(y))
