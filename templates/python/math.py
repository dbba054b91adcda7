"""The ``math`` module: scalars in, Python floats out."""

import math

import numpy as np

from tangentx.rules.declare import constant, elementwise

elementwise(math.acos)(lambda y, x: -1 / math.sqrt(1 - x * x))
elementwise(math.acosh)(lambda y, x: 1 / math.sqrt(x * x - 1))
elementwise(math.asin)(lambda y, x: 1 / math.sqrt(1 - x * x))
elementwise(math.asinh)(lambda y, x: 1 / math.hypot(1, x))
elementwise(math.atan)(lambda y, x: 1 / (1 + x * x))
elementwise(math.atanh)(lambda y, x: 1 / (1 - x * x))
elementwise(math.atan2)(lambda z, y, x: (x / (x * x + y * y), -y / (x * x + y * y)))
elementwise(math.copysign)(lambda z, x, y: (math.copysign(1, x) * math.copysign(1, y), 0))
elementwise(math.cos)(lambda y, x: -math.sin(x))
elementwise(math.cosh)(lambda y, x: math.sinh(x))
elementwise(math.degrees)(lambda y, x: 180 / math.pi)
elementwise(math.erf)(lambda y, x: 2 / math.sqrt(math.pi) * math.exp(-x * x))
elementwise(math.erfc)(lambda y, x: -2 / math.sqrt(math.pi) * math.exp(-x * x))
elementwise(math.exp)(lambda y, x: y)
elementwise(math.expm1)(lambda y, x: y + 1)
elementwise(math.fabs)(lambda y, x: np.sign(x))
elementwise(math.fmod)(lambda z, x, y: (1, -math.trunc(x / y)))
elementwise(math.ldexp)(lambda z, x, i: (math.ldexp(1.0, i), None))
elementwise(math.log10)(lambda y, x: 1 / (x * math.log(10)))
elementwise(math.log1p)(lambda y, x: 1 / (1 + x))
elementwise(math.log2)(lambda y, x: 1 / (x * math.log(2)))
elementwise(math.pow)(lambda z, x, y: (y * math.pow(x, y - 1), z * np.log(np.where(x == 0, 1, x))))
elementwise(math.radians)(lambda y, x: math.pi / 180)
elementwise(math.remainder)(lambda z, x, y: (1, -round((x - z) / y)))
elementwise(math.sin)(lambda y, x: math.cos(x))
elementwise(math.sinh)(lambda y, x: math.cosh(x))
elementwise(math.sqrt)(lambda y, x: 0.5 / y)
elementwise(math.tan)(lambda y, x: 1 + y * y)
elementwise(math.tanh)(lambda y, x: 1 - y * y)


elementwise(math.log)(lambda y, x: 1 / x)

if hasattr(math, "exp2"):
    elementwise(math.exp2)(lambda y, x: y * math.log(2))
    elementwise(math.cbrt)(lambda y, x: y / (3 * x))

constant(
    math.ceil, math.floor, math.trunc, math.isnan, math.isinf, math.isfinite, math.isclose, math.gcd, math.lcm, math.comb, math.perm,
    math.factorial, math.isqrt, math.frexp, math.modf, math.nextafter, math.ulp,
)  # fmt: skip
