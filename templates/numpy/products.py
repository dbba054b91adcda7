"""Products, each said by the adjoint of its operands.  A product is not conjugated, but for the first operand of vdot, vecdot and vecmat.

``np.einsum`` takes its subscripts as one string, and up to six operands; ``out=`` and ``dtype=`` are refused everywhere, 2-vectors by ``cross``.
"""

import operator

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, multilinear, tangent


@multilinear(operator.matmul, np.matmul, getattr(np.linalg, "matmul", None))
def matmul(c, a, b):
    """
    >>> np.matmul(A23, A34)
    >>> np.matmul(V, M)
    >>> np.matmul(M, V)
    >>> np.matmul(V, V)
    >>> np.matmul(np.stack([M, M.T]), V)
    >>> np.matmul(A23, np.stack([A34, A34]))
    >>> np.matmul(ZA23, ZA34)
    """
    d[a] = rt.matmul_left(d[c], b, np.shape(a))
    d[b] = rt.matmul_right(a, d[c], np.shape(b))


@multilinear(np.dot, np.ndarray.dot)
def dot(c, a, b):
    """
    >>> np.dot(A23, A34)
    >>> np.dot(V, M)
    >>> np.dot(V, 2.0 * V)
    >>> np.dot(T, A34.T)
    >>> np.dot(M, np.stack([M, M.T]))
    >>> np.dot(S, M)
    >>> np.dot(ZT, ZA34.T)
    """
    d[a] = rt.dot_left(d[c], b, np.shape(a))
    d[b] = rt.dot_right(a, d[c], np.shape(b))


@multilinear(np.inner)
def inner(c, a, b):
    """
    >>> np.inner(V, 2.0 * V)
    >>> np.inner(T, A34)
    >>> np.inner(S, M)
    >>> np.inner(ZV, V)
    """
    d[a] = rt.tensordot_left(d[c], b, np.shape(a), (-1, -1))
    d[b] = rt.tensordot_right(a, d[c], np.shape(b), (-1, -1))


@multilinear(np.outer, getattr(np.linalg, "outer", None))
def outer(c, a, b):
    """
    >>> np.outer(V, A23)
    >>> np.outer(ZV, A23)
    """
    d[a] = np.reshape(d[c] @ np.ravel(b), np.shape(a))
    d[b] = np.reshape(np.ravel(a) @ d[c], np.shape(b))


@multilinear(np.vdot)
def vdot(c, a, b):
    """
    >>> np.vdot(M, 2.0 * M)
    >>> np.vdot(ZM, M)
    >>> np.vdot(M, ZM)
    """
    d[a] = np.conj(d[c] * np.reshape(b, np.shape(a)))
    d[b] = d[c] * np.conj(np.reshape(a, np.shape(b)))


@multilinear(np.tensordot)
def tensordot(c, a, b, axes=2):
    """
    >>> np.tensordot(T, T[0])
    >>> np.tensordot(T, M, (1, 0))
    >>> np.tensordot(T, np.stack([A34, A34]), axes=([2, 0], [-1, 0]))
    >>> np.tensordot(V, A23, axes=0)
    >>> np.tensordot(ZT, ZM, (1, 0))
    """
    d[a] = rt.tensordot_left(d[c], b, np.shape(a), axes)
    d[b] = rt.tensordot_right(a, d[c], np.shape(b), axes)


@multilinear(np.einsum)
def einsum(y, subscripts, a, b=None, c=None, e=None, f=None, h=None, *, optimize=False):
    """
    >>> np.einsum("ij,jk->ik", A23, A34)
    >>> np.einsum("ijk,kl,j", T, A34.T, V)
    >>> np.einsum("ii", M)
    >>> np.einsum("ii->i", M)
    >>> np.einsum("ii,ij->ij", M, M, optimize=True)
    >>> np.einsum("ijk->k", T)
    >>> np.einsum("i,i->", V, V)
    >>> np.einsum("...j,jk->...k", A23, A34)
    >>> np.einsum("i...,i...", T, A23[:, :1])
    >>> np.einsum("...,j...->j", S, V)
    >>> np.einsum("ij,jk", A23[:, :1], A34)
    >>> np.einsum("i,ij,jk,kl,l,m->m", V, M, M, M, V, V)
    >>> np.einsum("ij,jk->ik", ZA23, A34)
    """
    d[a] = rt.einsum_to(rt.swap_subscripts(subscripts, 0), np.shape(a), d[y], b, c, e, f, h)
    d[b] = rt.einsum_to(rt.swap_subscripts(subscripts, 1), np.shape(b), a, d[y], c, e, f, h)
    d[c] = rt.einsum_to(rt.swap_subscripts(subscripts, 2), np.shape(c), a, b, d[y], e, f, h)
    d[e] = rt.einsum_to(rt.swap_subscripts(subscripts, 3), np.shape(e), a, b, c, d[y], f, h)
    d[f] = rt.einsum_to(rt.swap_subscripts(subscripts, 4), np.shape(f), a, b, c, e, d[y], h)
    d[h] = rt.einsum_to(rt.swap_subscripts(subscripts, 5), np.shape(h), a, b, c, e, f, d[y])


@multilinear(np.kron)
def kron(c, a, b):
    """
    >>> np.kron(A23, M)
    >>> np.kron(V, V)
    >>> np.kron(M, V)
    >>> np.kron(ZA23, ZV)
    """
    d[a] = rt.unkron_left(d[c], b, np.shape(a))
    d[b] = rt.unkron_right(a, d[c], np.shape(b))


