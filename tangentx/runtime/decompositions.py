"""Adjoints and tangents of decompositions.  Those without a rule of their own are differentiated through what stands here.

Adjoints are those of the real parts: of ``z`` the adjoint is dL/dx - i dL/dy, so that dL is the real part of the sum of ``g * dz``.

M. B. Giles, An extended collection of matrix derivative results for forward and reverse mode AD (2008); M. Seeger et al., Auto-differentiating
linear algebra (2017); S. Walter and L. Lehmann, Algorithmic differentiation of linear algebra functions (2010), for qr; J. Townsend,
Differentiating the singular value decomposition (2016), and Z.-Q. Wan and S.-X. Zhang, Automatic differentiation for complex valued SVD (2019).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tangentx.errors import NotDifferentiable
from tangentx.runtime.algebra import columns
from tangentx.runtime.gaps import hermitian, over_gaps, turns_over, unhermitian, without_phase
from tangentx.runtime.reductions import share

__all__ = [
    "check_gauge", "completed", "cond_partial", "lstsq_adjoint", "lstsq_tangent", "meant", "nearest", "norm_partial",
    "over_values", "qr_adjoint", "qr_tangent", "rank_cut", "svd_adjoint", "svd_tangent", "svdvals_adjoint", "svdvals_tangent",
    "unmeant", "vector_norm_partial",
]  # fmt: skip


def meant(a: Any, assume_a: str | None = None, lower: bool = False) -> Any:
    """The matrix that ``scipy.linalg.solve`` solves with: ``assume_a`` says which part of ``a`` it reads."""
    return _part(a, assume_a, lower, hermitian)


def unmeant(g: Any, assume_a: str | None = None, lower: bool = False) -> Any:
    """The adjoint of ``meant``."""
    return _part(g, assume_a, lower, unhermitian)


def _part(a: Any, assume_a: str | None, lower: bool, mirrored: Any) -> Any:
    if assume_a in (None, "gen", "general"):
        return a
    if assume_a in ("upper triangular", "lower triangular"):
        return np.triu(a) if assume_a[0] == "u" else np.tril(a)
    if assume_a not in ("pos", "positive definite", "her", "hermitian", "sym", "symmetric") or (assume_a[0] == "s" and np.iscomplexobj(a)):
        raise NotDifferentiable(f"scipy.linalg.solve with assume_a={assume_a!r} has no derivative here", None, "Leave assume_a out.")
    return mirrored(a, "L" if lower else "U")


def over_values(t: Any, s: Any) -> Any:
    """``t / s`` of singular values, zero where ``t`` is zero.

    Raises:
        NotDifferentiable: a value is zero, and what is divided by it is not.
    """
    if np.any((s == 0) & (t != 0)):
        hint = "The values themselves have one: use np.linalg.svdvals."
        raise NotDifferentiable("singular vectors of the value zero have no derivative", None, hint)
    return np.where(t == 0, 0, t) / np.where(t == 0, 1, s)


def nearest(w: Any, y: Any) -> Any:
    """For each of ``y`` the place in ``w`` of what is nearest to it: the same eigenvalues may come in another order."""
    return np.argmin(np.abs(y[..., :, None] - w[..., None, :]), axis=-1)


def rank_cut(a: Any, rcond: Any) -> Any:
    """The relative size below which singular values count as zero.

    Raises:
        NotDifferentiable: some that count as zero are not.
    """
    eps = np.finfo(a.dtype).eps
    cut = max(a.shape[-2:]) * eps if rcond is None else rcond
    s = np.linalg.svd(a, compute_uv=False)
    largest = np.max(s, axis=-1, keepdims=True, initial=0.0)
    if np.any((s <= np.asarray(cut)[..., None] * largest) & (s > eps**0.5 * largest)):
        reason = "singular values that are not zero are cut off, and the derivative is that of a matrix without them"
        raise NotDifferentiable(reason, None, "Choose a smaller rcond, or write it with np.linalg.svd.")
    return cut


def lstsq_adjoint(y_bar: Any, y: Any, a: Any, b: Any, rcond: Any = None) -> tuple[Any, Any]:
    """The adjoints of ``a`` and ``b`` from those of ``x, residuals, rank, s = np.linalg.lstsq(a, b, rcond)``."""
    shape = np.shape(b)
    p, x, g = np.linalg.pinv(a, rank_cut(a, rcond)), columns(y[0], shape), columns(y_bar[0], shape)
    r, t = columns(b, shape) - a @ x, p.swapaxes(-1, -2) @ g
    h, row = np.conj(p.swapaxes(-1, -2)), g.swapaxes(-1, -2)
    a_bar = np.conj(r @ (row @ p) @ h + h @ x @ (row - (row @ p) @ a))
    if np.size(y[1]):
        t = t + 2.0 * np.conj(r) * y_bar[1]
    a_bar = a_bar - t @ x.swapaxes(-1, -2)
    if np.any(y_bar[3] != 0):
        u, s, vh = np.linalg.svd(a, full_matrices=False)
        a_bar = a_bar + np.conj((u * y_bar[3]) @ vh)
    return a_bar, t.reshape(shape)


def lstsq_tangent(a_dot: Any, b_dot: Any, y: Any, a: Any, b: Any, rcond: Any = None) -> tuple[Any, ...]:
    """The tangents of ``x, residuals, rank, s = np.linalg.lstsq(a, b, rcond)``."""
    shape = np.shape(b)
    p, x = np.linalg.pinv(a, rank_cut(a, rcond)), columns(y[0], shape)
    r, change = columns(b, shape) - a @ x, columns(b_dot, shape) - a_dot @ x
    h, back = np.conj(p.swapaxes(-1, -2)), np.conj(a_dot.swapaxes(-1, -2))
    turned = back @ (h @ x)
    x_dot = p @ change + p @ (h @ (back @ r)) + turned - p @ (a @ turned)
    residuals_dot = 2.0 * np.real(np.sum(np.conj(r) * change, axis=0)) if np.size(y[1]) else np.zeros_like(y[1])
    u, s, vh = np.linalg.svd(a, full_matrices=False)
    s_dot = np.real(np.diagonal(np.conj(u.swapaxes(-1, -2)) @ a_dot @ np.conj(vh.swapaxes(-1, -2))))
    return x_dot.reshape(np.shape(y[0])), residuals_dot, 0.0, s_dot


def check_gauge(g: Any) -> None:
    """Columns that only complete a basis have no derivative: any rotation of them would do."""
    if np.any(g != 0):
        reason = "the columns that complete the basis of a null space have no derivative: they are one choice of many"
        raise NotDifferentiable(reason, None, "Use the others only: full_matrices=False, or mode='reduced'.")


# ------------------------------------------------------------------------------------------------ singular values


def svd_adjoint(y_bar: Any, y: Any) -> Any:
    """The adjoint of ``a`` from those of ``u, s, vh = np.linalg.svd(a)``."""
    u, s, vh = y
    k = s.shape[-1]
    check_gauge(y_bar[0][..., :, k:])
    check_gauge(y_bar[2][..., k:, :])
    u, vh, u_bar, vh_bar = u[..., :, :k], vh[..., :k, :], y_bar[0][..., :, :k], y_bar[2][..., :k, :]
    q = np.conj(vh @ vh_bar.swapaxes(-1, -2))
    p = without_phase(u.swapaxes(-1, -2) @ u_bar, q)
    row = s[..., None, :]
    turns = over_gaps(p - np.conj(p.swapaxes(-1, -2)), s**2, True) * row
    turns = turns + s[..., :, None] * over_gaps(q - np.conj(q.swapaxes(-1, -2)), s**2, True)
    core = turns + (y_bar[1][..., None, :] + over_values(p - np.real(p), row)) * np.eye(k, dtype=s.dtype, like=s)
    g = np.conj(u) @ core @ np.conj(vh)
    if u.shape[-2] > k:
        g = g + over_values(u_bar - np.conj(u) @ p, row) @ np.conj(vh)
    if vh.shape[-1] > k:
        g = g + np.conj(u) @ over_values(vh_bar - (vh_bar @ vh.swapaxes(-1, -2)) @ np.conj(vh), s[..., :, None])
    return g


def svd_tangent(a_dot: Any, y: Any) -> Any:
    """The tangents of ``u, s, vh = np.linalg.svd(a)``."""
    u, s, vh = y
    k, v = s.shape[-1], np.conj(vh.swapaxes(-1, -2))
    c = np.conj(u.swapaxes(-1, -2)) @ a_dot @ v
    row, column = s[..., None, :], s[..., :, None]
    d = c[..., :k, :k]
    h = np.conj(d.swapaxes(-1, -2))
    phase = over_values(d - np.real(d), row) * np.eye(k, dtype=s.dtype, like=s)
    turn_u = turns_over(d * row + column * h, s**2, True) + phase
    turn_v = turns_over(column * d + h * row, s**2, True)
    u_dot, v_dot = u[..., :, :k] @ turn_u, v[..., :, :k] @ turn_v
    if u.shape[-2] > k:
        rest = over_values(a_dot @ v[..., :, :k], row)
        u_dot = u_dot + rest - u[..., :, :k] @ (np.conj(u[..., :, :k].swapaxes(-1, -2)) @ rest)
    if v.shape[-2] > k:
        rest = over_values(np.conj(a_dot.swapaxes(-1, -2)) @ u[..., :, :k], row)
        v_dot = v_dot + rest - v[..., :, :k] @ (np.conj(v[..., :, :k].swapaxes(-1, -2)) @ rest)
    s_dot = np.real(np.diagonal(d, 0, -2, -1))
    return completed(u_dot, u), s_dot, np.conj(completed(v_dot, v).swapaxes(-1, -2))


def svdvals_adjoint(s_bar: Any, a: Any) -> Any:
    """The adjoint of ``a`` in ``np.linalg.svdvals(a)``."""
    u, _, vh = np.linalg.svd(a, full_matrices=False)
    return np.conj((u * s_bar[..., None, :]) @ vh)


def svdvals_tangent(a_dot: Any, a: Any) -> Any:
    """The tangent of ``np.linalg.svdvals(a)``."""
    u, _, vh = np.linalg.svd(a, full_matrices=False)
    return np.real(np.diagonal(np.conj(u.swapaxes(-1, -2)) @ a_dot @ np.conj(vh.swapaxes(-1, -2)), 0, -2, -1))


def completed(q_dot: Any, q: Any) -> Any:
    """The tangent of a basis from that of its first columns: the others turn no more than they must to stay at right angles."""
    k = q_dot.shape[-1]
    if q.shape[-1] == k:
        return q_dot
    rest = -q[..., :, :k] @ (np.conj(q_dot.swapaxes(-1, -2)) @ q[..., :, k:])
    return np.concatenate([q_dot, rest], axis=-1)


# ---------------------------------------------------------------------------------------------------------------- qr


def qr_adjoint(q_bar: Any, r_bar: Any, q: Any, r: Any) -> Any:
    """The adjoint of ``a`` from those of ``q, r = np.linalg.qr(a)``, in any mode that gives both."""
    k = min(q.shape[-2], r.shape[-1])
    check_gauge(q_bar[..., :, k:])
    q, q_bar, r, r_bar = q[..., :, :k], q_bar[..., :, :k], r[..., :k, :], r_bar[..., :k, :]
    square, square_bar, rest_bar = r[..., :, :k], r_bar[..., :, :k], r_bar[..., :, k:]
    if r.shape[-1] > k:
        q_bar = q_bar + np.conj(q @ r[..., :, k:] @ rest_bar.swapaxes(-1, -2))
    n = square_bar @ square.swapaxes(-1, -2) - q.swapaxes(-1, -2) @ q_bar
    b = q_bar + np.conj(q) @ hermitian(n, "U")
    g = np.linalg.solve(square, b.swapaxes(-1, -2)).swapaxes(-1, -2)
    return np.concatenate([g, np.conj(q) @ rest_bar], axis=-1) if r.shape[-1] > k else g


def qr_tangent(a_dot: Any, q: Any, r: Any) -> Any:
    """The tangents of ``q, r = np.linalg.qr(a)``, in any mode that gives both."""
    k = min(q.shape[-2], r.shape[-1])
    basis, square = q[..., :, :k], r[..., :k, :k]
    x = np.linalg.solve(square.swapaxes(-1, -2), a_dot[..., :, :k].swapaxes(-1, -2)).swapaxes(-1, -2)
    c = np.conj(basis.swapaxes(-1, -2)) @ x
    half = 0.5 * (np.tril(c) + np.tril(c, -1))
    turn = half - np.conj(half.swapaxes(-1, -2))
    q_dot, r_dot = basis @ (turn - c) + x, (c - turn) @ square
    if r.shape[-1] > k:
        rest = np.conj(basis.swapaxes(-1, -2)) @ a_dot[..., :, k:] + np.conj(q_dot.swapaxes(-1, -2)) @ basis @ r[..., :k, k:]
        r_dot = np.concatenate([r_dot, rest], axis=-1)
    if r.shape[-2] > k:
        r_dot = np.concatenate([r_dot, np.zeros_like(r[..., k:, :])], axis=-2)
    return completed(q_dot, q), r_dot


# ------------------------------------------------------------------------------------------------------------- norms


def vector_norm_partial(x: Any, y: Any, ord: Any = 2, axis: Any = None) -> Any:
    """The partial derivatives of the norm ``y`` of vectors; 0 where an element, or the vector, is 0."""
    if ord == 2:
        return np.conj(x) / (y + (y == 0))
    size = np.abs(x)
    unit = np.conj(x) / (size + (size == 0))
    if ord in (np.inf, -np.inf):
        return unit * share(size, y, axis=axis)
    if ord == 0:
        return 0.0 * unit
    return unit if ord == 1 else unit * (size / (y + (y == 0))) ** (ord - 1)


def norm_partial(x: Any, y: Any, ord: Any = None, axis: Any = None) -> Any:
    """The partial derivatives of ``y = np.linalg.norm(x, ord, axis)``, the norm of vectors or of matrices."""
    vectors = np.size(axis) == 1 if axis is not None else np.ndim(x) == 1 or ord is None
    if ord is None or ord == "fro":
        return vector_norm_partial(x, y)
    if vectors:
        return vector_norm_partial(x, y, ord, axis)
    row, column = (-2, -1) if axis is None else axis
    if ord in (1, -1, np.inf, -np.inf):
        along, across = (row, column) if abs(ord) == 1 else (column, row)
        sums = np.sum(np.abs(x), axis=along, keepdims=True)
        return vector_norm_partial(x, y, 1) * share(sums, y, axis=across)
    u, s, vh = np.linalg.svd(np.moveaxis(x, (row, column), (-2, -1)), full_matrices=False)
    if ord == "nuc":
        weights = np.sign(s)
    else:
        weights = share(s, np.max(s, -1, keepdims=True) if ord == 2 else np.min(s, -1, keepdims=True), axis=-1)
    return np.moveaxis(np.conj((u * weights[..., None, :]) @ vh), (-2, -1), (row, column))


def cond_partial(x: Any, y: Any, p: Any = None) -> Any:
    """The partial derivatives of the condition number ``y = np.linalg.cond(x, p)``."""
    if p is None or p in (2, -2):
        u, s, vh = np.linalg.svd(x, full_matrices=False)
        largest, smallest = s[..., :1], s[..., -1:]
        weights = share(s, largest, axis=-1) / largest - share(s, smallest, axis=-1) / smallest
        partial = np.conj((u * (y[..., None] * weights)[..., None, :]) @ vh)
        return -partial if p == -2 else partial
    inverse = np.linalg.inv(x)
    t = inverse.swapaxes(-1, -2)
    size, other = np.linalg.norm(x, p, (-2, -1), keepdims=True), np.linalg.norm(inverse, p, (-2, -1), keepdims=True)
    return norm_partial(x, size, p, (-2, -1)) * other - size * (t @ norm_partial(inverse, other, p, (-2, -1)) @ t)
