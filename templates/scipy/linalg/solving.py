"""Systems of linear equations, inverses, determinants, and factors to solve with.

``assume_a`` says which part of the matrix is read, and the derivative is with respect to that part.
"""

import numpy as np
import scipy.linalg

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, refused, tangent, written


@adjoint(scipy.linalg.solve)
def solve(x, a, b, lower=False, *, check_finite=True, assume_a=None, transposed=False):
    """
    >>> scipy.linalg.solve(M, V)
    >>> scipy.linalg.solve(M, A34, transposed=True)
    >>> scipy.linalg.solve(SPD, A34, assume_a="pos")
    >>> scipy.linalg.solve(M, V, lower=True, assume_a="sym", check_finite=False)
    >>> scipy.linalg.solve(M, V, assume_a="lower triangular")
    >>> scipy.linalg.solve(ZM, ZV)
    >>> scipy.linalg.solve(HPD, ZA34, assume_a="her")
    >>> scipy.linalg.solve(HPD, ZA34, assume_a="hermitian")
    """
    whole = rt.meant(a, assume_a, lower)
    t = rt.solve_transposed(np.swapaxes(whole, -1, -2) if transposed else whole, d[x], np.shape(b))
    g = -rt.matmul_left(rt.columns(t, np.shape(b)), rt.columns(x, np.shape(b)), np.shape(a))
    d[a] = rt.unmeant(np.swapaxes(g, -1, -2) if transposed else g, assume_a, lower)
    d[b] = rt.unbroadcast_shape(t, np.shape(b))


@tangent(scipy.linalg.solve)
def solve_tangent(x, a, b, lower=False, *, check_finite=True, assume_a=None, transposed=False):
    whole, change = rt.meant(a, assume_a, lower), rt.meant(d[a], assume_a, lower)
    rhs = rt.columns(d[b], np.shape(b)) - (np.swapaxes(change, -1, -2) if transposed else change) @ rt.columns(x, np.shape(b))
    d[x] = np.reshape(np.linalg.solve(np.swapaxes(whole, -1, -2) if transposed else whole, rhs), np.shape(x))


@adjoint(scipy.linalg.solve_triangular)
def solve_triangular(x, a, b, trans=0, lower=False, unit_diagonal=False, *, check_finite=True):
    """
    >>> scipy.linalg.solve_triangular(M, V)
    >>> scipy.linalg.solve_triangular(M, A34, lower=True)
    >>> scipy.linalg.solve_triangular(M, A34, 1, unit_diagonal=True)
    >>> scipy.linalg.solve_triangular(M, V, "T", True)
    >>> scipy.linalg.solve_triangular(ZM, ZV, 1)
    """
    code, k = rt.transposition(trans, a), 1 if unit_diagonal else 0
    t = scipy.linalg.solve_triangular(a, d[x], 1 - code, lower, unit_diagonal)
    u, v = rt.columns(t, np.shape(b)), rt.columns(x, np.shape(b))
    g = v @ np.swapaxes(u, -1, -2) if code else u @ np.swapaxes(v, -1, -2)
    d[a] = -np.tril(g, -k) if lower else -np.triu(g, k)
    d[b] = t


@tangent(scipy.linalg.solve_triangular)
def solve_triangular_tangent(x, a, b, trans=0, lower=False, unit_diagonal=False, *, check_finite=True):
    code, k = rt.transposition(trans, a), 1 if unit_diagonal else 0
    change = np.tril(d[a], -k) if lower else np.triu(d[a], k)
    rhs = rt.columns(d[b], np.shape(b)) - (np.swapaxes(change, -1, -2) if code else change) @ rt.columns(x, np.shape(b))
    d[x] = np.reshape(scipy.linalg.solve_triangular(a, rhs, code, lower, unit_diagonal), np.shape(x))


@adjoint(scipy.linalg.inv)
def inv(y, a, *, check_finite=True):
    """
    >>> scipy.linalg.inv(M)
    """
    t = np.swapaxes(y, -1, -2)
    d[a] = -(t @ d[y] @ t)


@tangent(scipy.linalg.inv)
def inv_tangent(y, a, *, check_finite=True):
    d[y] = -(y @ d[a] @ y)


@adjoint(scipy.linalg.det)
def det(y, a, *, check_finite=True):
    """
    >>> scipy.linalg.det(M)
    """
    d[a] = np.expand_dims(d[y] * y, (-2, -1)) * np.swapaxes(np.linalg.inv(a), -1, -2)


