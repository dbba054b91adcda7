"""Python's operators, as functions of the module ``operator``; ``+=`` and its kin are rules of the same values.

In ``x ** y`` the exponent ``y - (y != 0)`` is ``y - 1``, but for ``x ** 0``, whose derivative is 0 at ``x = 0`` too; the
logarithm's ``x + (x == 0)`` makes the derivative of ``0 ** y`` with respect to ``y`` 0.  ``abs`` has derivative 0 at 0.
"""

from __future__ import annotations

import operator

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import constant, d, elementwise, linear, multilinear

elementwise(operator.add, operator.iadd)(lambda z, a, b: (1, 1))
elementwise(operator.sub, operator.isub)(lambda z, a, b: (1, -1))
elementwise(operator.mul, operator.imul)(lambda z, a, b: (b, a))
elementwise(operator.truediv, operator.itruediv)(lambda z, a, b: (1 / b, -z / b))
elementwise(operator.mod, operator.imod)(lambda z, a, b: (1, -(a // b)))
elementwise(operator.pow, operator.ipow)(lambda z, a, b: (b * a ** (b - (b != 0)), z * np.log(a + (a == 0))))
elementwise(operator.neg)(lambda y, a: -1)
elementwise(operator.pos)(lambda y, a: 1)
elementwise(operator.abs)(lambda y, a: np.sign(a).conj() if np.isrealobj(a) else np.conj(a) / (y + (y == 0)))


@multilinear(operator.matmul, operator.imatmul)
def matmul(c, a, b):
    """
    >>> operator.matmul(A23, A34)
    >>> operator.matmul(V, 2.0 * V)
    >>> operator.matmul(V, T)
    >>> operator.matmul(T, A34[0])
    >>> operator.matmul(T[:, None], np.swapaxes(T, 1, 2))
    """
    d[a] = rt.matmul_left(d[c], b, np.shape(a))
    d[b] = rt.matmul_right(a, d[c], np.shape(b))


@linear(operator.concat)
def concat(y, a, b):
    """
    >>> operator.concat([S, V], [2.0 * S])
    >>> operator.concat((V,), (S, S))
    """
    d[a] = d[y][: len(a)]
    d[b] = d[y][len(a) :]


constant(operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne, operator.is_, operator.is_not, operator.contains)
constant(operator.not_, operator.truth, operator.and_, operator.xor, operator.invert, operator.inv, operator.lshift, operator.rshift)
constant(operator.iand, operator.ixor, operator.ilshift, operator.irshift)
constant(operator.floordiv, operator.ifloordiv, operator.index, operator.length_hint, operator.countOf, operator.indexOf)
