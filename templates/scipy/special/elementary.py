"""Logistic functions, products with logarithms, powers, angles in degrees, losses, and integrals of exponentials (DLMF chapter 6).

``xlogy`` and ``xlog1py`` have derivative 0 where both factors vanish; ``rel_entr`` and ``kl_div`` have the slope of their limit at 0.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, elementwise, refused, tangent

# logistic functions
elementwise(special.expit)(lambda y, x: y * special.expit(-x))
elementwise(special.log_expit)(lambda y, x: special.expit(-x))
elementwise(getattr(special, "softplus", None))(lambda y, x: special.expit(x))
elementwise(special.logit)(lambda y, x: 1.0 / (x * (1.0 - x)))


# products with logarithms
@elementwise(special.xlogy)
def xlogy(z, x, y):
    """
    >>> special.xlogy(A23, abs(V) + 0.5)
    >>> special.xlogy(S, abs(A23) + 0.5)
    """
    safe = y + ((x == 0) & (y == 0))
    return np.log(safe), x / safe


@elementwise(special.xlog1py)
def xlog1py(z, x, y):
    """
    >>> special.xlog1py(A23, abs(V))
    """
    safe = y + ((x == 0) & (y == -1))
    return np.log1p(safe), x / (1.0 + safe)


elementwise(special.entr)(lambda y, x: -np.log(x) - 1.0)


@elementwise(special.rel_entr)
def rel_entr(z, x, y):
    zero = x == 0
    return np.where(zero, np.log(x), z / (x + zero)) + 1.0, -x / (y + (zero & (y == 0)))


@elementwise(special.kl_div)
def kl_div(z, x, y):
    zero = x == 0
    return np.where(zero, np.log(x), special.rel_entr(x, y) / (x + zero)), (y - x) / (y + (zero & (y == 0)))


# powers
elementwise(special.exp2)(lambda y, x: y * math.log(2.0))
elementwise(special.exp10)(lambda y, x: y * math.log(10.0))
elementwise(special.expm1)(lambda y, x: np.exp(x))
elementwise(special.log1p)(lambda y, x: 1.0 / (1.0 + x))
elementwise(special.cbrt)(lambda y, x: 1.0 / (3.0 * y * y))
elementwise(getattr(special, "powm1", None))(lambda z, x, y: (y * x ** (y - 1.0), (z + 1.0) * np.log(x)))
elementwise(special.exprel)(lambda y, x: 0.5 * special.hyp1f1(2.0, 3.0, x))  # exprel = 1F1(1, 2), DLMF 13.6.2
constant(special.round)


@elementwise(special.boxcox)
def boxcox(y, x, lmbda):  # log(x) * exprel(t)
    t = np.log(x)
    return x ** (lmbda - 1.0), 0.5 * t * t * special.hyp1f1(2.0, 3.0, lmbda * t)


@elementwise(special.boxcox1p)
def boxcox1p(y, x, lmbda):
    t = np.log1p(x)
    return np.exp((lmbda - 1.0) * t), 0.5 * t * t * special.hyp1f1(2.0, 3.0, lmbda * t)


@elementwise(special.inv_boxcox)
def inv_boxcox(x, y, lmbda):
    t, slope = np.log(x), x ** (1.0 - lmbda)
    return slope, -0.5 * slope * t * t * special.hyp1f1(2.0, 3.0, lmbda * t)


@elementwise(special.inv_boxcox1p)
def inv_boxcox1p(x, y, lmbda):
    t = np.log1p(x)
    slope = np.exp((1.0 - lmbda) * t)
    return slope, -0.5 * slope * t * t * special.hyp1f1(2.0, 3.0, lmbda * t)


# angles
elementwise(special.cosm1)(lambda y, x: -np.sin(x))
elementwise(special.sindg)(lambda y, x: math.pi / 180.0 * special.cosdg(x))
elementwise(special.cosdg)(lambda y, x: -math.pi / 180.0 * special.sindg(x))
elementwise(special.tandg)(lambda y, x: math.pi / 180.0 * (1.0 + y * y))
elementwise(special.cotdg)(lambda y, x: -math.pi / 180.0 * (1.0 + y * y))
elementwise(special.radian)(lambda y, d, m, s: (math.pi / 180.0, math.pi / 10800.0, math.pi / 648000.0))


@elementwise(special.diric)
def diric(y, x, n):  # the Chebyshev polynomial U of cos(x/2), over n
    return -np.sin(0.5 * x) * special.eval_gegenbauer(n - 2, 2.0, np.cos(0.5 * x)) / n, None


# losses
elementwise(special.huber)(lambda y, delta, r: (np.maximum(np.abs(r) - delta, 0.0), np.clip(r, -delta, delta)))


@elementwise(special.pseudo_huber)
def pseudo_huber(y, delta, r):
    h = np.hypot(delta, r)
    return (r * r / (h + delta)) ** 2 / h, delta * r / h


# exponential integrals: DLMF 6.2, 8.19.12
elementwise(special.exp1)(lambda y, z: -np.exp(-z) / z)
elementwise(special.expi)(lambda y, x: np.exp(x) / x)


@elementwise(special.expn)
def expn(y, n, x):
    zero = n == 0
    return None, -np.where(zero, (y + np.exp(-x)) / np.where(zero, x, 1.0), special.expn(np.abs(n - 1), x))


@adjoint(special.sici)
def sici(y, x):
    """
    >>> special.sici(abs(V) + 0.5)
    >>> special.sici(S)[0]
    """
    d[x] = d[y][0] * np.sinc(x / np.pi) + d[y][1] * (np.cos(x) / x)


@tangent(special.sici)
def sici_tangent(y, x):
    d[y] = (d[x] * np.sinc(x / np.pi), d[x] * (np.cos(x) / x))


@adjoint(special.shichi)
def shichi(y, x):
    """
    >>> special.shichi(abs(V) + 0.5)
    >>> special.shichi(S)[1]
    """
    d[x] = d[y][0] * (special.exprel(x) + special.exprel(-x)) * 0.5 + d[y][1] * (np.cosh(x) / x)


@tangent(special.shichi)
def shichi_tangent(y, x):
    d[y] = (d[x] * (special.exprel(x) + special.exprel(-x)) * 0.5, d[x] * (np.cosh(x) / x))


# inverses of w * exp(w): DLMF 4.13.4
elementwise(special.lambertw)(lambda w, z, k=0, tol=1e-8: (np.exp(-w) / (1.0 + w), None, None))
elementwise(special.wrightomega)(lambda w, z: w / (1.0 + w))


@elementwise(special.spence)
def spence(y, z):  # log(z) / (1 - z)
    near = np.abs(z - 1.0) < 0.5
    far = np.where(near, 2.0, z)
    return np.where(near, -rt.cast_like(special.hyp2f1(1.0, 1.0, 2.0, np.where(near, 1.0 - z, 0.0)), y), np.log(far) / (1.0 - far))


refused(
    type(special.legendre(1)),
    reason="an orthogonal polynomial that is made for its degree is an object",
    way_out="Use np.polynomial.legendre.legval(x, [0, 0, 0, 1]), or that of its family.",
)
refused(
    *(getattr(special, name, None) for name in ("legendre_p", "legendre_p_all", "assoc_legendre_p", "assoc_legendre_p_all")),
    *(getattr(special, name, None) for name in ("sph_legendre_p", "sph_legendre_p_all", "sph_harm_y_all")),
    reason="its result has an axis of derivatives",
    way_out="Use scipy.special.eval_legendre, lpmv or sph_harm_y.",
)


@elementwise(getattr(special, "sph_harm_y", None))
def sph_harm_y(y, n, m, theta, phi):  # DLMF 14.10.4, without the cotangent
    """
    >>> special.sph_harm_y(3, 2, abs(V), S)
    >>> special.sph_harm_y(2, -1, S, V)
    >>> special.sph_harm_y(1, 1, U, U)
    """
    above = np.sqrt(np.abs((n - m) * (n + m + 1.0))) * np.exp(-1j * phi) * special.sph_harm_y(n, m + 1, theta, phi)
    below = np.sqrt(np.abs((n + m) * (n - m + 1.0))) * np.exp(1j * phi) * special.sph_harm_y(n, m - 1, theta, phi)
    return None, None, 0.5 * np.where(np.sin(theta) < 0, -1.0, 1.0) * (above - below), 1j * m * y
