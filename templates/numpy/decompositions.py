"""Decompositions.

``cholesky``, ``eigh`` and ``eigvalsh`` read one triangle of the matrix, and so does their derivative: an entry of that triangle carries the
sensitivity of the pair.  Vectors are those that NumPy returns, of length one; the phase of a complex vector, and the sign of a real one, is no
function of the matrix: what depends on it has no derivative.  Reverse mode refuses it; tangents keep the phase: the diagonal of ``v^H v_dot`` is
zero for ``eigh`` and the right vectors of ``svd``, and ``v_dot`` of ``eig`` is a sum of the other vectors and a real multiple of ``v``.  Vectors
of a value that comes twice, and the columns of ``svd`` and ``qr`` that only complete a basis, are refused while running where a derivative is
asked of them; forward mode says nan of such vectors (see runtime/gaps.py).  ``hermitian=True`` and ``mode="raw"`` are refused.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, tangent


@adjoint(np.linalg.cholesky)
def cholesky(y, a, *, upper=False):
    """
    >>> np.linalg.cholesky(SPD)
    >>> np.linalg.cholesky(np.stack([SPD, 2.0 * SPD]))
    >>> np.linalg.cholesky(SPD, upper=True)
    >>> np.linalg.cholesky(HPD)
    >>> np.linalg.cholesky(HPD, upper=True)
    """
    factor, g = (np.conj(np.swapaxes(y, -1, -2)), np.conj(np.swapaxes(d[y], -1, -2))) if upper else (y, d[y])
    t = np.swapaxes(factor, -1, -2)
    half = np.linalg.solve(t, np.tril(t @ g) + np.tril(t @ g, -1))
    s = np.linalg.solve(np.conj(t), np.swapaxes(half, -1, -2))
    d[a] = 0.5 * rt.unhermitian(np.swapaxes(s, -1, -2), "U" if upper else "L")


@tangent(np.linalg.cholesky)
def cholesky_tangent(y, a, *, upper=False):
    factor = np.conj(np.swapaxes(y, -1, -2)) if upper else y
    half = np.linalg.solve(factor, rt.hermitian(d[a], "U" if upper else "L"))
    s = np.linalg.solve(factor, np.conj(np.swapaxes(half, -1, -2)))
    change = factor @ (0.5 * (np.tril(s) + np.tril(s, -1)))
    d[y] = np.conj(np.swapaxes(change, -1, -2)) if upper else change


@adjoint(np.linalg.eigh)
def eigh(y, a, UPLO="L"):
    """
    >>> np.linalg.eigh(SPD)
    >>> np.linalg.eigh(np.stack([M, SPD]), "U")
    >>> np.linalg.eigh(HPD)[0]
    >>> np.linalg.eigh(SPD).eigenvalues
    >>> np.abs(np.linalg.eigh(HPD, "U")[1])
    >>> (y := np.linalg.eigh(HPD))[1] * np.exp(0.1 * y[0]) @ np.conj(y[1].T)
    >>> (y := np.linalg.eigh(HPD))[1] / np.exp(1j * np.angle(y[1][:1]))
    """
    w, v = y
    w_bar, v_bar = rt.filled(d[y], y)
    d[a] = rt.eigh_adjoint(w_bar, v_bar, a, w, v, UPLO)


@tangent(np.linalg.eigh)
def eigh_tangent(y, a, UPLO="L"):
    w, v = y
    d[y] = rt.eigh_tangent(d[a], a, w, v, UPLO)


@adjoint(np.linalg.eigvalsh)
def eigvalsh(y, a, UPLO="L"):
    """
    >>> np.linalg.eigvalsh(SPD)
    >>> np.linalg.eigvalsh(np.stack([M, SPD]), UPLO="U")
    >>> np.linalg.eigvalsh(HPD)
    """
    w, v = np.linalg.eigh(a, UPLO)
    d[a] = rt.eigh_adjoint(d[y], np.zeros_like(v), a, w, v, UPLO)


@tangent(np.linalg.eigvalsh)
def eigvalsh_tangent(y, a, UPLO="L"):
    w, v = np.linalg.eigh(a, UPLO)
    d[y] = rt.eigh_tangent(d[a], a, w, v, UPLO)[0]


@adjoint(np.linalg.eig)
def eig(y, a):
    """
    >>> np.linalg.eig(SPD + 0.3 * M)
    >>> np.linalg.eig(np.stack([SPD, SPD + 0.1 * M]))
    >>> np.linalg.eig(ZM)[0]
    >>> np.abs(np.linalg.eig(ZM)[1])
    >>> np.linalg.eig(M)[0]
    >>> (y := np.linalg.eig(ZM))[1] * np.exp(y[0]) @ np.linalg.inv(y[1])
    >>> (y := np.linalg.eig(ZM))[1] / np.exp(1j * np.angle(y[1][:1]))
    """
    w, v = y
    w_bar, v_bar = rt.filled(d[y], y)
    t = np.swapaxes(rt.independent(v), -1, -2)
    p = rt.without_phase(t @ v_bar)
    along = np.expand_dims(np.real(np.diagonal(p, 0, -2, -1)), -2)
    d[a] = np.linalg.solve(t, rt.over_gaps(p - along * (t @ np.conj(v)), w) @ t + np.expand_dims(w_bar, -1) * t)


@tangent(np.linalg.eig)
def eig_tangent(y, a):
    w, v = y
    c = np.linalg.solve(rt.independent(v), d[a] @ v)
    change = v @ rt.turns_over(c, w)
    d[y] = (np.diagonal(c, 0, -2, -1), change - v * np.real(np.sum(np.conj(v) * change, axis=-2, keepdims=True)))


@adjoint(np.linalg.eigvals)
def eigvals(y, a):
    """
    >>> np.linalg.eigvals(SPD + 0.3 * M)
    >>> np.linalg.eigvals(np.stack([SPD, SPD + 0.1 * M]))
    >>> np.linalg.eigvals(ZM)
    >>> np.linalg.eigvals(np.reshape(T[:, :, 0], (3, 2)).T[:, :2] + np.array([[0.0, 4.0], [-4.0, 0.0]]))
    """
    w, v = np.linalg.eig(a)
    t = np.swapaxes(np.take_along_axis(v, np.expand_dims(rt.nearest(w, y), -2), -1), -1, -2)
    d[a] = np.linalg.solve(t, np.expand_dims(d[y], -1) * t)


@tangent(np.linalg.eigvals)
def eigvals_tangent(y, a):
    w, v = np.linalg.eig(a)
    u = np.take_along_axis(v, np.expand_dims(rt.nearest(w, y), -2), -1)
    d[y] = np.diagonal(np.linalg.solve(u, d[a] @ u), 0, -2, -1)


@adjoint(np.linalg.svd)
def svd(y, a, full_matrices=True, compute_uv=True):
    """
    >>> np.linalg.svd(M)
    >>> np.linalg.svd(T, full_matrices=False)
    >>> np.linalg.svd(np.swapaxes(T, 1, 2), False)
    >>> np.linalg.svd(T)[1]
    >>> np.linalg.svd(A34)[0]
    >>> np.linalg.svd(T, compute_uv=False)
    >>> np.abs(np.linalg.svd(ZA34, False)[0])
    >>> np.abs(np.linalg.svd(ZA34.T, False)[0])
    >>> np.abs(np.linalg.svd(ZA34, False)[2])
    >>> np.linalg.svd(ZT)[1]
    >>> (y := np.linalg.svd(ZA34, False))[0] * y[1] ** 2 @ y[2]
    >>> (y := np.linalg.svd(ZA34.T, False))[0] @ y[2]
    """
    d[a] = rt.svd_adjoint(rt.filled(d[y], y), y) if compute_uv else rt.svdvals_adjoint(d[y], a)


@tangent(np.linalg.svd)
def svd_tangent(y, a, full_matrices=True, compute_uv=True):
    d[y] = rt.svd_tangent(d[a], y) if compute_uv else rt.svdvals_tangent(d[a], a)


@adjoint(getattr(np.linalg, "svdvals", None))
def svdvals(y, x):
    """
    >>> np.linalg.svdvals(T)
    >>> np.linalg.svdvals(ZA34)
    """
    d[x] = rt.svdvals_adjoint(d[y], x)


@tangent(getattr(np.linalg, "svdvals", None))
def svdvals_tangent(y, x):
    d[y] = rt.svdvals_tangent(d[x], x)


@adjoint(np.linalg.qr)
def qr(y, a, mode="reduced"):
    """
    >>> np.linalg.qr(M)
    >>> np.linalg.qr(A34.T)
    >>> np.linalg.qr(T)
    >>> np.linalg.qr(A34.T, mode="complete")[1]
    >>> np.linalg.qr(A34, mode="complete")
    >>> np.linalg.qr(T, "r")
    >>> np.linalg.qr(ZM)
    >>> np.linalg.qr(ZA34)
    >>> np.linalg.qr(ZA34.T)
    """
    q, r = np.linalg.qr(a) if mode == "r" else y
    q_bar, r_bar = (np.zeros_like(q), d[y]) if mode == "r" else rt.filled(d[y], y)
    d[a] = rt.qr_adjoint(q_bar, r_bar, q, r)


@tangent(np.linalg.qr)
def qr_tangent(y, a, mode="reduced"):
    q, r = np.linalg.qr(a) if mode == "r" else y
    q_dot, r_dot = rt.qr_tangent(d[a], q, r)
    d[y] = r_dot if mode == "r" else (q_dot, r_dot)
