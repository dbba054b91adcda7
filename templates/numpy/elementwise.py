"""NumPy's functions that work element by element.

``out=`` and ``where=`` with ``out=`` are writes, and differentiated as such; ``where=`` alone is refused (it leaves numbers as they
happen to be), and so is ``casting=``.

What is decided at kinks (``tests/test_kinks.py`` has the numbers):

- ``abs`` has derivative 0 at 0, and so have ``copysign`` and ``sign``; ``hypot`` and ``arctan2`` have derivative 0 at the origin.
- ``maximum`` and ``minimum`` give each of two equal values one half, infinite ones too; so does ``logaddexp`` where both are infinite.
- ``clip`` passes the derivative on at its bounds, and outside of them to the bound.
- ``fmax`` and ``fmin`` pass it to the number where the other one is nan.
- ``sqrt`` and ``cbrt`` have an infinite slope at 0, and say so: inf.  Guard the argument, or use ``np.where`` on it, as for ``log``.
- ``x ** 0`` and ``0 ** y`` have derivative 0, as in ``templates/python/operators.py``.
- An arm of ``where`` that is not taken passes nothing on, even where its slope is infinite (an element-by-element arm, that is).
- Where ``remainder`` jumps, its slope is that of both sides; a step function has derivative 0.

Literals are Python floats, and so is ``math.log(2.0)``: they leave float32 as it is.
"""

from __future__ import annotations

import math

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, elementwise, linear, tangent

