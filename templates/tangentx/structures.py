"""Rules of the helpers for containers and objects, so that a derivative can be differentiated again, to any order.

``d[like] = 0.0`` says that nothing flows to a parameter of which only the shape or the structure is used.
"""

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, tangent


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


@linear(rt.own_copy)
def own_copy(y, x, given=()):
    """
    >>> rt.own_copy(T)
    """
    d[x] = d[y]
    d[given] = 0.0


@linear(rt.snapshot)
def snapshot(y, x, own=None, kept=()):
    """
    >>> rt.snapshot(T)
    >>> rt.snapshot(T, 1)
    """
    d[x] = d[y]


@linear(rt.fitting)
def fitting(y, g, like):
    """
    >>> rt.fitting(V, V)
    """
    d[g] = d[y]
    d[like] = 0.0


@linear(rt.own_like)
def own_like(y, g, like):
    """
    >>> rt.own_like(V, V)
    >>> rt.own_like(T, T)
    """
    d[g] = d[y]
    d[like] = 0.0


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
