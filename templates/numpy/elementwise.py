"""NumPy's ufuncs and their like.  At a kink: ``abs`` and ``sign`` have derivative 0, ``maximum`` shares a tie in halves."""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import constant, d, elementwise, linear

elementwise(np.add)(lambda z, x1, x2: (1, 1))
elementwise(np.subtract)(lambda z, x1, x2: (1, -1))
elementwise(np.multiply)(lambda z, x1, x2: (x2, x1))
elementwise(np.divide)(lambda z, x1, x2: (1 / x2, -z / x2))
elementwise(np.negative)(lambda y, x: -1)
elementwise(np.positive)(lambda y, x: 1)
elementwise(np.absolute, np.fabs)(lambda y, x: np.sign(x))
elementwise(np.power, np.float_power)(lambda z, x1, x2: (x2 * x1 ** (x2 - 1), z * np.log(np.where(x1 == 0, 1, x1))))
elementwise(np.remainder)(lambda z, x1, x2: (1, -(x1 // x2)))
elementwise(np.fmod)(lambda z, x1, x2: (1, -np.trunc(x1 / x2)))
elementwise(np.square)(lambda y, x: 2.0 * x)
elementwise(np.sqrt)(lambda y, x: 0.5 / y)
elementwise(np.cbrt)(lambda y, x: 1 / (3 * y * y))
elementwise(np.reciprocal)(lambda y, x: -y * y)
elementwise(np.exp)(lambda y, x: y)
elementwise(np.exp2)(lambda y, x: y * np.log(2))
elementwise(np.expm1)(lambda y, x: y + 1)
elementwise(np.log)(lambda y, x: 1 / x)
elementwise(np.log2)(lambda y, x: 1 / (x * np.log(2)))
elementwise(np.log10)(lambda y, x: 1 / (x * np.log(10)))
elementwise(np.log1p)(lambda y, x: 1 / (1 + x))
elementwise(np.logaddexp)(lambda z, x1, x2: (np.exp(x1 - z), np.exp(x2 - z)))
elementwise(np.logaddexp2)(lambda z, x1, x2: (np.exp2(x1 - z), np.exp2(x2 - z)))
elementwise(np.sin)(lambda y, x: np.cos(x))
elementwise(np.cos)(lambda y, x: -np.sin(x))
elementwise(np.tan)(lambda y, x: 1 + y * y)
elementwise(np.arcsin)(lambda y, x: 1 / np.sqrt(1 - x * x))
elementwise(np.arccos)(lambda y, x: -1 / np.sqrt(1 - x * x))
elementwise(np.arctan)(lambda y, x: 1 / (1 + x * x))
elementwise(np.arctan2)(lambda z, x1, x2: (x2 / (x1 * x1 + x2 * x2), -x1 / (x1 * x1 + x2 * x2)))
elementwise(np.sinh)(lambda y, x: np.cosh(x))
elementwise(np.cosh)(lambda y, x: np.sinh(x))
elementwise(np.tanh)(lambda y, x: 1 - y * y)
elementwise(np.arcsinh)(lambda y, x: 1 / np.hypot(1, x))
elementwise(np.arccosh)(lambda y, x: 1 / np.sqrt(x * x - 1))
elementwise(np.arctanh)(lambda y, x: 1 / (1 - x * x))
elementwise(np.degrees, np.rad2deg)(lambda y, x: 180 / np.pi)
elementwise(np.radians, np.deg2rad)(lambda y, x: np.pi / 180)
elementwise(np.hypot)(lambda z, x1, x2: (x1 / np.where(z == 0, 1, z), x2 / np.where(z == 0, 1, z)))
elementwise(np.copysign)(lambda z, x1, x2: (np.copysign(1, x1) * np.copysign(1, x2), 0))
elementwise(np.ldexp)(lambda z, x1, x2: (np.exp2(x2), None))
elementwise(np.maximum, np.fmax)(lambda z, x1, x2: (np.heaviside(x1 - x2, 0.5), np.heaviside(x2 - x1, 0.5)))
elementwise(np.minimum, np.fmin)(lambda z, x1, x2: (np.heaviside(x2 - x1, 0.5), np.heaviside(x1 - x2, 0.5)))
elementwise(np.sinc)(lambda y, x: (np.cos(np.pi * x) - y) / np.where(x == 0, 1, x))
elementwise(np.nan_to_num)(lambda y, x: np.isfinite(x) * 1)

constant(
    np.sign, np.signbit, np.heaviside, np.floor, np.ceil, np.trunc, np.rint, np.round, np.fix, np.floor_divide,
    np.ndarray.round, np.spacing, np.nextafter,
)  # fmt: skip


@elementwise(np.clip)
def clip(y, a, a_min=None, a_max=None):
    """
    >>> np.clip(T, -0.5, 0.5)
    """
    return (y == a) * 1, (y != a) * (y == a_min) * 1, (y != a) * (y == a_max) * 1


@elementwise(np.ndarray.clip)
def clip_method(y, a, min=None, max=None):
    """
    >>> T.clip(-0.5, 0.5)
    """
    return (y == a) * 1, (y != a) * (y == min) * 1, (y != a) * (y == max) * 1


@linear(np.where)
def where(z, condition, x, y):
    """
    >>> np.where(T > 0, T, 2.0)
    """
    d[x] = rt.unbroadcast(np.where(condition, d[z], 0), x)  # not a product with 0 or 1: nothing leaks from the other branch
    d[y] = rt.unbroadcast(np.where(condition, 0, d[z]), y)
