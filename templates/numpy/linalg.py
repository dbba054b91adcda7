"""Linear algebra.  Products are said by the adjoint of each operand; decompositions read one triangle, as NumPy does.

``np.linalg.cholesky``, ``eigh`` and ``eigvalsh`` never look above the diagonal, so neither does their derivative: an entry below
it carries the whole sensitivity of the pair.
"""

import operator

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, multilinear, tangent

# --------------------------------------------------------------------------------------------------------- products


@multilinear(operator.matmul, np.matmul)
def matmul(c, a, b):
    """
    >>> np.matmul(A23, A34)
    >>> np.matmul(V, M)
    >>> np.matmul(M, V)
    >>> np.matmul(V, V)
    >>> np.matmul(np.stack([M, M.T]), V)
    >>> np.matmul(A23, np.stack([A34, A34]))
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
    """
    d[a] = rt.dot_left(d[c], b, np.shape(a))
    d[b] = rt.dot_right(a, d[c], np.shape(b))


@multilinear(np.inner)
def inner(c, a, b):
    """
    >>> np.inner(V, 2.0 * V)
    >>> np.inner(T, A34)
    """
    d[a] = rt.tensordot_left(d[c], b, np.shape(a), (-1, -1))
    d[b] = rt.tensordot_right(a, d[c], np.shape(b), (-1, -1))


@multilinear(np.outer)
def outer(c, a, b):
    """
    >>> np.outer(V, A23)
    """
    d[a] = np.reshape(d[c] @ np.ravel(b), np.shape(a))
    d[b] = np.reshape(np.ravel(a) @ d[c], np.shape(b))


@multilinear(np.vdot)
def vdot(c, a, b):
    """
    >>> np.vdot(M, 2.0 * M)
    """
    d[a] = d[c] * np.reshape(b, np.shape(a))
    d[b] = d[c] * np.reshape(a, np.shape(b))


@multilinear(np.tensordot)
def tensordot(c, a, b, axes=2):
    """
    >>> np.tensordot(T, T[0])
    >>> np.tensordot(T, M, (1, 0))
    >>> np.tensordot(T, np.stack([A34, A34]), axes=([2, 0], [-1, 0]))
    >>> np.tensordot(V, A23, axes=0)
    """
    d[a] = rt.tensordot_left(d[c], b, np.shape(a), axes)
    d[b] = rt.tensordot_right(a, d[c], np.shape(b), axes)


@multilinear(np.einsum)
def einsum(y, subscripts, a, b=None, c=None, e=None, *, optimize=False):
    """
    >>> np.einsum("ij,jk->ik", A23, A34)
    >>> np.einsum("ijk,kl,j", T, A34.T, V)
    >>> np.einsum("ii", M)
    >>> np.einsum("ii->i", M)
    >>> np.einsum("ijk->k", T)
    >>> np.einsum("i,i->", V, V)
    """
    d[a] = rt.einsum_to(rt.swap_subscripts(subscripts, 0), np.shape(a), d[y], b, c, e)
    d[b] = rt.einsum_to(rt.swap_subscripts(subscripts, 1), np.shape(b), a, d[y], c, e)
    d[c] = rt.einsum_to(rt.swap_subscripts(subscripts, 2), np.shape(c), a, b, d[y], e)
    d[e] = rt.einsum_to(rt.swap_subscripts(subscripts, 3), np.shape(e), a, b, c, d[y])


@multilinear(np.kron)
def kron(c, a, b):
    """
    >>> np.kron(A23, M)
    >>> np.kron(V, V)
    >>> np.kron(M, V)
    """
    d[a] = rt.unkron_left(d[c], b, np.shape(a))
    d[b] = rt.unkron_right(a, d[c], np.shape(b))


@multilinear(np.cross)
def cross(c, a, b):
    """
    >>> np.cross(V, M)
    >>> np.cross(M, M.T)
    """
    d[a] = rt.unbroadcast_shape(np.cross(b, d[c]), np.shape(a))
    d[b] = rt.unbroadcast_shape(np.cross(d[c], a), np.shape(b))