@multilinear(np.cross)
def cross(c, a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """
    >>> np.cross(V, M)
    >>> np.cross(M, M.T)
    >>> np.cross(M, A34[:, :3], axis=0)
    >>> np.cross(A34, np.stack([M, M])[:, :, :1], 0, 1, 0)
    >>> np.cross(ZV, ZM)
    """
    d[a] = rt.cross_to(b, d[c], np.shape(a), axisb, axisc, axisa) if axis is None else rt.cross_to(b, d[c], np.shape(a), axis, axis, axis)
    d[b] = rt.cross_to(d[c], a, np.shape(b), axisc, axisa, axisb) if axis is None else rt.cross_to(d[c], a, np.shape(b), axis, axis, axis)


@adjoint(np.linalg.matrix_power)
def matrix_power(y, a, n):
    """
    >>> np.linalg.matrix_power(M, 3)
    >>> np.linalg.matrix_power(M, -2)
    >>> np.linalg.matrix_power(M, 0)
    >>> np.linalg.matrix_power(ZM, -2)
    """
    t, m = np.swapaxes(a, -1, -2), np.shape(a)[-1]
    top = np.concatenate([t, d[y]], axis=-1)
    both = np.concatenate([top, np.concatenate([np.zeros_like(t), t], axis=-1)], axis=-2)
    d[a] = np.linalg.matrix_power(both, n)[..., :m, m:]


@tangent(np.linalg.matrix_power)
def matrix_power_tangent(y, a, n):
    m = np.shape(a)[-1]
    top = np.concatenate([a, d[a]], axis=-1)
    both = np.concatenate([top, np.concatenate([np.zeros_like(a), a], axis=-1)], axis=-2)
    d[y] = np.linalg.matrix_power(both, n)[..., :m, m:]


@adjoint(np.linalg.multi_dot)
def multi_dot(y, arrays):
    """
    >>> np.linalg.multi_dot([A23, M, A34])
    >>> np.linalg.multi_dot((V, M, A34, A34.T, V))
    >>> np.linalg.multi_dot([M, V])
    >>> np.linalg.multi_dot([ZA23, ZM, A34])
    """
    d[arrays] = rt.unmulti_dot(d[y], arrays)


@tangent(np.linalg.multi_dot)
def multi_dot_tangent(y, arrays):
    d[y] = rt.multi_dot_tangent(arrays, d[arrays])


# ------------------------------------------------------------------------------------ names that NumPy 2 brought; over the last axes


@multilinear(getattr(np, "vecdot", None), getattr(np.linalg, "vecdot", None))
def vecdot(y, x1, x2, *, axis=-1):
    """
    >>> np.vecdot(V, M)
    >>> np.vecdot(T, M[:, :1], axis=-2)
    >>> np.linalg.vecdot(M, A34[:, :3], axis=0)
    >>> np.vecdot(ZV, ZM)
    """
    d[x1] = np.conj(rt.vecdot_to(d[y], x2, np.shape(x1), axis))
    d[x2] = rt.vecdot_to(d[y], np.conj(x1), np.shape(x2), axis)


@multilinear(getattr(np, "matvec", None))
def matvec(y, x1, x2):
    """
    >>> np.matvec(A23, V)
    >>> np.matvec(T, A34[:2])
    >>> np.matvec(ZA23, ZV)
    """
    d[x1] = rt.unbroadcast_shape(np.expand_dims(d[y], -1) * np.expand_dims(x2, -2), np.shape(x1))
    d[x2] = rt.unbroadcast_shape(np.matvec(np.swapaxes(x1, -1, -2), d[y]), np.shape(x2))


@multilinear(getattr(np, "vecmat", None))
def vecmat(y, x1, x2):
    """
    >>> np.vecmat(V, A34)
    >>> np.vecmat(M[:2], T)
    >>> np.vecmat(ZV, ZA34)
    """
    d[x1] = rt.unbroadcast_shape(np.conj(np.matvec(x2, d[y])), np.shape(x1))
    d[x2] = rt.unbroadcast_shape(np.expand_dims(np.conj(x1), -1) * np.expand_dims(d[y], -2), np.shape(x2))


@multilinear(getattr(np.linalg, "tensordot", None))
def linalg_tensordot(c, x1, x2, *, axes=2):
    """
    >>> np.linalg.tensordot(T, M, axes=(1, 0))
    """
    d[x1] = rt.tensordot_left(d[c], x2, np.shape(x1), axes)
    d[x2] = rt.tensordot_right(x1, d[c], np.shape(x2), axes)


@multilinear(getattr(np.linalg, "cross", None))
def linalg_cross(c, x1, x2, *, axis=-1):
    """
    >>> np.linalg.cross(V, M)
    >>> np.linalg.cross(M, A34[:, :1], axis=0)
    """
    d[x1] = rt.cross_to(x2, d[c], np.shape(x1), axis, axis, axis)
    d[x2] = rt.cross_to(d[c], x1, np.shape(x2), axis, axis, axis)


@linear(getattr(np.linalg, "trace", None))
def trace(y, x, *, offset=0):
    """
    >>> np.linalg.trace(T, offset=1)
    """
    d[x] = rt.undiagonal(np.expand_dims(d[y], -1), np.shape(x), offset, -2, -1)


@linear(getattr(np.linalg, "diagonal", None))
def diagonal(y, x, *, offset=0):
    """
    >>> np.linalg.diagonal(T, offset=-1)
    """
    d[x] = rt.undiagonal(d[y], np.shape(x), offset, -2, -1)


@linear(getattr(np.linalg, "matrix_transpose", None))
def matrix_transpose(y, x):
    """
    >>> np.linalg.matrix_transpose(T)
    """
    d[x] = np.swapaxes(d[y], -1, -2)