# arithmetic
elementwise(np.add)(lambda z, x1, x2: (1, 1))
elementwise(np.subtract)(lambda z, x1, x2: (1, -1))
elementwise(np.multiply)(lambda z, x1, x2: (x2, x1))
elementwise(np.true_divide)(lambda z, x1, x2: (1 / x2, -z / x2))
elementwise(np.power, np.float_power)(lambda z, x1, x2: (x2 * x1 ** (x2 - (x2 != 0)), z * np.log(x1 + (x1 == 0))))
elementwise(np.remainder)(lambda z, x1, x2: (1, -(x1 // x2)))
elementwise(np.fmod)(lambda z, x1, x2: (1, (z - x1) / x2))
elementwise(np.negative)(lambda y, x: -1)
elementwise(np.positive)(lambda y, x: 1)
elementwise(np.square)(lambda y, x: 2.0 * x)
elementwise(np.reciprocal)(lambda y, x: -y * y)
elementwise(np.sqrt, np.emath.sqrt)(lambda y, x: 0.5 / y)
elementwise(np.cbrt)(lambda y, x: 1.0 / (3.0 * y * y))
elementwise(np.absolute)(lambda y, x: np.sign(x).conj() if np.isrealobj(x) else np.conj(x) / (y + (y == 0)))
elementwise(np.fabs)(lambda y, x: np.sign(x))

# exponentials and logarithms
elementwise(np.exp)(lambda y, x: y)
elementwise(np.exp2)(lambda y, x: y * math.log(2.0))
elementwise(np.expm1)(lambda y, x: np.exp(x))
elementwise(np.log, np.emath.log)(lambda y, x: 1.0 / x)
elementwise(np.log2, np.emath.log2)(lambda y, x: 1.0 / (x * math.log(2.0)))
elementwise(np.log10, np.emath.log10)(lambda y, x: 1.0 / (x * math.log(10.0)))
elementwise(np.log1p)(lambda y, x: 1.0 / (1.0 + x))

# angles
elementwise(np.sin)(lambda y, x: np.cos(x))
elementwise(np.cos)(lambda y, x: -np.sin(x))
elementwise(np.tan)(lambda y, x: 1.0 + y * y)
elementwise(np.arcsin)(lambda y, x: 1.0 / np.sqrt((1.0 - x) * (1.0 + x)))
elementwise(np.arccos)(lambda y, x: -1.0 / np.sqrt((1.0 - x) * (1.0 + x)))
elementwise(np.arctan)(lambda y, x: 1.0 / (1.0 + x * x))
elementwise(np.hypot)(lambda z, x1, x2: (x1 / (z + (z == 0)), x2 / (z + (z == 0))))
elementwise(np.sinh)(lambda y, x: np.cosh(x))
elementwise(np.cosh)(lambda y, x: np.sinh(x))
elementwise(np.tanh)(lambda y, x: 1.0 - y * y)
elementwise(np.arcsinh)(lambda y, x: 1.0 / np.cosh(y))
elementwise(np.arccosh)(lambda y, x: 1.0 / (np.sqrt(x - 1.0) * np.sqrt(x + 1.0)))
elementwise(np.arctanh, np.emath.arctanh)(lambda y, x: 1.0 / ((1.0 - x) * (1.0 + x)))
elementwise(np.deg2rad, np.radians)(lambda y, x: math.pi / 180.0)
elementwise(np.rad2deg, np.degrees)(lambda y, x: 180.0 / math.pi)

# those of np.emath whose results may be complex where the arguments are real
elementwise(np.emath.arcsin)(lambda y, x: 1.0 / np.cos(y))
elementwise(np.emath.arccos)(lambda y, x: -1.0 / np.sin(y))
elementwise(np.emath.power)(lambda z, x, p: (p * np.emath.power(x, p - (p != 0)), z * np.emath.log(x + (x == 0))))
elementwise(np.emath.logn)(lambda y, n, x: (-y / (n * np.emath.log(n)), 1.0 / (x * np.emath.log(n))))

# special functions
elementwise(np.i0)(lambda y, x: rt.i0_derivative(x, 1))
elementwise(np.sinc)(lambda y, x: rt.sinc_derivative(x, 1))

# choices
elementwise(np.ndarray.clip)(lambda y, self, min=None, max=None: (y == self, (y != self) & (y != max), (y != self) & (y == max)))
elementwise(np.heaviside)(lambda z, x1, x2: (0.0, x1 == 0))
elementwise(np.copysign)(lambda z, x1, x2: (np.sign(x1) * np.copysign(1.0, x2), 0.0))
elementwise(np.nextafter)(lambda z, x1, x2: (1, 0.0))
elementwise(np.float64)(lambda y, x: 1)


@elementwise(np.arctan2)
def arctan2(z, x1, x2):
    r = np.hypot(x1, x2)
    safe = r + (r == 0)
    return x2 / safe / safe, -x1 / safe / safe


@elementwise(np.logaddexp)
def logaddexp(z, x1, x2):
    weight1 = np.exp(-np.logaddexp(0.0, np.nan_to_num(x2 - x1)))  # not exp(x1 - z): inf - inf, and z is rounded
    weight2 = np.exp(-np.logaddexp(0.0, np.nan_to_num(x1 - x2)))
    return weight1, weight2


@elementwise(np.logaddexp2)
def logaddexp2(z, x1, x2):
    weight1 = np.exp2(-np.logaddexp2(0.0, np.nan_to_num(x2 - x1)))
    weight2 = np.exp2(-np.logaddexp2(0.0, np.nan_to_num(x1 - x2)))
    return weight1, weight2


@elementwise(np.maximum)
def maximum(z, x1, x2):
    left = np.where(x1 == x2, 0.5, np.heaviside(x1 - x2, 0.5))  # inf - inf is nan
    right = np.where(x1 == x2, 0.5, np.heaviside(x2 - x1, 0.5))
    return left, right


@elementwise(np.minimum)
def minimum(z, x1, x2):
    left = np.where(x1 == x2, 0.5, np.heaviside(x2 - x1, 0.5))
    right = np.where(x1 == x2, 0.5, np.heaviside(x1 - x2, 0.5))
    return left, right


@elementwise(np.fmax)
def fmax(z, x1, x2):
    """
    >>> np.fmax(A23, V)
    >>> np.fmax(np.where(A23 > 0.0, A23, np.nan), V)
    >>> np.fmax(S, np.where(A23 > 0.0, A23, np.nan))
    """
    left = np.where(x1 == x2, 0.5, np.nan_to_num(np.heaviside(x1 - x2, 0.5)))
    right = np.where(x1 == x2, 0.5, np.nan_to_num(np.heaviside(x2 - x1, 0.5)))
    return np.where(np.isnan(x2), 1, left), np.where(np.isnan(x1), 1, right)


@elementwise(np.fmin)
def fmin(z, x1, x2):
    """
    >>> np.fmin(A23, V)
    >>> np.fmin(np.where(A23 > 0.0, A23, np.nan), V)
    >>> np.fmin(S, np.where(A23 > 0.0, A23, np.nan))
    """
    left = np.where(x1 == x2, 0.5, np.nan_to_num(np.heaviside(x2 - x1, 0.5)))
    right = np.where(x1 == x2, 0.5, np.nan_to_num(np.heaviside(x1 - x2, 0.5)))
    return np.where(np.isnan(x2), 1, left), np.where(np.isnan(x1), 1, right)


@elementwise(np.unwrap)
def unwrap(y, p, discont=None, axis=-1, *, period=2.0 * math.pi):
    """
    >>> np.unwrap(4.0 * A23)
    >>> np.unwrap(4.0 * A23, axis=0)
    >>> np.unwrap(4.0 * T, 2.5, 1, period=S + 1.0)
    """
    return 1, None, None, (y - p) / period  # a whole number of periods


@elementwise(np.clip)
def clip(y, a, a_min=None, a_max=None, *, min=None, max=None):
    """
    >>> np.clip(A23, -0.3, 0.4)
    >>> np.clip(A23, None, V)
    >>> np.clip(V, S, None)
    >>> np.clip(V, S, 5.0)
    >>> np.clip(V, A23 - 0.5, S)
    >>> np.clip(S, V, V + 1.0)
    """
    low, high = (y != a) & (y != a_max) & (y != max), y != a
    return y == a, low, high & (y == a_max), low, high & (y == max)


@elementwise(np.nan_to_num)
def nan_to_num(y, x, copy=True, nan=0.0, posinf=None, neginf=None):
    """
    >>> np.nan_to_num(A23)
    >>> np.nan_to_num(ZA23)
    >>> np.nan_to_num(np.where(A23 > 0.0, A23, np.inf), nan=1.0, posinf=S)
    >>> np.nan_to_num(np.where(A23 > 0.0, A23, -np.inf), neginf=V)
    >>> np.nan_to_num(np.where(A23 > 0.0, A23, np.nan), copy=False, nan=S)
    >>> np.nan_to_num(np.where(A23 > 0.0, A23, np.nan), nan=S)
    """
    return rt.finite(x), None, np.isnan(x), np.isposinf(x), np.isneginf(x)


@linear(np.where)
def where(z, condition, x, y):
    """
    >>> np.where(A23 > 0.0, A23, V)
    >>> np.where(np.array([True, False, True]), A23, 0.0)
    """
    d[condition] = 0.0
    d[x] = rt.unbroadcast(np.where(condition, d[z], 0.0), x)
    d[y] = rt.unbroadcast(np.where(condition, 0.0, d[z]), y)


@adjoint(getattr(np, "astype", None))
def astype(y, x, dtype, *, copy=True):
    """
    >>> np.astype(A23, np.float64)
    """
    d[x] = rt.unbroadcast(rt.cast(d[y], dtype), x)


@tangent(getattr(np, "astype", None))
def astype_tangent(y, x, dtype, *, copy=True):
    d[y] = rt.cast(d[x], dtype)


@linear(np.ldexp)
def ldexp(z, x1, x2):
    """
    >>> np.ldexp(A23, 3)
    >>> np.ldexp(V, np.array([[3], [-1]]))
    """
    d[x1] = rt.unbroadcast(np.ldexp(d[z], x2), x1)
    d[x2] = 0.0


@linear(np.conjugate, np.ndarray.conj, np.ndarray.conjugate)
def conjugate(y, x):
    """
    >>> np.conjugate(A23)
    >>> np.conjugate(ZA23)
    """
    d[x] = np.conjugate(d[y])


@linear(np.real, np.ndarray.real)
def real(y, val):
    """
    >>> np.real(A23)
    >>> np.real(ZA23)
    >>> np.real(ZS)
    """
    d[val] = d[y]


@linear(np.imag, np.ndarray.imag)
def imag(y, val):
    """
    >>> np.imag(ZA23)
    >>> np.imag(ZS)
    >>> np.imag(A23)
    """
    d[val] = rt.unbroadcast(-1j * d[y], val)  # of a real number: 0


@adjoint(np.angle)
def angle(y, z, deg=False):
    """
    >>> np.angle(ZA23)
    >>> np.angle(ZS, deg=True)
    >>> np.angle(A23)
    >>> np.angle(S)
    """
    d[z] = rt.unbroadcast(-1j * (180.0 / math.pi if deg else 1.0) * d[y] / (z + (z == 0)), z)


@tangent(np.angle)
def angle_tangent(y, z, deg=False):
    d[y] = (180.0 / math.pi if deg else 1.0) * np.imag(d[z] / (z + (z == 0)))


@adjoint(np.real_if_close)
def real_if_close(y, a, tol=100):
    """
    >>> np.real_if_close(A23)
    >>> np.real_if_close(ZA23)
    """
    d[a] = rt.unbroadcast(d[y], a)


@tangent(np.real_if_close)
def real_if_close_tangent(y, a, tol=100):
    d[y] = rt.unbroadcast(d[a], y)


# ------------------------------------------------------------------------------------------------- two results: a tuple


@adjoint(np.divmod)
def divmod(y, x1, x2):
    """
    >>> np.divmod(7.0 * A23, 1.5 + 0.2 * V)
    >>> np.divmod(S, 0.1 * V - 0.3)
    >>> np.divmod(7.0 * V, 0.3)
    """
    _, g = rt.filled(d[y], y)
    d[x1] = rt.unbroadcast(g, x1)
    d[x2] = rt.unbroadcast(-g * y[0], x2)


@tangent(np.divmod)
def divmod_tangent(y, x1, x2):
    d[y] = (rt.zeros_like(y[0]), d[x1] - y[0] * d[x2])


@adjoint(np.modf)
def modf(y, x):
    """
    >>> np.modf(3.0 * A23)
    >>> np.modf(5.0 * S)
    """
    g, _ = rt.filled(d[y], y)
    d[x] = g


@tangent(np.modf)
def modf_tangent(y, x):
    d[y] = (d[x], rt.zeros_like(y[1]))


@adjoint(np.frexp)
def frexp(y, x):
    """
    >>> np.frexp(3.0 * A23)[0]
    >>> np.frexp(5.0 * S)[0]
    """
    g, _ = rt.filled(d[y], y)
    d[x] = np.ldexp(g, -y[1])


@tangent(np.frexp)
def frexp_tangent(y, x):
    d[y] = (np.ldexp(d[x], -y[1]), rt.zeros_like(y[1]))
