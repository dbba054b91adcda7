"""The functions of ``math``: scalars that stay Python floats.

Left out, so refused for active values: ``gamma`` and ``lgamma`` (there is no ``math.digamma``: use ``scipy.special``),
``frexp`` and ``modf`` (tuples).  ``fabs`` has derivative 0 at 0; where a function ends with an infinite slope (``sqrt`` at 0,
``asin`` at 1) the division by zero is Python's own error.
"""

from __future__ import annotations

import math

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, elementwise, linear, tangent

elementwise(math.exp)(lambda y, x: y)
elementwise(math.expm1)(lambda y, x: math.exp(x))
elementwise(math.log1p)(lambda y, x: 1.0 / (1.0 + x))
elementwise(math.log2)(lambda y, x: 1.0 / (x * math.log(2.0)))
elementwise(math.log10)(lambda y, x: 1.0 / (x * math.log(10.0)))
elementwise(math.sqrt)(lambda y, x: 0.5 / y)
elementwise(math.pow)(lambda z, x, y: (y * math.pow(x, y - (y != 0)), z * math.log(x + (x == 0))))

elementwise(math.sin)(lambda y, x: math.cos(x))
elementwise(math.cos)(lambda y, x: -math.sin(x))
elementwise(math.tan)(lambda y, x: 1.0 + y * y)
elementwise(math.asin)(lambda y, x: 1.0 / math.sqrt((1.0 - x) * (1.0 + x)))
elementwise(math.acos)(lambda y, x: -1.0 / math.sqrt((1.0 - x) * (1.0 + x)))
elementwise(math.atan)(lambda y, x: 1.0 / (1.0 + x * x))
elementwise(math.atan2)(lambda angle, y, x: (x / (x * x + y * y), -y / (x * x + y * y)))
elementwise(math.sinh)(lambda y, x: math.cosh(x))
elementwise(math.cosh)(lambda y, x: math.sinh(x))
elementwise(math.tanh)(lambda y, x: 1.0 - y * y)
elementwise(math.asinh)(lambda y, x: 1.0 / math.cosh(y))
elementwise(math.acosh)(lambda y, x: 1.0 / math.sinh(y))
elementwise(math.atanh)(lambda y, x: 1.0 / ((1.0 - x) * (1.0 + x)))
elementwise(math.degrees)(lambda y, x: 180.0 / math.pi)
elementwise(math.radians)(lambda y, x: math.pi / 180.0)

elementwise(math.erf)(lambda y, x: 2.0 / math.sqrt(math.pi) * math.exp(-x * x))
elementwise(math.erfc)(lambda y, x: -2.0 / math.sqrt(math.pi) * math.exp(-x * x))
elementwise(math.fabs)(lambda y, x: float(x > 0) - float(x < 0))
elementwise(math.copysign)(lambda z, x, y: ((float(x > 0) - float(x < 0)) * math.copysign(1.0, y), 0.0))
elementwise(math.fmod, math.remainder)(lambda z, x, y: (1, (z - x) / y))
elementwise(math.ldexp)(lambda z, x, i: (math.ldexp(1.0, i), None))
elementwise(math.nextafter)(lambda z, x, y: (1, 0.0))

if hasattr(math, "exp2"):  # Python 3.11
    elementwise(math.exp2)(lambda y, x: y * math.log(2.0))
    elementwise(math.cbrt)(lambda y, x: 1.0 / (3.0 * y * y))
if hasattr(math, "fma"):  # Python 3.13
    elementwise(math.fma)(lambda w, x, y, z: (y, x, 1))


@elementwise(math.log)
def log(y, x, base=None):
    """
    >>> math.log(S + 2.0)
    >>> math.log(S + 2.0, S + 4.0)
    """
    slope = 1.0 / x if base is None else 1.0 / (x * math.log(base))
    return slope, -y / (base * math.log(base))


@adjoint(math.hypot)
def hypot(y, *coordinates):
    """
    >>> math.hypot(S, S + 2.0)
    >>> math.hypot(S, 2.0, S * S)
    """
    d[coordinates] = np.array(coordinates) * (d[y] / (y + (y == 0)))


@tangent(math.hypot)
def hypot_tangent(y, *coordinates):
    d[y] = np.dot(coordinates, d[coordinates]) / (y + (y == 0))


@adjoint(math.dist)
def dist(y, p, q):
    """
    >>> math.dist(V, V * V)
    >>> math.dist([S, S * S], (1.0, S + 2.0))
    """
    slope = (np.array(p) - np.array(q)) * (d[y] / (y + (y == 0)))
    d[p] = rt.unbroadcast(slope, p)
    d[q] = rt.unbroadcast(-slope, q)


@tangent(math.dist)
def dist_tangent(y, p, q):
    d[y] = np.dot(np.array(p) - np.array(q), np.array(d[p]) - np.array(d[q])) / (y + (y == 0))


@linear(math.fsum)
def fsum(y, seq):
    """
    >>> math.fsum([S, S * S, 2.0])
    >>> math.fsum(V)
    """
    d[seq] = rt.unbroadcast(d[y], seq)


constant(math.floor, math.ceil, math.trunc, math.isnan, math.isinf, math.isfinite, math.isclose, math.ulp)
constant(math.gcd, math.lcm, math.comb, math.perm, math.factorial, math.isqrt)