@tangent(scipy.linalg.det)
def det_tangent(y, a, *, check_finite=True):
    d[y] = y * np.trace(np.linalg.solve(a, d[a]), axis1=-2, axis2=-1)


@adjoint(scipy.linalg.pinv)
def pinv(y, a, *, check_finite=True):
    """
    >>> scipy.linalg.pinv(A23)
    >>> scipy.linalg.pinv(A23.T)
    """
    t, h, g = np.swapaxes(y, -1, -2), np.conj(np.swapaxes(y, -1, -2)), np.swapaxes(d[y], -1, -2)
    d[a] = np.conj((g - a @ (y @ g)) @ y @ h + h @ y @ (g - (g @ y) @ a)) - t @ d[y] @ t


@tangent(scipy.linalg.pinv)
def pinv_tangent(y, a, *, check_finite=True):
    h, g = np.conj(np.swapaxes(y, -1, -2)), np.conj(np.swapaxes(d[a], -1, -2))
    d[y] = y @ h @ (g - (g @ a) @ y) + (g - y @ (a @ g)) @ h @ y - y @ d[a] @ y


# ------------------------------------------------------------------------------------------------ factors to solve with


@adjoint(scipy.linalg.lu_factor)
def lu_factor(y, a, *, check_finite=True):
    """
    >>> scipy.linalg.lu_factor(M)[0]
    >>> scipy.linalg.lu_factor(ZM)[0]
    """
    factors, pivots = y
    g, lower = rt.filled(d[y], y)[0], rt.unit_lower(factors)
    core = np.tril(np.swapaxes(lower, -1, -2) @ np.tril(g, -1), -1) + np.triu(np.triu(g) @ np.swapaxes(np.triu(factors), -1, -2))
    left = scipy.linalg.solve_triangular(lower, core, 1, True, True)
    d[a] = np.swapaxes(scipy.linalg.solve_triangular(factors, np.swapaxes(left, -1, -2)), -1, -2)[np.argsort(rt.permutation(pivots))]


@tangent(scipy.linalg.lu_factor)
def lu_factor_tangent(y, a, *, check_finite=True):
    factors, pivots = y
    left = scipy.linalg.solve_triangular(factors, d[a][rt.permutation(pivots)], 0, True, True)
    core = np.swapaxes(scipy.linalg.solve_triangular(factors, np.swapaxes(left, -1, -2), 1), -1, -2)
    d[y] = (rt.unit_lower(factors) @ np.tril(core, -1) + np.triu(core) @ np.triu(factors), rt.zeros_like(pivots))


@adjoint(scipy.linalg.lu_solve)
def lu_solve(x, lu_and_piv, b, trans=0, *, check_finite=True):
    """
    >>> scipy.linalg.lu_solve(scipy.linalg.lu_factor(M), V)
    >>> scipy.linalg.lu_solve(scipy.linalg.lu_factor(M), A34, 1)
    >>> scipy.linalg.lu_solve(scipy.linalg.lu_factor(ZM), ZV)
    """
    factors, pivots = lu_and_piv
    code, order = rt.transposition(trans, factors), rt.permutation(pivots)
    t = scipy.linalg.lu_solve(lu_and_piv, d[x], 1 - code)
    u, v = rt.columns(t, np.shape(b)), rt.columns(x, np.shape(b))
    g = -(v @ np.swapaxes(u, -1, -2) if code else u @ np.swapaxes(v, -1, -2))[order]
    lower, upper = rt.unit_lower(factors), np.triu(factors)
    d[lu_and_piv] = rt.packed((np.tril(g @ np.swapaxes(upper, -1, -2), -1) + np.triu(np.swapaxes(lower, -1, -2) @ g), 0.0), lu_and_piv)
    d[b] = t


@tangent(scipy.linalg.lu_solve)
def lu_solve_tangent(x, lu_and_piv, b, trans=0, *, check_finite=True):
    factors, pivots = lu_and_piv
    code, change = rt.transposition(trans, factors), d[lu_and_piv][0]
    moved = np.tril(change, -1) @ np.triu(factors) + rt.unit_lower(factors) @ np.triu(change)
    matrix = moved[np.argsort(rt.permutation(pivots))]
    rhs = rt.columns(d[b], np.shape(b)) - (np.swapaxes(matrix, -1, -2) if code else matrix) @ rt.columns(x, np.shape(b))
    d[x] = np.reshape(scipy.linalg.lu_solve(lu_and_piv, rhs, code), np.shape(x))


