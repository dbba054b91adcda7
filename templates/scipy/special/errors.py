"""Error functions and the normal distribution (DLMF chapter 7).

Scaled functions are differentiated without cancellation: far out ``erfcx``, ``dawsn`` and ``wofz`` by their asymptotic series (DLMF 7.12),
``log_ndtr`` by ``erfcx``.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from tangentx.rules.declare import adjoint, d, elementwise, tangent

elementwise(special.erf)(lambda y, z: 2.0 / math.sqrt(math.pi) * np.exp(-z * z))
elementwise(special.erfc)(lambda y, x: -2.0 / math.sqrt(math.pi) * np.exp(-x * x))
elementwise(special.erfi)(lambda y, z: 2.0 / math.sqrt(math.pi) * np.exp(z * z))
elementwise(special.erfinv)(lambda x, y: 0.5 * math.sqrt(math.pi) * np.exp(x * x))
elementwise(special.erfcinv)(lambda x, y: -0.5 * math.sqrt(math.pi) * np.exp(x * x))


@elementwise(special.erfcx)
def erfcx(y, x):
    """
    >>> special.erfcx(3.0 * V)
    >>> special.erfcx(200.0 * S)
    """
    far = np.real(x) > 50.0
    u = 0.5 / np.where(far, x * x, 1.0)
    tail = u * (1.0 - 3.0 * u * (1.0 - 5.0 * u * (1.0 - 7.0 * u * (1.0 - 9.0 * u))))
    return np.where(far, -2.0 / math.sqrt(math.pi) * tail, 2.0 * x * y - 2.0 / math.sqrt(math.pi))


@elementwise(special.dawsn)
def dawsn(y, x):
    """
    >>> special.dawsn(3.0 * V)
    >>> special.dawsn(-200.0 * S)
    """
    far = np.abs(np.real(x)) > 50.0
    u = 0.5 / np.where(far, x * x, 1.0)
    return np.where(far, -u * (1.0 + 3.0 * u * (1.0 + 5.0 * u * (1.0 + 7.0 * u * (1.0 + 9.0 * u)))), 1.0 - 2.0 * x * y)


@elementwise(special.wofz)
def wofz(y, z):
    """
    >>> special.wofz(ZV)
    >>> special.wofz(200.0 * ZS)
    >>> special.wofz(3.0 * V)
    """
    far = (np.abs(z) > 50.0) & (np.imag(z) > -1.0)
    u = 0.5 / np.where(far, z * z, 1.0)
    tail = u * (1.0 + 3.0 * u * (1.0 + 5.0 * u * (1.0 + 7.0 * u * (1.0 + 9.0 * u))))
    return np.where(far, -2j / math.sqrt(math.pi) * tail, 2j / math.sqrt(math.pi) - 2.0 * z * y)


@elementwise(special.voigt_profile)
def voigt_profile(y, x, sigma, gamma):  # the real part of wofz, scaled; its derivative is -2 z wofz(z) + 2i / sqrt(pi)
    z = (x + 1j * gamma) / (math.sqrt(2.0) * sigma)
    slope = (1j / math.sqrt(math.pi) - z * special.wofz(z)) / (math.sqrt(math.pi) * sigma * sigma)
    return np.real(slope), -(y + math.sqrt(2.0) * sigma * np.real(slope * z)) / sigma, -np.imag(slope)


@adjoint(special.fresnel)
def fresnel(y, z):
    """
    >>> special.fresnel(V)
    >>> special.fresnel(S)[0]
    """
    d[z] = d[y][0] * np.sin(0.5 * math.pi * z * z) + d[y][1] * np.cos(0.5 * math.pi * z * z)


@tangent(special.fresnel)
def fresnel_tangent(y, z):
    d[y] = (d[z] * np.sin(0.5 * math.pi * z * z), d[z] * np.cos(0.5 * math.pi * z * z))


# the normal distribution
elementwise(special.ndtr)(lambda y, x: np.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi))
elementwise(special.log_ndtr)(lambda y, x: math.sqrt(2.0 / math.pi) / special.erfcx(-x / math.sqrt(2.0)))
elementwise(special.ndtri)(lambda x, y: math.sqrt(2.0 * math.pi) * np.exp(0.5 * x * x))
elementwise(getattr(special, "ndtri_exp", None))(lambda x, y: math.sqrt(0.5 * math.pi) * special.erfcx(-x / math.sqrt(2.0)))


@elementwise(special.owens_t)
def owens_t(y, h, a):
    near = np.exp(-0.5 * h * h) * special.erf(a * h / math.sqrt(2.0)) / math.sqrt(8.0 * math.pi)
    return -near, np.exp(-0.5 * h * h * (1.0 + a * a)) / (2.0 * math.pi * (1.0 + a * a))
