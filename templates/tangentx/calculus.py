"""Rules of the helpers for calculus on samples and for padding, so that a derivative can be differentiated again, to any order."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, multilinear, tangent


@linear(rt.widened)
def widened(y, g, axis, before=0, behind=0):
    """
    >>> rt.widened(M, -1, 1, 2)
    """
    d[g] = np.take(d[y], range(before, before + np.shape(g)[axis]), axis)


@linear(rt.undiff)
def undiff(y, g, shape, n=1, axis=-1, before=0, behind=0):
    """
    >>> rt.undiff(A34, (3, 6), 2)
    >>> rt.undiff(M, (2, 3), 1, 0, 2)
    """
    d[g] = np.diff(rt.widened(d[y], axis, before, behind), n, axis)


@multilinear(rt.panels)
def panels(p, g, y, axis=-1):
    """
    >>> rt.panels(V, M, 0)
    """
    d[g] = np.sum(d[p] * rt.panels(np.ones_like(g), y, axis), axis)
    d[y] = rt.untrapezoid(g, np.shape(y), None, d[p], axis)


@multilinear(rt.untrapezoid)
def untrapezoid(y, g, shape, x=None, dx=1.0, axis=-1):
    """
    >>> rt.untrapezoid(A23, (2, 3, 3), [0.0, 0.5, 2.0])
    >>> rt.untrapezoid(A23, (2, 3, 3), V)
    >>> rt.untrapezoid(V, (3, 3), dx=A23, axis=0)
    """
    d[g] = np.sum(d[y] * rt.untrapezoid(np.ones_like(g), shape, x, dx, axis), axis)
    d[x] = rt.untrapezoid_x(g, d[y], np.shape(x), axis)
    d[dx] = rt.unbroadcast(rt.panels(g, d[y], axis), dx)


@multilinear(rt.untrapezoid_x)
def untrapezoid_x(r, g, y, shape, axis=-1):
    """
    >>> rt.untrapezoid_x(A23, np.stack([M, M.T]), (3,))
    """
    d[g] = np.sum(y * rt.untrapezoid(np.ones_like(g), np.shape(y), d[r], 1.0, axis), axis)
    d[y] = rt.untrapezoid(g, np.shape(y), d[r], 1.0, axis)


@adjoint(rt.knots)
def knots(y, xp, period):
    """
    >>> rt.knots(V, 1.3)
    """
    d[xp] = rt.untake(d[y], np.shape(xp), rt.period_places(xp, period), 0)


@tangent(rt.knots)
def knots_tangent(y, xp, period):
    d[y] = np.take(d[xp], rt.period_places(xp, period), 0)


@linear(rt.unpad)
def unpad(y, g, shape, pad_width, mode="constant", reflect_type="even"):
    """
    >>> rt.unpad(M, (1, 2), ((1, 1), (1, 0)))
    >>> rt.unpad(M, (1, 2), ((1, 1), (1, 0)), "edge")
    >>> rt.unpad(A34, (2, 2), ((1, 0), (0, 2)), "linear_ramp")
    >>> rt.unpad(A34, (2, 2), ((1, 0), (0, 2)), "reflect", "odd")
    """
    d[g] = np.pad(d[y], pad_width) if mode == "constant" else rt.padded(d[y], y, pad_width, mode, reflect_type=reflect_type)


@adjoint(rt.unpad_stat)
def unpad_stat(y, g, a, pad_width, mode, stat_length=None):
    """
    >>> rt.unpad_stat(A34, A34[:2, :3], ((1, 0), (0, 1)), "mean", 2)
    >>> rt.unpad_stat(A34, A34[:2, :3], ((1, 0), (0, 1)), "maximum")
    """
    d[g] = rt.padded(d[y], a, pad_width, mode, 0.0, stat_length)
    d[a] = 0.0


@tangent(rt.unpad_stat)
def unpad_stat_tangent(y, g, a, pad_width, mode, stat_length=None):
    d[y] = rt.unpad_stat(d[g], a, pad_width, mode, stat_length)


@linear(rt.unpad_values)
def unpad_values(y, g, shape, pad_width, mode="constant"):
    """
    >>> rt.unpad_values(A34, (2, 2), ((1, 0), (0, 2)))
    >>> rt.unpad_values(A34, (2, 2), ((1, 0), (0, 2)), "linear_ramp")
    """
    zeros = np.zeros_like(d[y], shape=shape)
    d[g] = np.pad(zeros, pad_width, constant_values=d[y]) if mode == "constant" else rt.padded(zeros, zeros, pad_width, mode, d[y])


@adjoint(rt.padded)
def padded(y, g, a, pad_width, mode, end_values=0.0, stat_length=None, reflect_type="even"):
    """
    >>> rt.padded(A23, A23, 1, "linear_ramp", S)
    >>> rt.padded(A23, V, 1, "reflect", 0.0, None, "odd")
    >>> rt.padded(A23, A34[:2, :3], ((1, 0), (0, 2)), "median")
    """
    is_linear = mode not in ("maximum", "mean", "median", "minimum")
    d[g] = rt.unpad(d[y], np.shape(g), pad_width, mode, reflect_type) if is_linear else rt.unpad_stat(d[y], a, pad_width, mode, stat_length)
    d[a] = 0.0
    d[end_values] = rt.unbroadcast(rt.unpad_values(d[y], np.shape(g), pad_width, mode), end_values)


@tangent(rt.padded)
def padded_tangent(y, g, a, pad_width, mode, end_values=0.0, stat_length=None, reflect_type="even"):
    d[y] = rt.padded(d[g], a, pad_width, mode, d[end_values], stat_length, reflect_type)


@multilinear(rt.lags)
def lags(s, g, w, n, axis=-1):
    """
    >>> rt.lags(A34, 0.5 * A34, 2)
    >>> rt.lags(T, 0.5 * T, 3, 1)
    >>> rt.lags(V, 2.0 * V, 5)
    """
    d[g] = rt.moving(d[s], w, axis)
    d[w] = rt.moving(d[s], g, axis, True)


@multilinear(rt.moving)
def moving(y, s, w, axis=-1, back=False):
    """
    >>> rt.moving(V, A34)
    >>> rt.moving(V, T, 1, True)
    """
    d[s] = rt.lags(w, d[y], np.size(s), axis) if back else rt.lags(d[y], w, np.size(s), axis)
    d[w] = rt.moving(s, d[y], axis, not back)


@linear(rt.ungradient)
def ungradient(y, g, shape, spacings=(), axis=None, edge_order=1):
    """
    >>> rt.ungradient(V, (3,))
    >>> rt.ungradient((M, M.T), (3, 3), (0.5, [0.0, 0.4, 1.5]), edge_order=2)
    >>> rt.ungradient(A34, (3, 4), (0.5,), 1)
    """
    d[g] = rt.slopes(d[y], spacings, axis, edge_order)


@linear(rt.slopes)
def slopes(y, f, spacings=(), axis=None, edge_order=1):
    """
    >>> rt.slopes(V)
    >>> rt.slopes(M, (0.5, [0.0, 0.4, 1.5]), edge_order=2)
    """
    d[f] = rt.ungradient(d[y], np.shape(f), spacings, axis, edge_order)
