"""What is divided by the gaps between eigenvalues or singular values, which may vanish.

Values count as one where rounding cannot tell them apart.  Their vectors are one choice of many; a derivative that does not read them needs none
of their turns, and nothing else about them is known from numbers alone:

    reverse mode     what reads such vectors is refused (of a null space only where values are equal)
    forward mode     such a vector turns by nan: whoever reads it sees that, and the other vectors do not turn with it
    second order     a turn that leaves the derivative as it is counts as none (``steady``), any other is refused
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tangentx.errors import NotDifferentiable

__all__ = [
    "eigh_adjoint",
    "eigh_change",
    "eigh_tangent",
    "hermitian",
    "independent",
    "out_of_phase",
    "over_gaps",
    "steady",
    "turns_over",
    "unhermitian",
    "within",
    "without_phase",
]

ROUNDINGS = 64  # values that are so many roundings of the largest apart count as one
HINT = "The values themselves have one: use np.linalg.eigvalsh, eigvals or svdvals."
PARALLEL = "If it is symmetric: use np.linalg.eigh."
WAY = "Say it without them: by np.trace, np.linalg.det or slogdet, solve, scipy.linalg.expm or logm."
TWICE = "eigenvectors or singular vectors of a value that comes twice have no derivative"


def _gaps(w: Any, squared: bool) -> tuple[Any, Any, Any]:
    """The gaps, where they are those of values that count as one, and where the values are not near zero.

    Those of a null space are, and so they are when a small number was added to its diagonal: the derivative inside such a block is noise, which
    does no harm as long as the block stays where it is (a kernel, x @ x.T).
    """
    size = np.sqrt(w) if squared else np.abs(w)
    roots = np.sqrt(w) if squared else w
    eps = np.finfo(w.dtype).eps
    largest = np.max(size, axis=-1, initial=0.0)[..., None, None]
    close = np.abs(roots[..., None, :] - roots[..., :, None]) <= ROUNDINGS * eps * largest
    apart = np.eye(w.shape[-1], dtype=np.real(w).dtype, like=w) == 0
    return w[..., None, :] - w[..., :, None], close & apart, (size > eps**0.25 * largest[..., 0])[..., None, :]


def over_gaps(t: Any, w: Any, squared: bool = False, strict: bool = False) -> Any:
    """``t[i, j] / (w[j] - w[i])``, zero on the diagonal and where ``t`` is zero; ``squared``: of the squares of singular values; ``strict``:
    those of a null space count as one, too.

    Raises:
        NotDifferentiable: a gap is zero, and what is divided by it is not.
    """
    off = 1 - np.eye(w.shape[-1], dtype=np.real(w).dtype, like=w)
    gaps, close, large = _gaps(w, squared)
    none = (t == 0) | (off == 0)
    if np.any(((gaps == 0) | (close & (large | strict))) & ~none):
        raise NotDifferentiable(TWICE, None, HINT)
    return np.where(none, 0, t) * off / np.where(none, 1, gaps)


def turns_over(t: Any, w: Any, squared: bool = False) -> Any:
    """``over_gaps`` of tangents: nan where vectors turn that are one choice of many."""
    off = 1 - np.eye(w.shape[-1], dtype=np.real(w).dtype, like=w)
    gaps, close, _ = _gaps(w, squared)
    none = (t == 0) | (off == 0) | (close & _small(t) & (not squared))  # those of singular values are small with the values
    return np.where(none, 0, np.where(close, np.nan, t)) * off / np.where(none | close, 1, gaps)


def _small(t: Any) -> Any:
    """Where there is nothing but rounding."""
    return np.abs(t) <= ROUNDINGS * np.finfo(t.dtype).eps * np.max(np.abs(t), axis=(-2, -1), initial=0.0)[..., None, None]


def steady(s: Any, t: Any, w_bar: Any, w: Any) -> Any:
    """``s[i, j] / (w[j] - w[i])``, the turns of eigenvectors while a derivative is differentiated; zero where that does not change with the turn.

    It does not where neither vector is read, nor the values; or all values alike.  That an adjoint is zero may be an accident (of ``w**2`` at 0, or
    ``exp(w)`` rounded): it tells something of values that are not near zero and differ in their last bits, or if no value at all is read.

    Raises:
        NotDifferentiable: it may change.
    """
    off = 1 - np.eye(w.shape[-1], dtype=np.real(w).dtype, like=w)
    gaps, close, large = _gaps(w, False)
    read = (t != 0) | (t.swapaxes(-1, -2) != 0)
    one = np.all(w_bar[..., :1] == w_bar, axis=-1)[..., None, None]
    some = np.any(t != 0, axis=(-2, -1))[..., None, None] | ~np.all(close | (off == 0), axis=(-2, -1))[..., None, None]
    unread = (w_bar == 0)[..., None, :] & (w_bar == 0)[..., :, None] & (gaps != 0) & large
    if np.any(close & (read | ~((one & some) | unread | _small(s)))):
        raise NotDifferentiable("eigenvalues that coincide have no second derivative here, nor have their vectors", None, WAY)
    none = close | (off == 0)
    return np.where(none, 0, s) / np.where(none, 1, gaps)


def within(s: Any, w: Any) -> Any:
    """Of a matrix in the basis of eigenvectors what stands between those of one value."""
    _, close, _ = _gaps(w, False)
    return s * (close | (np.eye(w.shape[-1], like=w) != 0))


def independent(v: Any) -> Any:
    """The eigenvectors of a matrix that are as many as it has rows.

    Raises:
        NotDifferentiable: two of them cannot be told apart.
    """
    if np.any(np.linalg.cond(v) > 1e-4 / np.finfo(v.dtype).eps):
        raise NotDifferentiable("a matrix whose eigenvectors are (nearly) parallel has no derivative of its eigenvectors", None, PARALLEL)
    return v


def eigh_adjoint(w_bar: Any, v_bar: Any, a: Any, w: Any, v: Any, triangle: str = "L", checked: bool = True) -> Any:
    """The adjoint of ``a`` from those of ``w, v = np.linalg.eigh(a, triangle)``; it is a function of ``a``, of which ``w`` and ``v`` are known."""
    t = v.swapaxes(-1, -2)
    p = without_phase(t @ v_bar) if checked else t @ v_bar
    if checked and np.any(p != 0):
        none = (p == 0) & (p.swapaxes(-1, -2) == 0)
        differ = np.abs(w_bar[..., None, :] - w_bar[..., :, None]) > np.finfo(w.dtype).eps ** 0.5 * np.max(np.abs(w_bar), initial=0.0)
        if np.any(_gaps(w, False)[1] & none & differ):  # (v * w) @ v.T where w is 0: the adjoint of v is 0 by accident
            raise NotDifferentiable(TWICE, None, HINT)
    return unhermitian(np.conj(v) @ (over_gaps(p, w) @ t + w_bar[..., :, None] * t), triangle)


def eigh_tangent(a_dot: Any, a: Any, w: Any, v: Any, triangle: str = "L") -> Any:
    """The tangents of ``w, v = np.linalg.eigh(a, triangle)``; they are functions of ``a``, as ``eigh_adjoint`` is."""
    s = np.conj(v.swapaxes(-1, -2)) @ hermitian(a_dot, triangle) @ v
    return np.real(np.diagonal(s, 0, -2, -1)), v @ turns_over(s, w)


def eigh_change(a_dot: Any, w_bar: Any, v_bar: Any, a: Any, w: Any, v: Any, triangle: str = "L") -> Any:
    """How ``eigh_adjoint`` of the same adjoints changes with ``a``.  Inside of one value the basis stays, and the matrix of the values moves."""
    t, eye = np.swapaxes(v, -1, -2), np.eye(np.shape(w)[-1])
    s = np.conj(t) @ hermitian(a_dot, triangle) @ v
    p, moved = over_gaps(t @ v_bar, w), np.swapaxes(within(s, w), -1, -2)
    x = steady(s, t @ v_bar, w_bar, w)
    across = np.swapaxes(x, -1, -2)
    m = p + np.expand_dims(w_bar, -1) * eye
    change = over_gaps(across @ (t @ v_bar) - (p @ moved - moved @ p), w)
    return unhermitian(np.conj(v) @ (np.conj(x) @ m + change + m @ across) @ t, triangle)


def out_of_phase(v_bar: Any, v_dot: Any, v: Any) -> Any:
    """The adjoint of complex vectors that turns with the phase of their own adjoints; zero of real ones."""
    q = np.sum(np.where(v_bar == 0, 0, v_bar * v_dot), axis=-2, keepdims=True) if np.iscomplexobj(v) else np.zeros_like(v[..., :1, :])
    return np.conj(v) * (q - np.real(q))


def without_phase(p: Any, q: Any = 0.0) -> Any:
    """``p``, the products of vectors and their adjoints: a loss of those does not change with the phase of any one.  ``q`` is that of their partners.

    Raises:
        NotDifferentiable: it does: a diagonal element of ``p + q`` is not real.
    """
    if np.iscomplexobj(p):
        largest = np.max(np.abs(p) + np.abs(q), axis=(-2, -1), initial=0.0)[..., None]
        if np.any(np.abs(np.imag(np.diagonal(p + q, 0, -2, -1))) > np.finfo(p.dtype).eps ** 0.5 * largest):
            reason = "what depends on the phase of complex eigenvectors or singular vectors has no derivative: it is one choice of many"
            raise NotDifferentiable(reason, None, "Use np.abs(v), products such as v * np.conj(v[0]), or v / np.exp(1j * np.angle(v[:1])).")
    return p


def hermitian(a: Any, triangle: str = "L") -> Any:
    """The Hermitian matrix of which one triangle is read: its mirror image is in the other, and the diagonal is real."""
    half = np.tril(a, -1) if triangle in "Ll" else np.triu(a, 1)
    return half + np.conj(half.swapaxes(-1, -2)) + np.real(a) * np.eye(a.shape[-1], dtype=np.real(a).dtype, like=a)


def unhermitian(g: Any, triangle: str = "L") -> Any:
    """The adjoint of ``hermitian``: an entry of the triangle carries the sensitivity of the pair."""
    both = g + np.conj(g.swapaxes(-1, -2))
    half = np.tril(both, -1) if triangle in "Ll" else np.triu(both, 1)
    return half + np.real(g) * np.eye(g.shape[-1], dtype=np.real(g).dtype, like=g)
