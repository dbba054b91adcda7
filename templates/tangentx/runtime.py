"""The rules of the helpers themselves, so that a derivative can be differentiated again, to any order.

``d[like] = 0.0`` says that nothing flows to a parameter of which only the shape or the structure is used.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx import callees
from tangentx.rules.declare import adjoint, constant, d, linear, multilinear, tangent

constant(rt.order)
constant(
    rt.check_inputs,
    rt.check_scalar,
    rt.check_cotangent,
    rt.check_tangent,
    rt.check_operators,
    rt.check_apart,
    rt.check_distinct,
    rt.check_item,
    rt.check_once,
    rt.check_single,
    rt.check_view,
    rt.check_class,
    rt.check_no_list,
    rt.is_array,
    rt.check_field,
    rt.check_unshared,
    rt.last_written,
    rt.zeros_like,
    rt.stop_gradient,
    rt.array_module,
)
constant(callees.check_reader, callees.halves, callees.pushforward, callees.method)
constant(rt.layout, rt.share, rt.median_share, rt.inverse_axes, rt.repeated, rt.convolved, rt.swap_subscripts, rt.vector_order)

# ------------------------------------------------------------------------------------------------------ containers


@linear(rt.add)
def add(y, a, b):
    d[a] = d[y]
    d[b] = d[y]


@linear(rt.updated)
def updated(y, old, new):
    """
    >>> rt.updated(S, 2.0 * S)
    >>> rt.updated(V, 2.0 * V)
    """
    d[old] = d[y] * (not rt.is_array(old))
    d[new] = d[y] * rt.is_array(old)


@linear(rt.copied)
def copied(y, x):
    """
    >>> rt.copied(T)
    """
    d[x] = d[y]


@linear(rt.packed)
def packed(y, items, like):
    """
    >>> rt.packed((V, V), [V, V])
    """
    d[items] = d[y]
    d[like] = 0.0


@linear(rt.each)
def each(y, g, like):
    """
    >>> rt.each(A23, [V, A23])
    >>> rt.each(V, M)
    """
    d[g] = rt.unbroadcast(sum(d[y]), g)
    d[like] = 0.0


@linear(rt.sequence)
def sequence(y, items):
    """
    >>> rt.sequence(V)
    """
    d[items] = d[y]


@linear(rt.put_at)
def put_at(y, like, index, value):
    """
    >>> rt.put_at(T, (0, slice(None), [1, 1, 2]), A34[:, :3])
    """
    d[like] = 0.0
    d[value] = d[y][index]


@linear(rt.field)
def field(y, x, name):
    d[x] = rt.put_field(x, name, d[y])


@linear(rt.put_field)
def put_field(y, like, name, value):
    d[like] = 0.0
    d[value] = rt.field(d[y], name)


@linear(rt.repeat)
def repeat(y, items, n):
    """
    >>> rt.repeat([S, V], 3)
    >>> rt.repeat((V,), 2)
    """
    d[items] = rt.unrepeat(d[y], items)


@linear(rt.unrepeat)
def unrepeat(y, g, items):
    """
    >>> rt.unrepeat([S, V, 2.0 * S, V], [S, V])
    """
    d[g] = rt.repeat(d[y], len(g) // max(len(items), 1))
    d[items] = 0.0


@adjoint(rt.filled)
def filled(y, g, like):
    d[g] = d[y]
    d[like] = 0.0


@tangent(rt.filled)
def filled_tangent(y, g, like):
    d[y] = rt.filled(d[g], like)


# ------------------------------------------------------------------------------------------------ shapes and sums


@linear(rt.unbroadcast)
def unbroadcast(y, g, like):
    """
    >>> rt.unbroadcast(T, A34)
    >>> rt.unbroadcast(T, A34[:, :1])
    >>> rt.unbroadcast(A23, S)
    """
    d[g] = rt.unbroadcast(d[y], g)
    d[like] = 0.0


@linear(rt.broadcast_like)
def broadcast_like(y, g, like):
    """
    >>> rt.broadcast_like(V, M)
    >>> rt.broadcast_like(S, M)
    """
    d[g] = rt.unbroadcast(d[y], g)
    d[like] = 0.0


@linear(rt.unbroadcast_shape)
def unbroadcast_shape(y, g, shape):
    """
    >>> rt.unbroadcast_shape(T, (3, 1))
    >>> rt.unbroadcast_shape(V, (3, 3))
    """
    d[g] = rt.unbroadcast_shape(d[y], np.shape(g))


@linear(rt.cast_like)
def cast_like(y, g, like):
    """
    >>> rt.cast_like(T, T)
    """
    d[g] = rt.cast_like(d[y], g)
    d[like] = 0.0


@linear(rt.unreduce)
def unreduce(y, g, shape, axis=None, keepdims=False):
    """
    >>> rt.unreduce(V, (2, 3, 4), axis=(0, -1))
    >>> rt.unreduce(S, (2, 3))
    """
    d[g] = np.sum(d[y], axis=axis, keepdims=keepdims)


@linear(rt.expanded)
def expanded(y, g, shape, axis=None, keepdims=False):
    """
    >>> rt.expanded(V, (2, 3, 4), axis=(0, -1))
    """
    d[g] = np.reshape(d[y], np.shape(g))


@linear(rt.cast)
def cast(y, g, dtype):
    """
    >>> rt.cast(T, float)
    >>> rt.cast(T, None)
    """
    d[g] = rt.cast(d[y], dtype)


@linear(rt.uncumsum)
def uncumsum(y, g, shape, axis=None):
    """
    >>> rt.uncumsum(T, (2, 3, 4), 1)
    >>> rt.uncumsum(V, (3, 1))
    """
    d[g] = np.cumsum(d[y], axis)


@adjoint(rt.scan)
def scan(y, c, u, axis=-1):
    """
    >>> rt.scan(M, M.T)
    >>> rt.scan(A23, A34[:2, :3], 0)
    """
    g = np.flip(rt.scan(np.flip(np.roll(c, -1, axis), axis), np.flip(d[y], axis), axis), axis)
    d[c] = g * rt.shifted(y, axis)
    d[u] = g


@tangent(rt.scan)
def scan_tangent(y, c, u, axis=-1):
    d[y] = rt.scan(c, d[c] * rt.shifted(y, axis) + d[u], axis)


@adjoint(rt.shifted)
def shifted(y, s, axis=-1, first=0.0):
    """
    >>> rt.shifted(A23, 1, 1.0)
    """
    d[s] = np.flip(rt.shifted(np.flip(d[y], axis), axis), axis)


@tangent(rt.shifted)
def shifted_tangent(y, s, axis=-1, first=0.0):
    d[y] = rt.shifted(d[s], axis)


@linear(rt.undiagonal)
def undiagonal(y, g, shape, offset=0, axis1=0, axis2=1):
    """
    >>> rt.undiagonal(V, (4, 3), -1)
    >>> rt.undiagonal(V, (3, 2, 3), 0, 2, 0)
    """
    d[g] = rt.unbroadcast_shape(np.diagonal(d[y], offset, axis1, axis2), np.shape(g))


@linear(rt.undiag)
def undiag(y, g, shape, k=0):
    """
    >>> rt.undiag(V, (3, 3))
    >>> rt.undiag(M, (3,))
    """
    d[g] = np.diag(d[y], k)


@linear(rt.untile)
def untile(y, g, shape, reps):
    """
    >>> rt.untile(T, (3, 2), (2, 1, 2))
    """
    d[g] = np.tile(d[y], reps)


@linear(rt.untake)
def untake(y, g, shape, indices, axis=None):
    """
    >>> rt.untake(M, (4, 3), [3, 3, 1], 0)
    >>> rt.untake(V, (2, 2), [3, 3, 1])
    """
    d[g] = np.take(d[y], indices, axis)


@linear(rt.untake_along_axis)
def untake_along_axis(y, g, shape, indices, axis):
    """
    >>> rt.untake_along_axis(M, (3, 3), np.argsort(M, axis=0), 0)
    """
    d[g] = np.take_along_axis(d[y], indices, axis)


@linear(rt.unjoin)
def unjoin(y, g, arrays, axis=0):
    """
    >>> rt.unjoin(V, (V[:1], V[1:]), 0)
    """
    d[g] = rt.rejoin(d[y], arrays, np.shape(g), axis)
    d[arrays] = 0.0


@linear(rt.rejoin)
def rejoin(y, slabs, pieces, shape, axis=0):
    """
    >>> rt.rejoin([A23, M], [A23, M], (5, 3))
    """
    d[slabs] = rt.unjoin(d[y], pieces, axis)
    d[pieces] = 0.0


@linear(rt.unpad)
def unpad(y, g, shape, pad_width, mode="constant"):
    """
    >>> rt.unpad(M, (1, 2), ((1, 1), (1, 0)))
    >>> rt.unpad(M, (1, 2), ((1, 1), (1, 0)), "edge")
    """
    d[g] = np.pad(d[y], pad_width, mode)


@linear(rt.undiff)
def undiff(y, g, n=1, axis=-1):
    """
    >>> rt.undiff(T, 2, 1)
    """
    d[g] = np.diff(d[y], n, axis)


if hasattr(np, "trapezoid"):

    @multilinear(rt.untrapezoid)
    def untrapezoid(y, g, shape, x=None, dx=1.0, axis=-1):
        """
        >>> rt.untrapezoid(A23, (2, 3, 3), [0.0, 0.5, 2.0])
        >>> rt.untrapezoid(A23, (2, 3, 3), V)
        """
        d[g] = np.trapezoid(d[y], x, dx, axis)
        d[x] = rt.untrapezoid_x(g, d[y], np.shape(x), axis)

    @multilinear(rt.untrapezoid_x)
    def untrapezoid_x(r, g, y, shape, axis=-1):
        """
        >>> rt.untrapezoid_x(A23, np.stack([M, M.T]), (3,))
        """
        d[g] = np.trapezoid(y, d[r], axis=axis)
        d[y] = rt.untrapezoid(g, np.shape(y), d[r], 1.0, axis)


# ------------------------------------------------------------------------------------------------- linear algebra


@multilinear(rt.matmul_left)
def matmul_left(y, g, b, shape_a):
    """
    >>> rt.matmul_left(M, A23, (3, 2))
    >>> rt.matmul_left(V, V, (3, 3))
    >>> rt.matmul_left(V, M, (3,))
    >>> rt.matmul_left(S, V, (3,))
    """
    d[g] = np.matmul(d[y], b)
    d[b] = rt.matmul_right(d[y], g, np.shape(b))


@multilinear(rt.matmul_right)
def matmul_right(y, a, g, shape_b):
    """
    >>> rt.matmul_right(A23, A23, (3, 3))
    >>> rt.matmul_right(V, V, (3, 3))
    >>> rt.matmul_right(M, V, (3,))
    >>> rt.matmul_right(V, S, (3,))
    """
    d[a] = rt.matmul_left(g, d[y], np.shape(a))
    d[g] = np.matmul(a, d[y])


@multilinear(rt.dot_left)
def dot_left(y, g, b, shape_a):
    """
    >>> rt.dot_left(M, A23, (3, 2))
    >>> rt.dot_left(M, S, (3, 3))
    >>> rt.dot_left(M, M, ())
    """
    d[g] = np.dot(d[y], b)
    d[b] = rt.dot_right(d[y], g, np.shape(b))


@multilinear(rt.dot_right)
def dot_right(y, a, g, shape_b):
    """
    >>> rt.dot_right(A23, A23, (3, 3))
    >>> rt.dot_right(S, M, (3, 3))
    >>> rt.dot_right(M, M, ())
    """
    d[a] = rt.dot_left(g, d[y], np.shape(a))
    d[g] = np.dot(a, d[y])


@multilinear(rt.tensordot_left)
def tensordot_left(y, g, b, shape_a, axes=2):
    """
    >>> rt.tensordot_left(A23, A34, (2, 4), (1, 1))
    >>> rt.tensordot_left(V, M, (3,), 1)
    """
    d[g] = np.tensordot(d[y], b, axes)
    d[b] = rt.tensordot_right(d[y], g, np.shape(b), axes)


@multilinear(rt.tensordot_right)
def tensordot_right(y, a, g, shape_b, axes=2):
    """
    >>> rt.tensordot_right(A34, A34, (4, 4), (1, 0))
    """
    d[a] = rt.tensordot_left(g, d[y], np.shape(a), axes)
    d[g] = np.tensordot(a, d[y], axes)


@multilinear(rt.einsum_to)
def einsum_to(y, subscripts, shape, a, b=None, c=None, e=None):
    """
    >>> rt.einsum_to("ij,jk->ik", (2, 4), A23, A34)
    >>> rt.einsum_to("i,->ii", (3, 3), V, S)
    """
    d[a] = rt.einsum_to(rt.swap_subscripts(subscripts, 0), np.shape(a), d[y], b, c, e)
    d[b] = rt.einsum_to(rt.swap_subscripts(subscripts, 1), np.shape(b), a, d[y], c, e)
    d[c] = rt.einsum_to(rt.swap_subscripts(subscripts, 2), np.shape(c), a, b, d[y], e)
    d[e] = rt.einsum_to(rt.swap_subscripts(subscripts, 3), np.shape(e), a, b, c, d[y])


@multilinear(rt.unkron_left)
def unkron_left(y, g, b, shape_a):
    """
    >>> rt.unkron_left(np.kron(M, A23), A23, (3, 3))
    """
    d[g] = np.kron(d[y], b)
    d[b] = rt.unkron_right(d[y], g, np.shape(b))


@multilinear(rt.unkron_right)
def unkron_right(y, a, g, shape_b):
    """
    >>> rt.unkron_right(M, np.kron(M, A23), (2, 3))
    """
    d[a] = rt.unkron_left(g, d[y], np.shape(a))
    d[g] = np.kron(a, d[y])


@linear(rt.columns)
def columns(y, b, shape_b):
    """
    >>> rt.columns(V, (3,))
    >>> rt.columns(M, (3, 3))
    """
    d[b] = np.reshape(d[y], np.shape(b))


@adjoint(rt.solve_transposed)
def solve_transposed(y, a, g, shape_b):
    """
    >>> rt.solve_transposed(M, V, (3,))
    >>> rt.solve_transposed(M, A34, (3, 4))
    """
    s = rt.solve_transposed(np.swapaxes(a, -1, -2), d[y], shape_b)
    d[a] = -rt.matmul_left(rt.columns(y, shape_b), rt.columns(s, shape_b), np.shape(a))
    d[g] = s


@tangent(rt.solve_transposed)
def solve_transposed_tangent(y, a, g, shape_b):
    rhs = rt.columns(d[g], shape_b) - np.swapaxes(d[a], -1, -2) @ rt.columns(y, shape_b)
    d[y] = np.reshape(np.linalg.solve(np.swapaxes(a, -1, -2), rhs), np.shape(y))


@adjoint(rt.over_gaps)
def over_gaps(y, t, w):
    """
    >>> rt.over_gaps(M, V)
    """
    g = rt.over_gaps(d[y], w)
    s = rt.over_gaps(g * t, w)
    d[t] = g
    d[w] = np.sum(s, axis=-1) - np.sum(s, axis=-2)


@tangent(rt.over_gaps)
def over_gaps_tangent(y, t, w):
    d[y] = rt.over_gaps(d[t] - y * (np.expand_dims(d[w], -2) - np.expand_dims(d[w], -1)), w)
