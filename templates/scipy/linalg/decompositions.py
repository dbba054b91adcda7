"""Decompositions: see those of NumPy, whose gauges and refusals are the same.  ``b=`` of generalised problems, left eigenvectors, subsets,
pivoting, and ``lapack_driver=`` are refused; ``qr`` gives the full or the economic factors, or R alone.
"""

import numpy as np
import scipy.linalg

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, refused, tangent, written


@adjoint(scipy.linalg.cholesky)
def cholesky(y, a, lower=False, *, check_finite=True):
    """
    >>> scipy.linalg.cholesky(SPD)
    >>> scipy.linalg.cholesky(SPD, lower=True, check_finite=False)
    >>> scipy.linalg.cholesky(HPD)
    """
    factor, g = (y, d[y]) if lower else (np.conj(np.swapaxes(y, -1, -2)), np.conj(np.swapaxes(d[y], -1, -2)))
    t = np.swapaxes(factor, -1, -2)
    half = np.linalg.solve(t, np.tril(t @ g) + np.tril(t @ g, -1))
    s = np.linalg.solve(np.conj(t), np.swapaxes(half, -1, -2))
    d[a] = 0.5 * rt.unhermitian(np.swapaxes(s, -1, -2), "L" if lower else "U")


@tangent(scipy.linalg.cholesky)
def cholesky_tangent(y, a, lower=False, *, check_finite=True):
    factor = y if lower else np.conj(np.swapaxes(y, -1, -2))
    half = np.linalg.solve(factor, rt.hermitian(d[a], "L" if lower else "U"))
    s = np.linalg.solve(factor, np.conj(np.swapaxes(half, -1, -2)))
    change = factor @ (0.5 * (np.tril(s) + np.tril(s, -1)))
    d[y] = change if lower else np.conj(np.swapaxes(change, -1, -2))


@adjoint(scipy.linalg.cho_factor)
def cho_factor(y, a, lower=False, *, check_finite=True):
    """
    >>> scipy.linalg.cho_factor(SPD)[0]
    >>> scipy.linalg.cho_factor(SPD, lower=True)[0]
    >>> scipy.linalg.cho_factor(HPD)[0]
    """
    c, g = y[0], rt.filled(d[y], y)[0]
    factor = np.tril(c) if lower else np.conj(np.swapaxes(np.triu(c), -1, -2))
    t, u = np.swapaxes(factor, -1, -2), np.tril(g) if lower else np.conj(np.swapaxes(np.triu(g), -1, -2))
    half = np.linalg.solve(t, np.tril(t @ u) + np.tril(t @ u, -1))
    s = 0.5 * rt.unhermitian(np.swapaxes(np.linalg.solve(np.conj(t), np.swapaxes(half, -1, -2)), -1, -2), "L" if lower else "U")
    d[a] = s + (np.triu(g, 1) if lower else np.tril(g, -1))


@tangent(scipy.linalg.cho_factor)
def cho_factor_tangent(y, a, lower=False, *, check_finite=True):
    factor = np.tril(y[0]) if lower else np.conj(np.swapaxes(np.triu(y[0]), -1, -2))
    half = np.linalg.solve(factor, rt.hermitian(d[a], "L" if lower else "U"))
    s = np.linalg.solve(factor, np.conj(np.swapaxes(half, -1, -2)))
    change = factor @ (0.5 * (np.tril(s) + np.tril(s, -1)))
    d[y] = (change + np.triu(d[a], 1) if lower else np.conj(np.swapaxes(change, -1, -2)) + np.tril(d[a], -1), 0.0)


@adjoint(scipy.linalg.eigh)
def eigh(y, a, *, lower=True, eigvals_only=False, check_finite=True):
    """
    >>> scipy.linalg.eigh(SPD)
    >>> scipy.linalg.eigh(M, lower=False)
    >>> scipy.linalg.eigh(SPD, eigvals_only=True)
    >>> np.abs(scipy.linalg.eigh(HPD)[1]) * scipy.linalg.eigh(HPD, lower=False)[0]
    """
    w, v = np.linalg.eigh(a, "L" if lower else "U") if eigvals_only else y
    w_bar, v_bar = (d[y], np.zeros_like(v)) if eigvals_only else rt.filled(d[y], y)
    d[a] = rt.eigh_adjoint(w_bar, v_bar, a, w, v, "L" if lower else "U")


@tangent(scipy.linalg.eigh)
def eigh_tangent(y, a, *, lower=True, eigvals_only=False, check_finite=True):
    w, v = np.linalg.eigh(a, "L" if lower else "U") if eigvals_only else y
    y_dot = rt.eigh_tangent(d[a], a, w, v, "L" if lower else "U")
    d[y] = y_dot[0] if eigvals_only else y_dot