@adjoint(np.linalg.matrix_power)
def matrix_power(y, a, n):
    """
    >>> np.linalg.matrix_power(M, 3)
    >>> np.linalg.matrix_power(M, -2)
    >>> np.linalg.matrix_power(M, 0)
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


# --------------------------------------------------------------------------------------------- systems of equations


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


# --------------------------------------------------------------------------------------------------- decompositions


@adjoint(np.linalg.cholesky)
def cholesky(y, a):
    """
    >>> np.linalg.cholesky(SPD)
    >>> np.linalg.cholesky(np.stack([SPD, 2.0 * SPD]))
    """
    t = np.swapaxes(y, -1, -2)
    g = t @ d[y]
    half = np.linalg.solve(t, np.tril(g) + np.swapaxes(np.tril(g, -1), -1, -2))
    s = 0.5 * np.linalg.solve(t, np.swapaxes(half, -1, -2))
    d[a] = np.tril(s) + np.tril(s, -1)


@tangent(np.linalg.cholesky)
def cholesky_tangent(y, a):
    symmetric = np.tril(d[a]) + np.swapaxes(np.tril(d[a], -1), -1, -2)
    half = np.linalg.solve(y, symmetric)
    s = np.linalg.solve(y, np.swapaxes(half, -1, -2))
    d[y] = y @ (0.5 * (np.tril(s) + np.tril(s, -1)))


@adjoint(np.linalg.eigh)
def eigh(y, a):
    """
    >>> np.linalg.eigh(SPD)
    """
    w, v = y
    w_bar, v_bar = rt.filled(d[y], y)
    t = np.swapaxes(v, -1, -2)
    s = v @ (rt.over_gaps(t @ v_bar, w) @ t) + v @ (np.expand_dims(w_bar, -1) * t)
    d[a] = np.tril(s, -1) + np.tril(np.swapaxes(s, -1, -2))


@tangent(np.linalg.eigh)
def eigh_tangent(y, a):
    w, v = y
    symmetric = np.tril(d[a]) + np.swapaxes(np.tril(d[a], -1), -1, -2)
    s = np.swapaxes(v, -1, -2) @ symmetric @ v
    d[y] = (np.diagonal(s, 0, -2, -1), v @ rt.over_gaps(s, w))


@adjoint(np.linalg.eigvalsh)
def eigvalsh(y, a):
    """
    >>> np.linalg.eigvalsh(SPD)
    """
    w, v = np.linalg.eigh(a)
    t = np.swapaxes(v, -1, -2)
    s = v @ (np.expand_dims(d[y], -1) * t)
    d[a] = np.tril(s) + np.tril(s, -1)


@tangent(np.linalg.eigvalsh)
def eigvalsh_tangent(y, a):
    w, v = np.linalg.eigh(a)
    symmetric = np.tril(d[a]) + np.swapaxes(np.tril(d[a], -1), -1, -2)
    d[y] = np.diagonal(np.swapaxes(v, -1, -2) @ symmetric @ v, 0, -2, -1)


@adjoint(np.linalg.qr)
def qr(y, a):
    """
    >>> np.linalg.qr(M)
    >>> np.linalg.qr(A34.T)
    """
    q, r = y
    q_bar, r_bar = rt.filled(d[y], y)
    m = r @ np.swapaxes(r_bar, -1, -2) - np.swapaxes(q_bar, -1, -2) @ q
    b = q_bar + q @ (np.tril(m) + np.swapaxes(np.tril(m, -1), -1, -2))
    d[a] = np.swapaxes(np.linalg.solve(r, np.swapaxes(b, -1, -2)), -1, -2)


@tangent(np.linalg.qr)
def qr_tangent(y, a):
    q, r = y
    x = np.swapaxes(np.linalg.solve(np.swapaxes(r, -1, -2), np.swapaxes(d[a], -1, -2)), -1, -2)
    c = np.swapaxes(q, -1, -2) @ x
    turn = np.tril(c, -1) - np.swapaxes(np.tril(c, -1), -1, -2)
    d[y] = (q @ (turn - c) + x, (c - turn) @ r)


@adjoint(np.linalg.norm)
def norm(y, x, ord=None, axis=None, keepdims=False):
    """
    >>> np.linalg.norm(T)
    >>> np.linalg.norm(V, 2)
    >>> np.linalg.norm(T, axis=(0, -1))
    >>> np.linalg.norm(T, 1, axis=1, keepdims=True)
    >>> np.linalg.norm(T, 3.5, -1)
    """
    g = rt.expanded(d[y], np.shape(x), axis=axis, keepdims=keepdims)
    size = rt.expanded(y, np.shape(x), axis=axis, keepdims=keepdims)
    d[x] = g * x / size if ord is None else g * np.sign(x) * (np.abs(x) / size) ** (rt.vector_order(x, ord, axis) - 1)


@tangent(np.linalg.norm)
def norm_tangent(y, x, ord=None, axis=None, keepdims=False):
    size = rt.expanded(y, np.shape(x), axis=axis, keepdims=keepdims)
    partial = x / size if ord is None else np.sign(x) * (np.abs(x) / size) ** (rt.vector_order(x, ord, axis) - 1)
    d[y] = np.sum(d[x] * partial, axis=axis, keepdims=keepdims)
