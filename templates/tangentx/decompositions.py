"""Rules of the helpers for decompositions."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, elementwise, linear, tangent


@linear(rt.hermitian)
def hermitian(y, a, triangle="L"):
    """
    >>> rt.hermitian(M)
    >>> rt.hermitian(np.stack([M, M.T]), "U")
    """
    d[a] = rt.unhermitian(d[y], triangle)


@linear(rt.unhermitian)
def unhermitian(y, g, triangle="L"):
    """
    >>> rt.unhermitian(M)
    >>> rt.unhermitian(np.stack([M, M.T]), "U")
    """
    d[g] = rt.hermitian(d[y], triangle)


@adjoint(rt.over_gaps)
def over_gaps(y, t, w, squared=False, strict=False):
    """
    >>> rt.over_gaps(M, V)
    >>> rt.over_gaps(M, 2.0 + V, True)
    """
    g = rt.over_gaps(d[y], w, squared, True)
    s = rt.over_gaps(g * t, w, squared, True)
    d[t] = g
    d[w] = np.sum(s, axis=-1) - np.sum(s, axis=-2)


@tangent(rt.over_gaps)
def over_gaps_tangent(y, t, w, squared=False, strict=False):
    d[y] = rt.over_gaps(d[t] - y * (np.expand_dims(d[w], -2) - np.expand_dims(d[w], -1)), w, squared, strict)


@adjoint(rt.turns_over)
def turns_over(y, t, w, squared=False):
    """
    >>> rt.turns_over(M, V)
    """
    g = rt.over_gaps(d[y], w, squared, True)
    s = rt.over_gaps(g * t + 0.0 * y, w, squared, True)  # refused where y is nan
    d[t] = g
    d[w] = np.sum(s, axis=-1) - np.sum(s, axis=-2)


@tangent(rt.turns_over)
def turns_over_tangent(y, t, w, squared=False):
    d[y] = rt.over_gaps(d[t] - y * (np.expand_dims(d[w], -2) - np.expand_dims(d[w], -1)), w, squared, True)


@linear(rt.within)
def within(y, s, w):
    """
    >>> rt.within(M, V)
    """
    d[s] = rt.within(d[y], w)


@adjoint(rt.independent)
def independent(y, v):
    """
    >>> rt.independent(M)
    """
    d[v] = d[y]


@tangent(rt.independent)
def independent_tangent(y, v):
    d[y] = d[v]


@adjoint(rt.steady)
def steady(y, s, t, w_bar, w):
    """
    >>> rt.steady(M, SPD, V, 2.0 * V)
    """
    g = rt.over_gaps(d[y], w)
    r = rt.over_gaps(g * s, w)
    d[s] = g
    d[w] = np.sum(r, axis=-1) - np.sum(r, axis=-2)
    d[t] = 0.0
    d[w_bar] = 0.0


@tangent(rt.steady)
def steady_tangent(y, s, t, w_bar, w):
    d[y] = rt.turns_over(d[s] - y * (np.expand_dims(d[w], -2) - np.expand_dims(d[w], -1)), w)


# ``eigh_adjoint`` is the gradient of a scalar, and ``eigh_change``, its derivative by the matrix, is symmetric.  What flows to ``w`` and ``v``
# flows to ``a``, of which they are functions; ``out_of_phase`` says of ``v`` only that a turn of its phase is one of ``v_bar``.


@adjoint(rt.eigh_adjoint)
def eigh_adjoint(y, w_bar, v_bar, a, w, v, triangle="L", checked=True):
    w_dot, v_dot = rt.eigh_tangent(d[y], a, w, v, triangle)
    d[w_bar] = w_dot
    d[v_bar] = v_dot
    d[a] = rt.eigh_change(d[y], w_bar, v_bar, a, w, v, triangle)
    d[w] = 0.0
    d[v] = rt.out_of_phase(v_bar, v_dot, v)


@tangent(rt.eigh_adjoint)
def eigh_adjoint_tangent(y, w_bar, v_bar, a, w, v, triangle="L", checked=True):
    d[y] = rt.eigh_change(d[a], w_bar, v_bar, a, w, v, triangle) + rt.eigh_adjoint(d[w_bar], d[v_bar], a, w, v, triangle, False)


@adjoint(rt.eigh_tangent)
def eigh_tangent(y, a_dot, a, w, v, triangle="L"):
    w_bar, v_bar = rt.filled(d[y], y)
    d[a_dot] = rt.eigh_adjoint(w_bar, v_bar, a, w, v, triangle)
    d[a] = rt.eigh_change(a_dot, w_bar, v_bar, a, w, v, triangle)
    d[w] = 0.0
    d[v] = rt.out_of_phase(v_bar, y[1], v)


@tangent(rt.eigh_tangent)
def eigh_tangent_tangent(y, a_dot, a, w, v, triangle="L"):
    h, first, second = np.conj(np.swapaxes(v, -1, -2)), rt.hermitian(a_dot, triangle), rt.hermitian(d[a], triangle)
    turn, other = rt.over_gaps(h @ first @ v, w, False, True), rt.over_gaps(h @ second @ v, w, False, True)
    moved = np.conj(np.swapaxes(other, -1, -2)) @ h @ first @ v + h @ first @ v @ other + h @ rt.hermitian(d[a_dot], triangle) @ v
    w_dot = np.real(np.diagonal(h @ second @ v, 0, -2, -1))
    rest = rt.over_gaps(moved - turn * (np.expand_dims(w_dot, -2) - np.expand_dims(w_dot, -1)), w, False, True)
    d[y] = (np.real(np.diagonal(moved, 0, -2, -1)), v @ (other @ turn + rest))


@adjoint(rt.without_phase)
def without_phase(y, p, q=0.0):
    """
    >>> rt.without_phase(M)
    >>> rt.without_phase(M, SPD)
    """
    d[p] = d[y]
    d[q] = 0.0


@tangent(rt.without_phase)
def without_phase_tangent(y, p, q=0.0):
    d[y] = d[p]


@elementwise(rt.over_values)
def over_values(y, t, s):
    """
    >>> rt.over_values(A23, 2.0 + V)
    >>> rt.over_values(A23, np.expand_dims(2.0 + V[:2], -1))
    """
    return rt.over_values(1.0, s), -rt.over_values(y, s)


@linear(rt.meant)
def meant(y, a, assume_a=None, lower=False):
    """
    >>> rt.meant(M, "pos")
    >>> rt.meant(M, "upper triangular")
    """
    d[a] = rt.unmeant(d[y], assume_a, lower)


@linear(rt.unmeant)
def unmeant(y, g, assume_a=None, lower=False):
    """
    >>> rt.unmeant(M, "pos", True)
    >>> rt.unmeant(M, "lower triangular")
    """
    d[g] = rt.meant(d[y], assume_a, lower)


@linear(rt.twofold)
def twofold(y, a, e):
    """
    >>> rt.twofold(M, SPD)
    """
    m = np.shape(a)[-1]
    d[a] = d[y][..., :m, :m] + d[y][..., m:, m:]
    d[e] = rt.upper_block(d[y])


@linear(rt.skewed)
def skewed(y, rows, middle, back=False):
    """
    >>> rt.skewed(A34, 1)
    >>> rt.skewed(T, 0, True)
    """
    d[rows] = rt.skewed(d[y], middle, not back)


@linear(rt.upper_block)
def upper_block(y, b):
    """
    >>> rt.upper_block(T[:, :2, :2])
    """
    zero = np.zeros_like(d[y])
    d[b] = np.concatenate([np.concatenate([zero, d[y]], axis=-1), np.concatenate([zero, zero], axis=-1)], axis=-2)
