"""``logpdf`` and ``pdf``, ``logpmf`` and ``pmf``, with respect to the argument, the shapes, ``loc`` and ``scale``.

The derivative of a logarithm is said; that of the density is ``y`` times it.  With ``u = (x - loc) / scale`` the rule is
``slope, *shapes, -slope, -1 / scale - u * slope``.  Outside of the support all is 0.  Of counts only the parameters vary.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special, stats

from tangentx.rules.declare import elementwise

# ----------------------------------------------------------------------------------------------------- on the whole line


@elementwise(stats.norm.logpdf, logarithm_of=stats.norm.pdf)
def norm(y, x, loc=0, scale=1):
    u = (x - loc) / scale
    return -u / scale, u / scale, (u * u - 1.0) / scale


@elementwise(stats.laplace.logpdf, logarithm_of=stats.laplace.pdf)
def laplace(y, x, loc=0, scale=1):
    u = (x - loc) / scale
    return -np.sign(u) / scale, np.sign(u) / scale, (np.abs(u) - 1.0) / scale


@elementwise(stats.logistic.logpdf, logarithm_of=stats.logistic.pdf)
def logistic(y, x, loc=0, scale=1):
    u = (x - loc) / scale
    slope = -np.tanh(0.5 * u) / scale
    return slope, -slope, -1.0 / scale - u * slope


@elementwise(stats.cauchy.logpdf, logarithm_of=stats.cauchy.pdf)
def cauchy(y, x, loc=0, scale=1):
    u = (x - loc) / scale
    slope = -2.0 * u / (1.0 + u * u) / scale
    return slope, -slope, -1.0 / scale - u * slope


@elementwise(stats.gumbel_r.logpdf, logarithm_of=stats.gumbel_r.pdf)
def gumbel_r(y, x, loc=0, scale=1):
    u = (x - loc) / scale
    slope = np.expm1(-u) / scale
    return slope, -slope, -1.0 / scale - u * slope


@elementwise(stats.gumbel_l.logpdf, logarithm_of=stats.gumbel_l.pdf)
def gumbel_l(y, x, loc=0, scale=1):
    u = (x - loc) / scale
    slope = -np.expm1(u) / scale
    return slope, -slope, -1.0 / scale - u * slope


@elementwise(stats.t.logpdf, logarithm_of=stats.t.pdf)
def t(y, x, df, loc=0, scale=1):
    u = (x - loc) / scale
    slope = -(df + 1.0) * u / (df + u * u) / scale
    to_df = special.digamma(0.5 * df + 0.5) - special.digamma(0.5 * df) - np.log1p(u * u / df) - (1.0 + u * slope * scale) / df
    return slope, 0.5 * to_df, -slope, -1.0 / scale - u * slope


@elementwise(stats.skewnorm.logpdf, logarithm_of=stats.skewnorm.pdf)
def skewnorm(y, x, a, loc=0, scale=1):
    u = (x - loc) / scale
    ratio = math.sqrt(2.0 / math.pi) / special.erfcx(-a * u / math.sqrt(2.0))
    slope = (a * ratio - u) / scale
    return slope, u * ratio, -slope, -1.0 / scale - u * slope


# ------------------------------------------------------------------------------------------------------- on a part of it


@elementwise(stats.uniform.logpdf, logarithm_of=stats.uniform.pdf)
def uniform(y, x, loc=0, scale=1):
    return 0.0, 0.0, -np.heaviside(x - loc, 1.0) * np.heaviside(loc + scale - x, 1.0) / scale


@elementwise(stats.expon.logpdf, logarithm_of=stats.expon.pdf)
def expon(y, x, loc=0, scale=1):
    inside = np.heaviside(x - loc, 1.0) / scale
    return -inside, inside, inside * ((x - loc) / scale - 1.0)


@elementwise(stats.halfnorm.logpdf, logarithm_of=stats.halfnorm.pdf)
def halfnorm(y, x, loc=0, scale=1):
    u, inside = (x - loc) / scale, np.heaviside(x - loc, 1.0) / scale
    return -u * inside, u * inside, (u * u - 1.0) * inside


@elementwise(stats.rayleigh.logpdf, logarithm_of=stats.rayleigh.pdf)
def rayleigh(y, x, loc=0, scale=1):
    inside = np.heaviside(x - loc, 1.0) / scale
    u = np.where(x >= loc, (x - loc) / scale, 1.0)
    return (1.0 / u - u) * inside, (u - 1.0 / u) * inside, (u * u - 2.0) * inside


@elementwise(stats.gamma.logpdf, logarithm_of=stats.gamma.pdf)
def gamma(y, x, a, loc=0, scale=1):
    inside = np.heaviside(x - loc, 1.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = inside * ((a - 1.0) / u - 1.0) / scale
    return slope, inside * (np.log(u) - special.digamma(a)), -slope, -inside / scale - u * slope


@elementwise(stats.invgamma.logpdf, logarithm_of=stats.invgamma.pdf)
def invgamma(y, x, a, loc=0, scale=1):
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = inside * (1.0 / u - (a + 1.0)) / u / scale
    return slope, inside * (-np.log(u) - special.digamma(a)), -slope, -inside / scale - u * slope


@elementwise(stats.chi2.logpdf, logarithm_of=stats.chi2.pdf)
def chi2(y, x, df, loc=0, scale=1):
    inside = np.heaviside(x - loc, 1.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = inside * ((0.5 * df - 1.0) / u - 0.5) / scale
    return slope, inside * 0.5 * (np.log(0.5 * u) - special.digamma(0.5 * df)), -slope, -inside / scale - u * slope


@elementwise(stats.lognorm.logpdf, logarithm_of=stats.lognorm.pdf)
def lognorm(y, x, s, loc=0, scale=1):
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    z = np.log(u) / s
    slope = -inside * (1.0 + z / s) / u / scale
    return slope, inside * (z * z - 1.0) / s, -slope, -inside / scale - u * slope


@elementwise(stats.weibull_min.logpdf, logarithm_of=stats.weibull_min.pdf)
def weibull_min(y, x, c, loc=0, scale=1):
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = inside * (c - 1.0 - c * u**c) / u / scale
    return slope, inside * (1.0 / c + np.log(u) * (1.0 - u**c)), -slope, -inside / scale - u * slope


@elementwise(stats.pareto.logpdf, logarithm_of=stats.pareto.pdf)
def pareto(y, x, b, loc=0, scale=1):
    inside = np.heaviside(x - loc - scale, 1.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = -inside * (b + 1.0) / u / scale
    return slope, inside * (1.0 / b - np.log(u)), -slope, -inside / scale - u * slope


@elementwise(stats.beta.logpdf, logarithm_of=stats.beta.pdf)
def beta(y, x, a, b, loc=0, scale=1):
    inside = np.heaviside(x - loc, 1.0) * np.heaviside(loc + scale - x, 1.0)
    u = np.where(inside, (x - loc) / scale, 0.5)
    slope, both = inside * ((a - 1.0) / u - (b - 1.0) / (1.0 - u)) / scale, special.digamma(a + b)
    to_a, to_b = inside * (np.log(u) - special.digamma(a) + both), inside * (np.log1p(-u) - special.digamma(b) + both)
    return slope, to_a, to_b, -slope, -inside / scale - u * slope


@elementwise(stats.f.logpdf, logarithm_of=stats.f.pdf)
def f(y, x, dfn, dfd, loc=0, scale=1):
    inside = np.heaviside(x - loc, 1.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    q, whole = (dfn + dfd) / (dfd + dfn * u), special.digamma(0.5 * (dfn + dfd))
    slope = 0.5 * inside * ((dfn - 2.0) / u - dfn * q) / scale
    to_dfn = np.log(dfn * u / (dfd + dfn * u)) + 1.0 - u * q - special.digamma(0.5 * dfn) + whole
    to_dfd = np.log(dfd / (dfd + dfn * u)) + 1.0 - q - special.digamma(0.5 * dfd) + whole
    return slope, 0.5 * inside * to_dfn, 0.5 * inside * to_dfd, -slope, -inside / scale - u * slope


# ------------------------------------------------------------------------------------------------------------- of counts


@elementwise(stats.poisson.logpmf, logarithm_of=stats.poisson.pmf)
def poisson(y, k, mu, loc=0):
    m = np.subtract(k, loc)
    return None, np.heaviside(m, 1.0) * (m / mu - 1.0), None


@elementwise(stats.bernoulli.logpmf, logarithm_of=stats.bernoulli.pmf)
def bernoulli(y, k, p, loc=0):
    m = np.subtract(k, loc)
    return None, np.where(m == 0, 1.0 / (p - 1.0), (m == 1) / p), None


@elementwise(stats.binom.logpmf, logarithm_of=stats.binom.pmf)
def binom(y, k, n, p, loc=0):
    m = np.subtract(k, loc)
    return None, None, np.heaviside(m, 1.0) * np.heaviside(n - m, 1.0) * (m / p - (n - m) / (1.0 - p)), None


@elementwise(stats.nbinom.logpmf, logarithm_of=stats.nbinom.pmf)
def nbinom(y, k, n, p, loc=0):
    inside = np.heaviside(np.subtract(k, loc), 1.0)
    m = inside * np.subtract(k, loc)
    return None, inside * (special.digamma(m + n) - special.digamma(n) + np.log(p)), inside * (n / p - m / (1.0 - p)), None


@elementwise(stats.geom.logpmf, logarithm_of=stats.geom.pmf)
def geom(y, k, p, loc=0):
    m = np.subtract(k, loc)
    return None, np.heaviside(m, 0.0) * (1.0 / p - (m - 1.0) / (1.0 - p)), None
