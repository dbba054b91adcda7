"""The functions of ``cmath``, in the convention of design and docs: a holomorphic function has its plain derivative, without a conjugate.

``phase`` and ``polar`` have derivative 0 at 0; where another function ends (``log`` at 0) the division by zero is Python's own error.
"""

from __future__ import annotations

import cmath
import math

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, elementwise, tangent

elementwise(cmath.exp)(lambda y, z: y)
elementwise(cmath.log10)(lambda y, z: 1.0 / (z * math.log(10.0)))
elementwise(cmath.sqrt)(lambda y, z: 0.5 / y)

elementwise(cmath.sin)(lambda y, z: cmath.cos(z))
elementwise(cmath.cos)(lambda y, z: -cmath.sin(z))
elementwise(cmath.tan)(lambda y, z: 1.0 + y * y)
elementwise(cmath.asin)(lambda y, z: 1.0 / (cmath.sqrt(1.0 - z) * cmath.sqrt(1.0 + z)))
elementwise(cmath.acos)(lambda y, z: -1.0 / (cmath.sqrt(1.0 - z) * cmath.sqrt(1.0 + z)))
elementwise(cmath.atan)(lambda y, z: 1.0 / (1.0 + z * z))
elementwise(cmath.sinh)(lambda y, z: cmath.cosh(z))
elementwise(cmath.cosh)(lambda y, z: cmath.sinh(z))
elementwise(cmath.tanh)(lambda y, z: 1.0 - y * y)
elementwise(cmath.asinh)(lambda y, z: 1.0 / cmath.cosh(y))
elementwise(cmath.acosh)(lambda y, z: 1.0 / (cmath.sqrt(z - 1.0) * cmath.sqrt(z + 1.0)))
elementwise(cmath.atanh)(lambda y, z: 1.0 / ((1.0 - z) * (1.0 + z)))

elementwise(cmath.rect)(lambda y, r, phi: (cmath.rect(1.0, phi), 1j * y))


@elementwise(cmath.log)
def log(y, z, base=None):
    """
    >>> cmath.log(ZS)
    >>> cmath.log(ZS, S + 1.0)
    """
    slope = 1.0 / z if base is None else 1.0 / (z * cmath.log(base))
    return slope, -y / (base * cmath.log(base))


@adjoint(cmath.phase)
def phase(y, z):
    """
    >>> cmath.phase(ZS)
    >>> cmath.phase(S)
    """
    d[z] = rt.unbroadcast(-1j * d[y] / (z + (z == 0)), z)


@tangent(cmath.phase)
def phase_tangent(y, z):
    d[y] = np.imag(d[z] / (z + (z == 0)))


@adjoint(cmath.polar)
def polar(y, z):
    """
    >>> cmath.polar(ZS)
    >>> cmath.polar(S)
    """
    r_bar, phi_bar = rt.filled(d[y], y)
    d[z] = rt.unbroadcast(r_bar * np.conj(z) / (y[0] + (y[0] == 0)) - 1j * phi_bar / (z + (z == 0)), z)


@tangent(cmath.polar)
def polar_tangent(y, z):
    d[y] = (np.real(np.conj(z) * d[z]) / (y[0] + (y[0] == 0)), np.imag(d[z] / (z + (z == 0))))


constant(cmath.isclose, cmath.isfinite, cmath.isinf, cmath.isnan)
