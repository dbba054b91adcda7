"""Distribution functions: their derivative is the density, and that of an inverse is one over it.

A constant that SciPy computes is a float64, so a density is cast to the type of the result.  Refused: degrees of freedom, counts and shape
parameters.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

import tangentx.runtime as rt
from tangentx.rules.declare import elementwise


@elementwise(special.stdtr)
def stdtr(p, df, t):
    return None, np.exp(rt.cast_like(special.xlog1py(-0.5 * (df + 1.0), t * t / df) - special.betaln(0.5 * df, 0.5) - 0.5 * np.log(df), p))


@elementwise(special.stdtrit)
def stdtrit(t, df, p):
    return None, np.exp(rt.cast_like(special.xlog1py(0.5 * (df + 1.0), t * t / df) + special.betaln(0.5 * df, 0.5) + 0.5 * np.log(df), t))


@elementwise(special.chdtr)
def chdtr(p, v, x):
    return None, 0.5 * np.exp(rt.cast_like(special.xlogy(0.5 * v - 1.0, 0.5 * x) - 0.5 * x - special.gammaln(0.5 * v), p))


@elementwise(special.chdtrc)
def chdtrc(p, v, x):
    return None, -0.5 * np.exp(rt.cast_like(special.xlogy(0.5 * v - 1.0, 0.5 * x) - 0.5 * x - special.gammaln(0.5 * v), p))


@elementwise(special.chdtri)
def chdtri(x, v, p):
    return None, -2.0 * np.exp(rt.cast_like(special.gammaln(0.5 * v) + 0.5 * x - special.xlogy(0.5 * v - 1.0, 0.5 * x), x))


@elementwise(special.gdtr)
def gdtr(p, a, b, x):
    density = np.exp(rt.cast_like(special.xlogy(b - 1.0, a * x) - a * x - special.gammaln(b), p))
    return x * density, None, a * density


@elementwise(special.gdtrc)
def gdtrc(p, a, b, x):
    density = np.exp(rt.cast_like(special.xlogy(b - 1.0, a * x) - a * x - special.gammaln(b), p))
    return -x * density, None, -a * density


@elementwise(special.gdtrix)
def gdtrix(x, a, b, p):
    return -x / a, None, np.exp(rt.cast_like(special.gammaln(b) + a * x - special.xlogy(b - 1.0, a * x), x)) / a


# the F distribution, by the beta distribution of r = dfn * x / (dfd + dfn * x), of which dr/dx = r * (1 - r) / x
@elementwise(special.fdtr)
def fdtr(p, dfn, dfd, x):
    rest = dfd + dfn * x
    log_beta = special.xlogy(0.5 * dfn - 1.0, dfn * x / rest) + special.xlogy(0.5 * dfd + 1.0, dfd / rest) - special.betaln(0.5 * dfn, 0.5 * dfd)
    return None, None, np.exp(rt.cast_like(log_beta, p)) * dfn / dfd


@elementwise(special.fdtrc)
def fdtrc(p, dfn, dfd, x):
    rest = dfd + dfn * x
    log_beta = special.xlogy(0.5 * dfn - 1.0, dfn * x / rest) + special.xlogy(0.5 * dfd + 1.0, dfd / rest) - special.betaln(0.5 * dfn, 0.5 * dfd)
    return None, None, -np.exp(rt.cast_like(log_beta, p)) * dfn / dfd


@elementwise(special.fdtri)
def fdtri(x, dfn, dfd, p):
    rest = dfd + dfn * x
    log_beta = special.xlogy(0.5 * dfn - 1.0, dfn * x / rest) + special.xlogy(0.5 * dfd + 1.0, dfd / rest) - special.betaln(0.5 * dfn, 0.5 * dfd)
    return None, None, np.exp(rt.cast_like(-log_beta, x)) * dfd / dfn


# counts: bdtr(k, n, p) = betaincc(k + 1, n - k, p), pdtr(k, m) = gammaincc(k + 1, m), nbdtr(k, n, p) = betainc(n, k + 1, p)
@elementwise(special.bdtr)
def bdtr(y, k, n, p):
    k = np.floor(k)
    return None, None, -np.exp(rt.cast_like(special.xlogy(k, p) + special.xlog1py(n - k - 1.0, -p) - special.betaln(k + 1.0, n - k), y))


@elementwise(special.bdtrc)
def bdtrc(y, k, n, p):
    k = np.floor(k)
    return None, None, np.exp(rt.cast_like(special.xlogy(k, p) + special.xlog1py(n - k - 1.0, -p) - special.betaln(k + 1.0, n - k), y))


@elementwise(special.bdtri)
def bdtri(p, k, n, y):
    k = np.floor(k)
    return None, None, -np.exp(rt.cast_like(special.betaln(k + 1.0, n - k) - special.xlogy(k, p) - special.xlog1py(n - k - 1.0, -p), p))


@elementwise(special.pdtr)
def pdtr(y, k, m):
    k = np.floor(k)
    return None, -np.exp(rt.cast_like(special.xlogy(k, m) - m - special.gammaln(k + 1.0), y))


@elementwise(special.pdtrc)
def pdtrc(y, k, m):
    k = np.floor(k)
    return None, np.exp(rt.cast_like(special.xlogy(k, m) - m - special.gammaln(k + 1.0), y))


@elementwise(special.pdtri)
def pdtri(m, k, y):
    return None, -np.exp(rt.cast_like(special.gammaln(k + 1.0) + m - special.xlogy(k, m), m))


elementwise(special.nbdtr)(
    lambda y, k, n, p: (None, None, np.exp(rt.cast_like(special.xlogy(n - 1, p) + special.xlog1py(k, -p) - special.betaln(n, k + 1), y)))
)
elementwise(special.nbdtrc)(
    lambda y, k, n, p: (None, None, -np.exp(rt.cast_like(special.xlogy(n - 1, p) + special.xlog1py(k, -p) - special.betaln(n, k + 1), y)))
)
elementwise(special.nbdtri)(
    lambda p, k, n, y: (None, None, np.exp(rt.cast_like(special.betaln(n, k + 1) - special.xlogy(n - 1, p) - special.xlog1py(k, -p), p)))
)


@elementwise(special.tklmbda)
def tklmbda(p, x, lmbda):
    inside = (p > 0) & (p < 1)
    q = np.where(inside, p, 0.5)
    return inside / (q ** (lmbda - 1.0) + (1.0 - q) ** (lmbda - 1.0)), None


# x = mn + std * ndtri(p), solved for mn or std
elementwise(special.nrdtrimn)(lambda y, p, std, x: (-std * math.sqrt(2.0 * math.pi) * np.exp(0.5 * ((x - y) / std) ** 2), (y - x) / std, 1.0))
