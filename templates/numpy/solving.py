"""Systems of linear equations, inverses and determinants.

What a matrix without full rank does to them is NumPy's business: ``inv``, ``solve``, and the derivative of ``det``, raise ``LinAlgError``.  The
derivatives of ``pinv`` and ``lstsq`` hold while the rank stays (G. H. Golub and V. Pereyra 1973); ``hermitian=True`` is refused.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, tangent

constant(np.linalg.matrix_rank)


@adjoint(np.linalg.solve)
def solve(x, a, b):
    """
    >>> np.linalg.solve(M, V)
    >>> np.linalg.solve(M, A34)
    >>> np.linalg.solve(np.stack([M, M.T]), A34)
    >>> np.linalg.solve(ZM, ZV)
    >>> np.linalg.solve(M, ZA34)
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
    >>> np.linalg.inv(ZM)
    """
    t = np.swapaxes(y, -1, -2)
    d[a] = -(t @ d[y] @ t)


@tangent(np.linalg.inv)
def inv_tangent(y, a):
    d[y] = -(y @ d[a] @ y)


@adjoint(np.linalg.pinv)
def pinv(y, a, rcond=None, *, rtol=None):
    """
    >>> np.linalg.pinv(A23)
    >>> np.linalg.pinv(A23.T)
    >>> np.linalg.pinv(T, 1e-10)
    >>> np.linalg.pinv(T[:, :2], rtol=1e-10)
    >>> np.linalg.pinv(A23.T @ A23, rcond=1e-5)
    >>> np.linalg.pinv(ZA23)
    >>> np.linalg.pinv(ZA23.T)
    """
    p = y if rcond is None and rtol is None else np.linalg.pinv(a, rt.rank_cut(a, rcond if rtol is None else rtol))
    t, h, g = np.swapaxes(p, -1, -2), np.conj(np.swapaxes(p, -1, -2)), np.swapaxes(d[y], -1, -2)
    d[a] = np.conj((g - a @ (p @ g)) @ p @ h + h @ p @ (g - (g @ p) @ a)) - t @ d[y] @ t


@tangent(np.linalg.pinv)
def pinv_tangent(y, a, rcond=None, *, rtol=None):
    p = y if rcond is None and rtol is None else np.linalg.pinv(a, rt.rank_cut(a, rcond if rtol is None else rtol))
    h, g = np.conj(np.swapaxes(p, -1, -2)), np.conj(np.swapaxes(d[a], -1, -2))
    d[y] = p @ h @ (g - (g @ a) @ p) + (g - p @ (a @ g)) @ h @ p - p @ d[a] @ p


@adjoint(np.linalg.lstsq)
def lstsq(y, a, b, rcond=None):
    """
    >>> np.linalg.lstsq(A34, V)[0]
    >>> np.linalg.lstsq(A34.T, T[0].T)
    >>> np.linalg.lstsq(A34.T, A34[0] ** 2, rcond=1e-10)[:2]
    >>> np.linalg.lstsq(A23.T @ A23, M, rcond=1e-5)[0]
    >>> np.linalg.lstsq(ZA34, ZV)[0]
    >>> np.linalg.lstsq(ZA34.T, np.swapaxes(ZT[0], 0, 1))
    """
    first, second = rt.lstsq_adjoint(d[y], y, a, b, rcond)
    d[a] = first
    d[b] = second


@tangent(np.linalg.lstsq)
def lstsq_tangent(y, a, b, rcond=None):
    d[y] = rt.lstsq_tangent(d[a], d[b], y, a, b, rcond)


@adjoint(np.linalg.tensorsolve)
def tensorsolve(y, a, b, axes=None):
    """
    >>> np.linalg.tensorsolve(np.reshape(SPD, (3, 1, 3)), A34[:, :1])
    >>> np.linalg.tensorsolve(np.reshape(SPD, (3, 1, 3)), A34[:1, :3], axes=(0,))
    >>> np.linalg.tensorsolve(np.reshape(HPD, (3, 1, 3)), ZA34[:1, :3], axes=(0,))
    """
    matrix = a if axes is None else np.moveaxis(a, axes, range(-len(axes), 0))
    t = np.reshape(np.linalg.solve(np.transpose(np.reshape(matrix, (np.size(b), -1))), np.ravel(d[y])), np.shape(b))
    g = -np.tensordot(t, y, 0)
    d[a] = g if axes is None else np.moveaxis(g, range(-len(axes), 0), axes)
    d[b] = t


@tangent(np.linalg.tensorsolve)
def tensorsolve_tangent(y, a, b, axes=None):
    change = d[a] if axes is None else np.moveaxis(d[a], axes, range(-len(axes), 0))
    d[y] = np.linalg.tensorsolve(a, d[b] - np.tensordot(change, y, np.ndim(y)), axes)


@adjoint(np.linalg.tensorinv)
def tensorinv(y, a, ind=2):
    """
    >>> np.linalg.tensorinv(np.reshape(SPD, (3, 1, 3)))
    >>> np.linalg.tensorinv(np.reshape(SPD, (3, 1, 3)), ind=1)
    >>> np.linalg.tensorinv(np.reshape(HPD, (3, 1, 3)), ind=1)
    """
    inner = rt.tensordot_left(d[y], y, np.shape(a)[ind:] + np.shape(a)[ind:], np.ndim(a) - ind)
    d[a] = -rt.tensordot_right(y, inner, np.shape(a), ind)


@tangent(np.linalg.tensorinv)
def tensorinv_tangent(y, a, ind=2):
    d[y] = -np.tensordot(np.tensordot(y, d[a], ind), y, np.ndim(a) - ind)


@adjoint(np.linalg.det)
def det(y, a):
    """
    >>> np.linalg.det(M)
    >>> np.linalg.det(np.stack([M, M.T]))
    >>> np.linalg.det(ZM)
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
    >>> np.linalg.slogdet(ZM)
    """
    sign_bar, g = rt.filled(d[y], y)
    both = g + 1j * np.imag(sign_bar * y[0]) if np.iscomplexobj(a) else g
    d[a] = np.expand_dims(both, (-2, -1)) * np.swapaxes(np.linalg.inv(a), -1, -2)


@tangent(np.linalg.slogdet)
def slogdet_tangent(y, a):
    change = np.trace(np.linalg.solve(a, d[a]), axis1=-2, axis2=-1)
    d[y] = (1j * y[0] * np.imag(change) if np.iscomplexobj(a) else rt.zeros_like(y[0]), np.real(change))
