"""Elliptic integrals and functions (DLMF chapters 19 and 22), said by Carlson's symmetric integrals, which do not cancel at ``m = 0``.

Where two arguments of the partial fractions of ``elliprd`` or ``elliprj`` are equal their derivative is NaN; so is, therefore, the second
derivative of ``ellipk`` at ``m = 0``, of ``agm(a, a)`` and of the incomplete integrals at ``phi = 0``.  Refused: the parameter ``m`` of ``ellipj``.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from tangentx.rules.declare import adjoint, d, elementwise, tangent

# complete: DLMF 19.4.1, 19.25.1
elementwise(special.ellipk)(lambda y, m: special.elliprd(0.0, 1.0, 1.0 - m) / 6.0)
elementwise(special.ellipkm1)(lambda y, p: -special.elliprd(0.0, 1.0, p) / 6.0)
elementwise(special.ellipe)(lambda y, m: -special.elliprd(0.0, 1.0 - m, 1.0) / 6.0)


# incomplete: DLMF 19.25.5, 19.25.9, with whole periods of the amplitude taken off
@elementwise(special.ellipkinc)
def ellipkinc(y, phi, m):
    k = np.round(phi / np.pi)
    s = np.sin(phi - k * np.pi)
    part = s**3 * special.elliprd(1.0 - s * s, 1.0, 1.0 - m * s * s)
    return 1.0 / np.sqrt(1.0 - m * s * s), (part + 2.0 * k * special.elliprd(0.0, 1.0, np.where(k == 0, 0.5, 1.0 - m))) / 6.0


@elementwise(special.ellipeinc)
def ellipeinc(y, phi, m):
    k = np.round(phi / np.pi)
    s = np.sin(phi - k * np.pi)
    part = s**3 * special.elliprd(1.0 - s * s, 1.0 - m * s * s, 1.0)
    return np.sqrt(1.0 - m * s * s), -(part + 2.0 * k * special.elliprd(0.0, np.where(k == 0, 0.5, 1.0 - m), 1.0)) / 6.0


@adjoint(special.ellipj)
def ellipj(y, u, m):  # DLMF 22.13.1
    """
    >>> special.ellipj(V, 0.3)
    >>> special.ellipj(S, 0.6)[3]
    """
    sn, cn, dn, ph = y
    d[u] = d[y][0] * (cn * dn) - d[y][1] * (sn * dn) - d[y][2] * (m * sn * cn) + d[y][3] * dn


@tangent(special.ellipj)
def ellipj_tangent(y, u, m):
    sn, cn, dn, ph = y
    d[y] = (d[u] * (cn * dn), -d[u] * (sn * dn), -d[u] * (m * sn * cn), d[u] * dn)


# the arithmetic-geometric mean is pi / 2 / RF(0, a^2, b^2): DLMF 19.8.5
@elementwise(special.agm)
def agm(y, a, b):
    factor = 2.0 / (3.0 * math.pi) * y * y
    return factor * a * special.elliprd(0.0, b * b, a * a), factor * b * special.elliprd(0.0, a * a, b * b)


# Carlson's: DLMF 19.18.1, partial fractions of the integrands, and homogeneity (19.18.11)
@elementwise(special.elliprc)
def elliprc(r, x, y):
    to_x = -special.elliprd(y, y, x) / 6.0
    return to_x, -(0.5 * r + np.where(x == 0, 0.0, x * to_x)) / y


@elementwise(special.elliprf)
def elliprf(r, x, y, z):
    return -special.elliprd(y, z, x) / 6.0, -special.elliprd(z, x, y) / 6.0, -special.elliprd(x, y, z) / 6.0


@elementwise(special.elliprg)
def elliprg(r, x, y, z):
    f = special.elliprf(x, y, z)
    to_x, to_y = 0.25 * (f - x * special.elliprd(y, z, x) / 3.0), 0.25 * (f - y * special.elliprd(z, x, y) / 3.0)
    return to_x, to_y, 0.25 * (f - z * special.elliprd(x, y, z) / 3.0)


@elementwise(special.elliprd)
def elliprd(r, x, y, z):
    to_x, to_y = (r - special.elliprd(y, z, x)) / (2.0 * (z - x)), (r - special.elliprd(z, x, y)) / (2.0 * (z - y))
    whole = np.sqrt(x * y / z) / z - special.elliprf(x, y, z) - (x + y - 2.0 * z) * r / 1.5  # the integral of a total derivative
    return to_x, to_y, -1.5 * whole / ((x - z) * (y - z))


@elementwise(special.elliprj)
def elliprj(r, x, y, z, p):
    to_x, to_y = (r - special.elliprd(y, z, x)) / (2.0 * (p - x)), (r - special.elliprd(z, x, y)) / (2.0 * (p - y))
    to_z = (r - special.elliprd(x, y, z)) / (2.0 * (p - z))
    others = np.where(x == 0, 0.0, x * to_x) + np.where(y == 0, 0.0, y * to_y) + np.where(z == 0, 0.0, z * to_z)
    return to_x, to_y, to_z, -(1.5 * r + others) / p
