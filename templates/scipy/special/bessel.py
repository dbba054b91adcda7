"""Bessel functions and their kin (DLMF chapters 9, 10 and 11), with respect to the argument and to any order.

Refused: the order, with respect to which there is no closed form.  ``kelvin`` functions have NaN as second derivative at 0.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, elementwise, tangent

# DLMF 10.6.1
elementwise(special.j0)(lambda y, x: -special.j1(x))
elementwise(special.j1)(lambda y, x: 0.5 * (special.j0(x) - special.jv(2, x)))
elementwise(special.y0)(lambda y, x: -special.y1(x))
elementwise(special.y1)(lambda y, x: special.y0(x) - y / x)
elementwise(special.jv)(lambda y, v, z: (None, 0.5 * (special.jv(v - 1, z) - special.jv(v + 1, z))))
elementwise(special.yn)(lambda y, n, x: (None, 0.5 * (special.yn(n - 1, x) - special.yn(n + 1, x))))
elementwise(special.yv)(lambda y, v, z: (None, 0.5 * (special.yv(v - 1, z) - special.yv(v + 1, z))))
elementwise(special.hankel1)(lambda y, v, z: (None, 0.5 * (special.hankel1(v - 1, z) - special.hankel1(v + 1, z))))
elementwise(special.hankel2)(lambda y, v, z: (None, 0.5 * (special.hankel2(v - 1, z) - special.hankel2(v + 1, z))))
elementwise(special.hankel1e)(lambda y, v, z: (None, 0.5 * (special.hankel1e(v - 1, z) - special.hankel1e(v + 1, z)) - 1j * y))
elementwise(special.hankel2e)(lambda y, v, z: (None, 0.5 * (special.hankel2e(v - 1, z) - special.hankel2e(v + 1, z)) + 1j * y))

# modified: DLMF 10.29.1
elementwise(special.i0)(lambda y, x: special.i1(x))
elementwise(special.i1)(lambda y, x: 0.5 * (special.i0(x) + special.iv(2, x)))
elementwise(special.i0e)(lambda y, x: special.i1e(x) - np.sign(x) * y)
elementwise(special.i1e)(lambda y, x: 0.5 * (special.i0e(x) + special.ive(2, x)) - np.sign(x) * y)
elementwise(special.k0)(lambda y, x: -special.k1(x))
elementwise(special.k1)(lambda y, x: -special.k0(x) - y / x)
elementwise(special.k0e)(lambda y, x: y - special.k1e(x))
elementwise(special.k1e)(lambda y, x: y - 0.5 * (special.k0e(x) + special.kve(2, x)))
elementwise(special.iv)(lambda y, v, z: (None, 0.5 * (special.iv(v - 1, z) + special.iv(v + 1, z))))
elementwise(special.kv)(lambda y, v, z: (None, -0.5 * (special.kv(v - 1, z) + special.kv(v + 1, z))))
elementwise(special.kn)(lambda y, n, x: (None, -0.5 * (special.kn(abs(n - 1), x) + special.kn(n + 1, x))))
elementwise(special.kve)(lambda y, v, z: (None, y - 0.5 * (special.kve(v - 1, z) + special.kve(v + 1, z))))

# scaled by |Re z| or |Im z|, so not holomorphic: NumPy refuses to round a complex argument
elementwise(special.jve)(lambda y, v, z: (None, 0.5 * (special.jve(v - 1, z) - special.jve(v + 1, z)) + 0.0 * np.floor(z)))
elementwise(special.yve)(lambda y, v, z: (None, 0.5 * (special.yve(v - 1, z) - special.yve(v + 1, z)) + 0.0 * np.floor(z)))
elementwise(special.ive)(lambda y, v, z: (None, 0.5 * (special.ive(v - 1, z) + special.ive(v + 1, z)) - np.copysign(1.0, z) * y))

# the n-th derivatives
elementwise(special.jvp)(lambda y, v, z, n=1: (None, special.jvp(v, z, n + 1), None))
elementwise(special.yvp)(lambda y, v, z, n=1: (None, special.yvp(v, z, n + 1), None))
elementwise(special.ivp)(lambda y, v, z, n=1: (None, special.ivp(v, z, n + 1), None))
elementwise(special.kvp)(lambda y, v, z, n=1: (None, special.kvp(v, z, n + 1), None))

elementwise(special.h1vp)(lambda y, v, z, n=1: (None, special.h1vp(v, z, n + 1), None))
elementwise(special.h2vp)(lambda y, v, z, n=1: (None, special.h2vp(v, z, n + 1), None))


# spherical: DLMF 10.51.2 and 10.51.5
@elementwise(special.spherical_jn)
def spherical_jn(y, n, z, derivative=False):
    below, above = special.spherical_jn(np.abs(n - 1), z, derivative), special.spherical_jn(n + 1, z, derivative)
    return None, (n * below - (n + 1) * above) / (2.0 * n + 1.0), None


@elementwise(special.spherical_yn)
def spherical_yn(y, n, z, derivative=False):
    below, above = special.spherical_yn(np.abs(n - 1), z, derivative), special.spherical_yn(n + 1, z, derivative)
    return None, (n * below - (n + 1) * above) / (2.0 * n + 1.0), None


@elementwise(special.spherical_in)
def spherical_in(y, n, z, derivative=False):
    below, above = special.spherical_in(np.abs(n - 1), z, derivative), special.spherical_in(n + 1, z, derivative)
    return None, (n * below + (n + 1) * above) / (2.0 * n + 1.0), None


@elementwise(special.spherical_kn)
def spherical_kn(y, n, z, derivative=False):
    below, above = special.spherical_kn(np.abs(n - 1), z, derivative), special.spherical_kn(n + 1, z, derivative)
    return None, -(n * below + (n + 1) * above) / (2.0 * n + 1.0), None


# Struve: DLMF 11.4.24, 11.4.26
@elementwise(special.struve)
def struve(y, v, x):
    power = (0.5 * x) ** v * special.rgamma(v + 1.5) / math.sqrt(math.pi)
    return None, 0.5 * (special.struve(v - 1, x) - special.struve(v + 1, x) + power)


@elementwise(special.modstruve)
def modstruve(y, v, x):
    power = (0.5 * x) ** v * special.rgamma(v + 1.5) / math.sqrt(math.pi)
    return None, 0.5 * (special.modstruve(v - 1, x) + special.modstruve(v + 1, x) + power)


# Kelvin: DLMF 10.61.3
elementwise(special.ber)(lambda y, x: special.berp(x))
elementwise(special.bei)(lambda y, x: special.beip(x))
elementwise(special.ker)(lambda y, x: special.kerp(x))
elementwise(special.kei)(lambda y, x: special.keip(x))
elementwise(special.berp)(lambda y, x: -special.bei(x) - y / x)
elementwise(special.beip)(lambda y, x: special.ber(x) - y / x)
elementwise(special.kerp)(lambda y, x: -special.kei(x) - y / x)
elementwise(special.keip)(lambda y, x: special.ker(x) - y / x)


@adjoint(special.kelvin)
def kelvin(y, x):
    """
    >>> special.kelvin(P)
    >>> special.kelvin(S)[1]
    """
    first = d[y][0] * y[2] + d[y][1] * y[3]
    d[x] = first + d[y][2] * (1j * y[0] - y[2] / x) + d[y][3] * (1j * y[1] - y[3] / x)


@tangent(special.kelvin)
def kelvin_tangent(y, x):
    d[y] = (d[x] * y[2], d[x] * y[3], d[x] * (1j * y[0] - y[2] / x), d[x] * (1j * y[1] - y[3] / x))


# integrals
elementwise(special.itstruve0)(lambda y, x: rt.cast_like(special.struve(0, x), y))
elementwise(special.itmodstruve0)(lambda y, x: rt.cast_like(special.modstruve(0, x), y))
elementwise(special.it2struve0)(lambda y, x: -rt.cast_like(special.struve(0, x), y) / x)


@adjoint(special.airy)
def airy(y, z):  # DLMF 9.2.1
    """
    >>> special.airy(V)
    >>> special.airy(S)[2]
    >>> special.airy(ZV)
    """
    d[z] = d[y][0] * y[1] + d[y][1] * (z * y[0]) + d[y][2] * y[3] + d[y][3] * (z * y[2])


@tangent(special.airy)
def airy_tangent(y, z):
    d[y] = (d[z] * y[1], d[z] * (z * y[0]), d[z] * y[3], d[z] * (z * y[2]))


@adjoint(special.airye)
def airye(y, z):
    """
    >>> special.airye(abs(V) + 0.5)
    >>> special.airye(S)[0]
    """
    s = np.sqrt(np.abs(z)) * np.heaviside(z, 0.0)
    first = d[y][0] * (y[1] + s * y[0]) + d[y][1] * (z * y[0] + s * y[1])
    d[z] = first + d[y][2] * (y[3] - s * y[2]) + d[y][3] * (z * y[2] - s * y[3])


@tangent(special.airye)
def airye_tangent(y, z):
    s = np.sqrt(np.abs(z)) * np.heaviside(z, 0.0)
    d[y] = (d[z] * (y[1] + s * y[0]), d[z] * (z * y[0] + s * y[1]), d[z] * (y[3] - s * y[2]), d[z] * (z * y[2] - s * y[3]))
