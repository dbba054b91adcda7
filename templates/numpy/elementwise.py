"""NumPy's functions that work element by element.

Keywords that are not declared here (``out``, ``where``, ``dtype`` ...) are refused.  At kinks: ``abs`` has derivative 0 at 0,
``maximum`` and ``minimum`` give each of two equal values one half, ``clip`` passes the derivative on at its bounds, ``hypot``
has derivative 0 at the origin.  Powers are as in ``templates/python/operators.py``.  Left out, so refused: ``modf``, ``frexp``
and ``divmod`` (tuples), ``imag`` and ``angle`` (of complex numbers), ``i0`` (use ``scipy.special``).

Literals are Python floats, and so is ``math.log(2.0)``: they leave float32 as it is.
"""

from __future__ import annotations

import math

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import d, elementwise, linear

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
elementwise(np.sqrt)(lambda y, x: 0.5 / y)
elementwise(np.cbrt)(lambda y, x: 1.0 / (3.0 * y * y))
elementwise(np.absolute)(lambda y, x: np.sign(x).conj() if np.isrealobj(x) else np.conj(x) / (y + (y == 0)))
elementwise(np.fabs)(lambda y, x: np.sign(x))

# exponentials and logarithms
elementwise(np.exp)(lambda y, x: y)
elementwise(np.exp2)(lambda y, x: y * math.log(2.0))
elementwise(np.expm1)(lambda y, x: np.exp(x))
elementwise(np.log)(lambda y, x: 1.0 / x)
elementwise(np.log2)(lambda y, x: 1.0 / (x * math.log(2.0)))
elementwise(np.log10)(lambda y, x: 1.0 / (x * math.log(10.0)))
elementwise(np.log1p)(lambda y, x: 1.0 / (1.0 + x))
elementwise(np.logaddexp)(lambda z, x1, x2: (np.exp(x1 - z), np.exp(x2 - z)))
elementwise(np.logaddexp2)(lambda z, x1, x2: (np.exp2(x1 - z), np.exp2(x2 - z)))

# angles
elementwise(np.sin)(lambda y, x: np.cos(x))
elementwise(np.cos)(lambda y, x: -np.sin(x))
elementwise(np.tan)(lambda y, x: 1.0 + y * y)
elementwise(np.arcsin)(lambda y, x: 1.0 / np.sqrt((1.0 - x) * (1.0 + x)))
elementwise(np.arccos)(lambda y, x: -1.0 / np.sqrt((1.0 - x) * (1.0 + x)))
elementwise(np.arctan)(lambda y, x: 1.0 / (1.0 + x * x))
elementwise(np.arctan2)(lambda z, x1, x2: (x2 / (x1 * x1 + x2 * x2), -x1 / (x1 * x1 + x2 * x2)))
elementwise(np.hypot)(lambda z, x1, x2: (x1 / (z + (z == 0)), x2 / (z + (z == 0))))
elementwise(np.sinh)(lambda y, x: np.cosh(x))
elementwise(np.cosh)(lambda y, x: np.sinh(x))
elementwise(np.tanh)(lambda y, x: 1.0 - y * y)
elementwise(np.arcsinh)(lambda y, x: 1.0 / np.cosh(y))
elementwise(np.arccosh)(lambda y, x: 1.0 / np.sinh(y))
elementwise(np.arctanh)(lambda y, x: 1.0 / ((1.0 - x) * (1.0 + x)))
elementwise(np.deg2rad, np.radians)(lambda y, x: math.pi / 180.0)
elementwise(np.rad2deg, np.degrees)(lambda y, x: 180.0 / math.pi)
elementwise(np.unwrap)(lambda y, p, discont=None, axis=-1, *, period=2.0 * math.pi: 1)

# choices
elementwise(np.maximum)(lambda z, x1, x2: (np.heaviside(x1 - x2, 0.5), np.heaviside(x2 - x1, 0.5)))
elementwise(np.minimum)(lambda z, x1, x2: (np.heaviside(x2 - x1, 0.5), np.heaviside(x1 - x2, 0.5)))
elementwise(np.ndarray.clip)(lambda y, self, min=None, max=None: (y == self, (y != self) & (y != max), (y != self) & (y == max)))
elementwise(np.nan_to_num)(lambda y, x, copy=True, nan=0.0, posinf=None, neginf=None: np.isfinite(x))
elementwise(np.heaviside)(lambda z, x1, x2: (0.0, x1 == 0))
elementwise(np.copysign)(lambda z, x1, x2: (np.sign(x1) * np.copysign(1.0, x2), 0.0))
elementwise(np.nextafter)(lambda z, x1, x2: (1, 0.0))
elementwise(np.real_if_close)(lambda y, a, tol=100: 1)
elementwise(np.float64)(lambda y, x: 1)


@elementwise(np.fmax)
def fmax(z, x1, x2):
    left, right = np.heaviside(x1 - x2, 0.5), np.heaviside(x2 - x1, 0.5)
    return np.where(np.isnan(x2), 1, left), np.where(np.isnan(x1), 1, right)


@elementwise(np.fmin)
def fmin(z, x1, x2):
    left, right = np.heaviside(x2 - x1, 0.5), np.heaviside(x1 - x2, 0.5)
    return np.where(np.isnan(x2), 1, left), np.where(np.isnan(x1), 1, right)


@elementwise(np.clip)
def clip(y, a, a_min=None, a_max=None, *, min=None, max=None):
    """
    >>> np.clip(A23, -0.3, 0.4)
    >>> np.clip(A23, None, V)
    >>> np.clip(V, S, 5.0)
    """
    low, high = (y != a) & (y != a_max) & (y != max), y != a
    return y == a, low, high & (y == a_max), low, high & (y == max)


@linear(np.where)
def where(z, condition, x, y):
    """
    >>> np.where(A23 > 0.0, A23, V)
    >>> np.where(np.array([True, False, True]), A23, 0.0)
    """
    d[condition] = 0.0
    d[x] = rt.unbroadcast(np.where(condition, d[z], 0.0), x)
    d[y] = rt.unbroadcast(np.where(condition, 0.0, d[z]), y)


@linear(np.ldexp)
def ldexp(z, x1, x2):
    """
    >>> np.ldexp(A23, 3)
    """
    d[x1] = rt.unbroadcast(np.ldexp(d[z], x2), x1)


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
    """
    d[val] = -1j * d[y]


@elementwise(np.angle)
def angle(y, z, deg=False):
    """
    >>> np.angle(ZA23)
    >>> np.angle(ZS, deg=True)
    """
    return -1j * (180.0 / math.pi if deg else 1.0) / (z + (z == 0))


@elementwise(np.sinc)
def sinc(y, x):
    near = -np.pi * np.pi * x / 3.0 * (1.0 - np.pi * np.pi * x * x / 10.0)
    return np.where(np.abs(x) < 0.003, near, (np.cos(np.pi * x) - y) / (x + (x == 0)))
