"""The gamma function and its kin (DLMF chapters 5, 8 and 25).

Refused: the shape parameters of the incomplete functions, and the argument ``x`` of ``zeta``, which have no derivative in closed form.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

import tangentx.runtime as rt
from tangentx.rules.declare import constant, elementwise

# DLMF 5.2.2, 5.15.1, 5.2.5
elementwise(special.gammaln, special.loggamma, logarithm_of=special.gamma)(lambda y, z: special.digamma(z))
elementwise(math.lgamma, logarithm_of=math.gamma)(lambda y, x: float(special.digamma(x)))
elementwise(special.digamma)(lambda y, z: special.zeta(2.0, z))
elementwise(special.polygamma)(lambda y, n, x: (None, special.polygamma(n + 1, x)))
elementwise(special.poch)(lambda y, z, m: (y * (special.digamma(z + m) - special.digamma(z)), y * special.digamma(z + m)))
constant(special.gammasgn)


@elementwise(special.rgamma)
def rgamma(y, z):
    """
    >>> special.rgamma(V)
    >>> special.rgamma(np.array([0.0, -1.0, -2.0, 2.5]) * S / 0.7)
    """
    left = np.real(z) < 0.5  # DLMF 5.5.3: the poles of digamma cancel
    poles = np.where(left, np.cos(np.pi * z) * special.gamma(np.where(left, 1.0 - z, 1.0)), 0.0)
    return poles - y * special.digamma(np.where(left, 1.0 - z, z))


@elementwise(special.multigammaln)
def multigammaln(y, a, d):
    """
    >>> special.multigammaln(abs(V) + 2.5, 3)
    >>> special.multigammaln(S + 1.0, 2)
    """
    return rt.cast_like(np.sum(special.digamma(np.expand_dims(a, -1) - np.arange(d) / 2), axis=-1), y), None


# incomplete: DLMF 8.8.13, 8.17.20.  A constant that SciPy computes is a float64: the density is cast to the result's type
elementwise(special.gammainc)(lambda y, a, x: (None, np.exp(rt.cast_like(special.xlogy(a - 1.0, x) - x - special.gammaln(a), y))))
elementwise(special.gammaincc)(lambda y, a, x: (None, -np.exp(rt.cast_like(special.xlogy(a - 1.0, x) - x - special.gammaln(a), y))))
elementwise(special.gammaincinv)(lambda x, a, y: (None, np.exp(rt.cast_like(x + special.gammaln(a) - special.xlogy(a - 1.0, x), x))))
elementwise(special.gammainccinv)(lambda x, a, y: (None, -np.exp(rt.cast_like(x + special.gammaln(a) - special.xlogy(a - 1.0, x), x))))


@elementwise(special.betainc)
def betainc(y, a, b, x):
    log_density = special.xlogy(a - 1.0, x) + special.xlog1py(b - 1.0, -x) - special.betaln(a, b)
    return None, None, np.exp(rt.cast_like(log_density, y))


@elementwise(getattr(special, "betaincc", None))
def betaincc(y, a, b, x):
    log_density = special.xlogy(a - 1.0, x) + special.xlog1py(b - 1.0, -x) - special.betaln(a, b)
    return None, None, -np.exp(rt.cast_like(log_density, y))


@elementwise(special.betaincinv)
def betaincinv(x, a, b, y):
    log_density = special.xlogy(a - 1.0, x) + special.xlog1py(b - 1.0, -x) - special.betaln(a, b)
    return None, None, np.exp(rt.cast_like(-log_density, x))


@elementwise(getattr(special, "betainccinv", None))
def betainccinv(x, a, b, y):
    log_density = special.xlogy(a - 1.0, x) + special.xlog1py(b - 1.0, -x) - special.betaln(a, b)
    return None, None, -np.exp(rt.cast_like(-log_density, x))


# beta and binomials: DLMF 5.12.1
@elementwise(special.betaln, logarithm_of=special.beta)
def betaln(y, a, b):
    both = special.digamma(a + b)
    return special.digamma(a) - both, special.digamma(b) - both


@elementwise(special.binom)
def binom(y, n, k):
    rest = special.digamma(n - k + 1.0)
    return y * (special.digamma(n + 1.0) - rest), y * (rest - special.digamma(k + 1.0))


# zeta functions: DLMF 25.11.17
elementwise(special.zeta)(lambda y, x, q=None: (None, -x * special.zeta(x + 1.0, q)))
