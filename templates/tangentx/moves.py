"""Rules of the helpers for what selects and joins, so that a derivative can be differentiated again, to any order."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, linear, tangent


@linear(rt.beside)
def beside(y, values, like):
    """
    >>> rt.beside(V, (V, V))[0]
    """
    d[values] = d[y][0]
    d[like] = 0.0


@linear(rt.unchoose)
def unchoose(y, g, choices, a, mode="raise"):
    """
    >>> rt.unchoose(V, [V, S], [0, 1, 1])
    >>> rt.unchoose(V, M, [0, 5, 1], "clip")
    """
    d[g] = np.choose(a, d[y], mode=mode)
    d[choices] = 0.0


@adjoint(rt.mesh)
def mesh(y, xs, like, indexing="xy"):
    """
    >>> rt.mesh((V, A34[0]), (A34.T, A34.T))
    """
    d[xs] = rt.unmesh(d[y], xs, indexing)
    d[like] = 0.0


@tangent(rt.mesh)
def mesh_tangent(y, xs, like, indexing="xy"):
    d[y] = rt.mesh(d[xs], y, indexing)


@adjoint(rt.unmesh)
def unmesh(y, g, xs, indexing="xy"):
    """
    >>> rt.unmesh((A34.T, A34.T), (V, A34[0]))
    >>> rt.unmesh((A34, A34), (V, A34[0]), "ij")
    """
    d[g] = rt.mesh(d[y], g, indexing)
    d[xs] = 0.0


@tangent(rt.unmesh)
def unmesh_tangent(y, g, xs, indexing="xy"):
    d[y] = rt.unmesh(d[g], xs, indexing)


@linear(rt.unblock)
def unblock(y, g, arrays):
    """
    >>> rt.unblock(A34, [[A34[:, :1], A34[:, 1:]]])
    """
    d[g] = np.block(d[y])
    d[arrays] = 0.0