@adjoint(scipy.linalg.eigvalsh)
def eigvalsh(y, a, *, lower=True, check_finite=True):
    """
    >>> scipy.linalg.eigvalsh(SPD)
    >>> scipy.linalg.eigvalsh(M, lower=False)
    >>> scipy.linalg.eigvalsh(HPD)
    """
    w, v = np.linalg.eigh(a, "L" if lower else "U")
    d[a] = rt.eigh_adjoint(d[y], np.zeros_like(v), a, w, v, "L" if lower else "U")


@tangent(scipy.linalg.eigvalsh)
def eigvalsh_tangent(y, a, *, lower=True, check_finite=True):
    w, v = np.linalg.eigh(a, "L" if lower else "U")
    d[y] = rt.eigh_tangent(d[a], a, w, v, "L" if lower else "U")[0]


@written(scipy.linalg.eigh_tridiagonal)
def eigh_tridiagonal(d, e, eigvals_only=False, *, check_finite=True):
    """
    >>> scipy.linalg.eigh_tridiagonal(V, A34[0, :2])
    >>> scipy.linalg.eigh_tridiagonal(V, A34[0, :2], True)
    """
    matrix = np.diag(d) + np.diag(e, -1)  # of which the lower half is read
    return np.linalg.eigvalsh(matrix) if eigvals_only else tuple(np.linalg.eigh(matrix))


@written(scipy.linalg.eigvalsh_tridiagonal)
def eigvalsh_tridiagonal(d, e, *, check_finite=True):
    """
    >>> scipy.linalg.eigvalsh_tridiagonal(V, A34[0, :2])
    """
    return np.linalg.eigvalsh(np.diag(d) + np.diag(e, -1))


@adjoint(scipy.linalg.svd)
def svd(y, a, full_matrices=True, compute_uv=True, *, check_finite=True):
    """
    >>> scipy.linalg.svd(M)
    >>> scipy.linalg.svd(A23, full_matrices=False)
    >>> scipy.linalg.svd(A34, compute_uv=False)
    >>> (y := scipy.linalg.svd(ZA34, False))[0] @ y[2]
    """
    d[a] = rt.svd_adjoint(rt.filled(d[y], y), y) if compute_uv else rt.svdvals_adjoint(d[y], a)


@tangent(scipy.linalg.svd)
def svd_tangent(y, a, full_matrices=True, compute_uv=True, *, check_finite=True):
    d[y] = rt.svd_tangent(d[a], y) if compute_uv else rt.svdvals_tangent(d[a], a)


@adjoint(scipy.linalg.svdvals)
def svdvals(y, a, *, check_finite=True):
    """
    >>> scipy.linalg.svdvals(A23)
    >>> scipy.linalg.svdvals(ZA34)
    """
    d[a] = rt.svdvals_adjoint(d[y], a)


@tangent(scipy.linalg.svdvals)
def svdvals_tangent(y, a, *, check_finite=True):
    d[y] = rt.svdvals_tangent(d[a], a)


@adjoint(scipy.linalg.qr)
def qr(y, a, *, mode="full", check_finite=True):
    """
    >>> scipy.linalg.qr(M)
    >>> scipy.linalg.qr(A34.T, mode="economic")
    >>> scipy.linalg.qr(A34)
    >>> scipy.linalg.qr(A34.T)[1]
    >>> scipy.linalg.qr(ZA34.T, mode="economic")
    """
    q_bar, r_bar = rt.filled(d[y], y)
    d[a] = rt.qr_adjoint(q_bar, r_bar, y[0], y[1])


@tangent(scipy.linalg.qr)
def qr_tangent(y, a, *, mode="full", check_finite=True):
    d[y] = rt.qr_tangent(d[a], y[0], y[1])


refused(
    *(scipy.linalg.null_space, scipy.linalg.orth),
    reason="the basis is one choice of many",
    way_out="Use what does not depend on it: the projector a @ np.linalg.pinv(a).",
)
refused(
    *(scipy.linalg.polar, scipy.linalg.eig, scipy.linalg.eigvals, scipy.linalg.lstsq, scipy.linalg.lu),
    reason="there is no rule for it",
    way_out="Use np.linalg.svd, eig, eigvals, lstsq, or scipy.linalg.lu_factor.",
)
refused(
    *(scipy.linalg.schur, scipy.linalg.hessenberg, scipy.linalg.qz, scipy.linalg.ldl, scipy.linalg.cossin, scipy.linalg.matrix_balance),
    reason="there is no rule for it",
    way_out="Use np.linalg.eig, np.linalg.eigh or np.linalg.cholesky.",
)
