"""The functions of ``math``: scalars that stay Python floats.

``gamma`` and ``lgamma`` have a derivative where SciPy is installed (there is no ``math.digamma``); without it they are refused.
``fabs`` and ``copysign`` have derivative 0 at 0, ``hypot``, ``dist`` and ``atan2`` at the origin; where a function ends with an
infinite slope (``sqrt`` at 0, ``asin`` at 1) the division by zero is Python's own error, and so is a slope that overflows.
"""

from __future__ import annotations

import math

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, elementwise, linear, multilinear, tangent

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
elementwise(math.sinh)(lambda y, x: math.cosh(x))
elementwise(math.cosh)(lambda y, x: math.sinh(x))
elementwise(math.tanh)(lambda y, x: 1.0 - y * y)
elementwise(math.asinh)(lambda y, x: 1.0 / math.hypot(1.0, x))
elementwise(math.acosh)(lambda y, x: 1.0 / (math.sqrt(x - 1.0) * math.sqrt(x + 1.0)))
elementwise(math.atanh)(lambda y, x: 1.0 / ((1.0 - x) * (1.0 + x)))
elementwise(math.degrees)(lambda y, x: 180.0 / math.pi)
elementwise(math.radians)(lambda y, x: math.pi / 180.0)

elementwise(math.erf)(lambda y, x: 2.0 / math.sqrt(math.pi) * math.exp(-x * x))
elementwise(math.erfc)(lambda y, x: -2.0 / math.sqrt(math.pi) * math.exp(-x * x))
elementwise(math.fabs)(lambda y, x: float(x > 0) - float(x < 0))
elementwise(math.copysign)(lambda z, x, y: ((float(x > 0) - float(x < 0)) * math.copysign(1.0, y), 0.0))
elementwise(math.fmod, math.remainder)(lambda z, x, y: (1, (z - x) / y))
elementwise(math.nextafter)(lambda z, x, y: (1, 0.0))

elementwise(getattr(math, "exp2", None))(lambda y, x: y * math.log(2.0))
elementwise(getattr(math, "cbrt", None))(lambda y, x: 1.0 / (3.0 * y * y))
elementwise(getattr(math, "fma", None))(lambda w, x, y, z: (y, x, 1))


@elementwise(math.log)
def log(y, x, base=None):
    """
    >>> math.log(S + 2.0)
    >>> math.log(S + 2.0, S + 4.0)
    """
    slope = 1.0 / x if base is None else 1.0 / (x * math.log(base))
    return slope, -y / (base * math.log(base))


@elementwise(math.atan2)
def atan2(angle, y, x):
    r = math.hypot(x, y)
    safe = r + (r == 0)
    return x / safe / safe, -y / safe / safe


@linear(math.ldexp)
def ldexp(z, x, i):
    """
    >>> math.ldexp(S, 3)
    """
    d[x] = math.ldexp(d[z], i)
    d[i] = 0.0


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
    d[seq] = rt.each(d[y], seq)


@multilinear(getattr(math, "sumprod", None))
def sumprod(y, p, q):
    """
    >>> math.sumprod([S, S * S], [2.0, S])
    >>> math.sumprod(V, (S, 2.0, S))
    """
    d[p] = rt.unbroadcast(d[y] * np.array(q), p)
    d[q] = rt.unbroadcast(d[y] * np.array(p), q)


@adjoint(math.prod)
def prod(y, iterable, *, start=1):
    """
    >>> math.prod([S, S * S, 2.0])
    >>> math.prod((S, 0.0, 3.0 * S), start=S)
    >>> math.prod(V, start=2.0)
    >>> math.prod([2.0, 3.0], start=S)
    """
    factors = np.array(iterable)
    before = rt.shifted(np.cumprod(factors), 0, 1.0)
    after = np.flip(rt.shifted(np.cumprod(np.flip(factors)), 0, 1.0))
    d[iterable] = rt.unbroadcast(d[y] * start * before * after, iterable)
    d[start] = d[y] * math.prod(iterable)


@tangent(math.prod)
def prod_tangent(y, iterable, *, start=1):
    factors = np.array(iterable)
    before = rt.shifted(np.cumprod(factors), 0, 1.0)
    after = np.flip(rt.shifted(np.cumprod(np.flip(factors)), 0, 1.0))
    d[y] = start * np.dot(before * after, d[iterable]) + d[start] * math.prod(iterable)


# two results: a tuple


@adjoint(math.modf)
def modf(y, x):
    """
    >>> math.modf(7.0 * S)
    """
    g, _ = rt.filled(d[y], y)
    d[x] = g


@tangent(math.modf)
def modf_tangent(y, x):
    d[y] = (d[x], 0.0)


@adjoint(math.frexp)
def frexp(y, x):
    """
    >>> math.frexp(7.0 * S)[0]
    """
    g, _ = rt.filled(d[y], y)
    d[x] = math.ldexp(g, -y[1])


@tangent(math.frexp)
def frexp_tangent(y, x):
    d[y] = (math.ldexp(d[x], -y[1]), 0.0)


constant(math.floor, math.ceil, math.trunc, math.isnan, math.isinf, math.isfinite, math.isclose, math.ulp)
constant(math.gcd, math.lcm, math.comb, math.perm, math.factorial, math.isqrt)