@adjoint(scipy.linalg.cho_solve)
def cho_solve(x, c_and_lower, b, *, check_finite=True):
    """
    >>> scipy.linalg.cho_solve((M, True), V)
    >>> scipy.linalg.cho_solve(scipy.linalg.cho_factor(SPD), A34)
    >>> scipy.linalg.cho_solve((ZM, True), ZV)
    >>> scipy.linalg.cho_solve((ZM, False), ZA34)
    """
    c, lower = c_and_lower
    factor = np.tril(c) if lower else np.conj(np.swapaxes(np.triu(c), -1, -2))
    t = np.conj(scipy.linalg.cho_solve(c_and_lower, np.conj(d[x])))
    g = rt.columns(t, np.shape(b)) @ np.swapaxes(rt.columns(x, np.shape(b)), -1, -2)
    both = -np.tril((g + np.conj(np.swapaxes(g, -1, -2))) @ np.conj(factor))
    d[c_and_lower] = rt.packed((both if lower else np.conj(np.swapaxes(both, -1, -2)), 0.0), c_and_lower)
    d[b] = t


@tangent(scipy.linalg.cho_solve)
def cho_solve_tangent(x, c_and_lower, b, *, check_finite=True):
    c, lower = c_and_lower
    factor = np.tril(c) if lower else np.conj(np.swapaxes(np.triu(c), -1, -2))
    change = np.tril(d[c_and_lower][0]) if lower else np.conj(np.swapaxes(np.triu(d[c_and_lower][0]), -1, -2))
    half = change @ np.conj(np.swapaxes(factor, -1, -2))
    rhs = rt.columns(d[b], np.shape(b)) - (half + np.conj(np.swapaxes(half, -1, -2))) @ rt.columns(x, np.shape(b))
    d[x] = np.reshape(scipy.linalg.cho_solve(c_and_lower, rhs), np.shape(x))


# ----------------------------------------------------------------------------------------------------- matrix equations


@adjoint(scipy.linalg.solve_sylvester)
def solve_sylvester(x, a, b, q):
    """
    >>> scipy.linalg.solve_sylvester(M, SPD, A34[:, :3])
    >>> scipy.linalg.solve_sylvester(SPD[:2, :2], M, A23)
    >>> scipy.linalg.solve_sylvester(ZM, HPD, ZA34[:, :3])
    """
    w = scipy.linalg.solve_sylvester(np.transpose(a), np.transpose(b), d[x])
    d[a] = -(w @ np.transpose(x))
    d[b] = -(np.transpose(x) @ w)
    d[q] = w


@tangent(scipy.linalg.solve_sylvester)
def solve_sylvester_tangent(x, a, b, q):
    d[x] = scipy.linalg.solve_sylvester(a, b, d[q] - d[a] @ x - x @ d[b])


@adjoint(scipy.linalg.solve_continuous_lyapunov, scipy.linalg.solve_lyapunov)
def solve_continuous_lyapunov(x, a, q):
    """
    >>> scipy.linalg.solve_continuous_lyapunov(M, SPD)
    >>> scipy.linalg.solve_continuous_lyapunov(ZM, HPD)
    """
    w = scipy.linalg.solve_continuous_lyapunov(np.transpose(a), d[x])
    d[a] = -(w @ np.transpose(x)) - np.conj(np.transpose(w) @ x)
    d[q] = w


@tangent(scipy.linalg.solve_continuous_lyapunov, scipy.linalg.solve_lyapunov)
def solve_continuous_lyapunov_tangent(x, a, q):
    d[x] = scipy.linalg.solve_continuous_lyapunov(a, d[q] - d[a] @ x - x @ np.conj(np.transpose(d[a])))


@adjoint(scipy.linalg.solve_discrete_lyapunov)
def solve_discrete_lyapunov(x, a, q, method=None):
    """
    >>> scipy.linalg.solve_discrete_lyapunov(0.2 * M, SPD)
    >>> scipy.linalg.solve_discrete_lyapunov(0.2 * M, A34[:, :3], "bilinear")
    >>> scipy.linalg.solve_discrete_lyapunov(0.2 * ZM, HPD)
    """
    w = scipy.linalg.solve_discrete_lyapunov(np.transpose(a), d[x], method)
    d[a] = w @ np.conj(a) @ np.transpose(x) + np.conj(np.transpose(w) @ a @ x)
    d[q] = w


@tangent(scipy.linalg.solve_discrete_lyapunov)
def solve_discrete_lyapunov_tangent(x, a, q, method=None):
    h = np.conj(np.transpose(a))
    d[x] = scipy.linalg.solve_discrete_lyapunov(a, d[q] + d[a] @ x @ h + a @ x @ np.conj(np.transpose(d[a])), method)


# ----------------------------------------------------------------------------------------- bands, and constant diagonals


@adjoint(scipy.linalg.solve_banded)
def solve_banded(x, l_and_u, ab, b, *, check_finite=True):
    """
    >>> scipy.linalg.solve_banded((1, 1), M + np.array([[0.0], [4.0], [0.0]]), V)
    >>> scipy.linalg.solve_banded((0, 2), M + np.array([[0.0], [0.0], [4.0]]), A34)
    >>> scipy.linalg.solve_banded((2, 0), ZM + np.array([[4.0], [0.0], [0.0]]), ZV)
    """
    lower, upper = l_and_u
    t = scipy.linalg.solve_banded((upper, lower), np.flip(rt.skewed(ab, upper), 0), d[x])
    rows = rt.skewed(np.zeros_like(np.expand_dims(ab, -1)) + rt.columns(t, np.shape(b)), upper, True)
    d[ab] = -np.sum(rows * rt.columns(x, np.shape(b)), axis=-1)
    d[b] = t


@tangent(scipy.linalg.solve_banded)
def solve_banded_tangent(x, l_and_u, ab, b, *, check_finite=True):
    moved = np.sum(rt.skewed(np.expand_dims(d[ab], -1) * rt.columns(x, np.shape(b)), l_and_u[1]), axis=0)
    d[x] = scipy.linalg.solve_banded(l_and_u, ab, np.reshape(rt.columns(d[b], np.shape(b)) - moved, np.shape(b)))


@written(scipy.linalg.solveh_banded)
def solveh_banded(ab, b, *, lower=False, check_finite=True):
    """
    >>> scipy.linalg.solveh_banded(A23 + np.array([[0.0], [4.0]]), V)
    >>> scipy.linalg.solveh_banded(A23 + np.array([[4.0], [0.0]]), A34, lower=True)
    >>> scipy.linalg.solveh_banded(ZA23 * np.array([[0.0 + 1.0j], [0.0]]) + np.array([[0.0], [5.0]]), ZV)
    """
    k = np.shape(ab)[0] - 1
    other = np.flip(np.conj(rt.skewed(ab, 0 if lower else k)), 0)
    whole = [other[:-1], np.real(ab[:1]), ab[1:]] if lower else [ab[:-1], np.real(ab[-1:]), other[1:]]
    return scipy.linalg.solve_banded((k, k), np.concatenate(whole), b)


@written(scipy.linalg.solve_toeplitz)
def solve_toeplitz(c_or_cr, b, *, check_finite=True):
    """
    >>> scipy.linalg.solve_toeplitz((V + np.array([4.0, 0.0, 0.0]), A34[0, :3]), A34)
    >>> scipy.linalg.solve_toeplitz(ZV + np.array([4.0, 0.0, 0.0]), ZV)
    """
    matrix = scipy.linalg.toeplitz(c_or_cr[0], c_or_cr[1]) if isinstance(c_or_cr, tuple) else scipy.linalg.toeplitz(c_or_cr)
    return np.linalg.solve(matrix, b)


@written(scipy.linalg.matmul_toeplitz)
def matmul_toeplitz(c_or_cr, x, *, check_finite=False, workers=None):
    """
    >>> scipy.linalg.matmul_toeplitz((V, A34[0]), A34.T)
    >>> scipy.linalg.matmul_toeplitz(ZV, ZV)
    """
    matrix = scipy.linalg.toeplitz(c_or_cr[0], c_or_cr[1]) if isinstance(c_or_cr, tuple) else scipy.linalg.toeplitz(c_or_cr)
    return matrix @ x


refused(
    *(scipy.linalg.cho_solve_banded, scipy.linalg.cholesky_banded),
    reason="there is no rule for the factors of banded matrices",
    way_out="Use scipy.linalg.solve_banded or solveh_banded.",
)
refused(scipy.linalg.solve_circulant, reason="there is no rule for it", way_out="Divide by scipy.fft.fft of the column.")
refused(
    *(scipy.linalg.solve_continuous_are, scipy.linalg.solve_discrete_are),
    reason="there is no rule for it",
    way_out="Declare one by scipy.linalg.solve_continuous_lyapunov or solve_discrete_lyapunov of the closed loop.",
)
