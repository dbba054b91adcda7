"""``logpdf`` and ``pdf`` of distributions that are met less often, in the form of those in ``densities.py``."""

from __future__ import annotations

import numpy as np
from scipy import special, stats

from tangentx.rules.declare import elementwise

# ----------------------------------------------------------------------------------------------------- on the whole line


@elementwise(stats.vonmises.logpdf, logarithm_of=stats.vonmises.pdf)
def vonmises(y, x, kappa, loc=0, scale=1):
    """
    >>> stats.vonmises.logpdf(V, 1.5 + S)
    >>> stats.vonmises.pdf(V, P, S, 2.0)
    """
    u = (x - loc) / scale
    slope = -kappa * np.sin(u) / scale
    return slope, np.cos(u) - special.i1e(kappa) / special.i0e(kappa), -slope, -1.0 / scale - u * slope


@elementwise(stats.hypsecant.logpdf, logarithm_of=stats.hypsecant.pdf)
def hypsecant(y, x, loc=0, scale=1):
    """
    >>> stats.hypsecant.logpdf(V, S, P)
    """
    u = (x - loc) / scale
    slope = -np.tanh(u) / scale
    return slope, -slope, -1.0 / scale - u * slope


@elementwise(stats.moyal.logpdf, logarithm_of=stats.moyal.pdf)
def moyal(y, x, loc=0, scale=1):
    """
    >>> stats.moyal.logpdf(V, S, P)
    """
    u = (x - loc) / scale
    slope = 0.5 * np.expm1(-u) / scale
    return slope, -slope, -1.0 / scale - u * slope


@elementwise(stats.genlogistic.logpdf, logarithm_of=stats.genlogistic.pdf)
def genlogistic(y, x, c, loc=0, scale=1):
    """
    >>> stats.genlogistic.logpdf(V, P, S, 2.0)
    """
    u = (x - loc) / scale
    slope = ((c + 1.0) * special.expit(-u) - 1.0) / scale
    return slope, 1.0 / c - np.logaddexp(0.0, -u), -slope, -1.0 / scale - u * slope


# ------------------------------------------------------------------------------------------------------- on a part of it


@elementwise(stats.halfcauchy.logpdf, logarithm_of=stats.halfcauchy.pdf)
def halfcauchy(y, x, loc=0, scale=1):
    """
    >>> stats.halfcauchy.logpdf(P, -S, 2.0)
    """
    u, inside = (x - loc) / scale, np.heaviside(x - loc, 1.0)
    slope = -2.0 * inside * u / (1.0 + u * u) / scale
    return slope, -slope, -inside / scale - u * slope


@elementwise(stats.halflogistic.logpdf, logarithm_of=stats.halflogistic.pdf)
def halflogistic(y, x, loc=0, scale=1):
    """
    >>> stats.halflogistic.logpdf(P, -S, 2.0)
    """
    u, inside = (x - loc) / scale, np.heaviside(x - loc, 1.0)
    slope = -inside * np.tanh(0.5 * u) / scale
    return slope, -slope, -inside / scale - u * slope


@elementwise(stats.maxwell.logpdf, logarithm_of=stats.maxwell.pdf)
def maxwell(y, x, loc=0, scale=1):
    """
    >>> stats.maxwell.logpdf(P, -S, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = inside * (2.0 / u - u) / scale
    return slope, -slope, -inside / scale - u * slope


@elementwise(stats.levy.logpdf, logarithm_of=stats.levy.pdf)
def levy(y, x, loc=0, scale=1):
    """
    >>> stats.levy.logpdf(P, -S, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = 0.5 * inside * (1.0 / u - 3.0) / u / scale
    return slope, -slope, -inside / scale - u * slope


@elementwise(stats.chi.logpdf, logarithm_of=stats.chi.pdf)
def chi(y, x, df, loc=0, scale=1):
    """
    >>> stats.chi.logpdf(P, 1.5 + S, -0.1, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = inside * ((df - 1.0) / u - u) / scale
    return slope, inside * (np.log(u) - 0.5 * (np.log(2.0) + special.digamma(0.5 * df))), -slope, -inside / scale - u * slope


@elementwise(stats.nakagami.logpdf, logarithm_of=stats.nakagami.pdf)
def nakagami(y, x, nu, loc=0, scale=1):
    """
    >>> stats.nakagami.logpdf(P, 1.5 + S, -0.1, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = inside * ((2.0 * nu - 1.0) / u - 2.0 * nu * u) / scale
    return slope, inside * (np.log(nu) + 1.0 - special.digamma(nu) + 2.0 * np.log(u) - u * u), -slope, -inside / scale - u * slope


@elementwise(stats.rice.logpdf, logarithm_of=stats.rice.pdf)
def rice(y, x, b, loc=0, scale=1):
    """
    >>> stats.rice.logpdf(P, 1.5 + S, -0.1, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    ratio = special.i1e(u * b) / special.i0e(u * b)
    slope = inside * (1.0 / u - u + b * ratio) / scale
    return slope, inside * (u * ratio - b), -slope, -inside / scale - u * slope


@elementwise(stats.invgauss.logpdf, logarithm_of=stats.invgauss.pdf)
def invgauss(y, x, mu, loc=0, scale=1):
    """
    >>> stats.invgauss.logpdf(P, 1.5 + S, -0.1, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = 0.5 * inside * ((1.0 / u - 3.0) / u - 1.0 / mu**2) / scale
    return slope, inside * (u - mu) / mu**3, -slope, -inside / scale - u * slope


@elementwise(stats.wald.logpdf, logarithm_of=stats.wald.pdf)
def wald(y, x, loc=0, scale=1):
    """
    >>> stats.wald.logpdf(P, -S, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope = 0.5 * inside * ((1.0 / u - 3.0) / u - 1.0) / scale
    return slope, -slope, -inside / scale - u * slope


@elementwise(stats.lomax.logpdf, logarithm_of=stats.lomax.pdf)
def lomax(y, x, c, loc=0, scale=1):
    """
    >>> stats.lomax.logpdf(P, 1.5 + S, -0.1, 2.0)
    """
    inside = np.heaviside(x - loc, 1.0)
    u = np.where(inside, (x - loc) / scale, 0.0)
    slope = -inside * (c + 1.0) / (1.0 + u) / scale
    return slope, inside * (1.0 / c - np.log1p(u)), -slope, -inside / scale - u * slope


@elementwise(stats.fisk.logpdf, logarithm_of=stats.fisk.pdf)
def fisk(y, x, c, loc=0, scale=1):
    """
    >>> stats.fisk.logpdf(P, 1.5 + S, -0.1, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    balance = np.tanh(0.5 * c * np.log(u))
    slope = -inside * (1.0 + c * balance) / u / scale
    return slope, inside * (1.0 / c - np.log(u) * balance), -slope, -inside / scale - u * slope


@elementwise(stats.gompertz.logpdf, logarithm_of=stats.gompertz.pdf)
def gompertz(y, x, c, loc=0, scale=1):
    """
    >>> stats.gompertz.logpdf(P, 0.5 + S, -0.1, 2.0)
    """
    inside = np.heaviside(x - loc, 1.0)
    u = np.where(inside, (x - loc) / scale, 0.0)
    slope = inside * (1.0 - c * np.exp(u)) / scale
    return slope, inside * (1.0 / c - np.expm1(u)), -slope, -inside / scale - u * slope


@elementwise(stats.betaprime.logpdf, logarithm_of=stats.betaprime.pdf)
def betaprime(y, x, a, b, loc=0, scale=1):
    """
    >>> stats.betaprime.logpdf(P, 1.5 + S, 2.0, -0.1, 2.0)
    >>> stats.betaprime.pdf(P, 1.5, S + P)
    """
    inside = np.heaviside(x - loc, 0.0)
    u = np.where(inside, (x - loc) / scale, 1.0)
    slope, both = inside * ((a - 1.0) / u - (a + b) / (1.0 + u)) / scale, special.digamma(a + b) - np.log1p(u)
    return slope, inside * (np.log(u) - special.digamma(a) + both), inside * (both - special.digamma(b)), -slope, -inside / scale - u * slope


@elementwise(stats.powerlaw.logpdf, logarithm_of=stats.powerlaw.pdf)
def powerlaw(y, x, a, loc=0, scale=1):
    """
    >>> stats.powerlaw.logpdf(U, 1.5 + S, -0.1, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0) * np.heaviside(loc + scale - x, 1.0)
    u = np.where(inside, (x - loc) / scale, 0.5)
    slope = inside * (a - 1.0) / u / scale
    return slope, inside * (1.0 / a + np.log(u)), -slope, -inside / scale - u * slope


@elementwise(stats.arcsine.logpdf, logarithm_of=stats.arcsine.pdf)
def arcsine(y, x, loc=0, scale=1):
    """
    >>> stats.arcsine.logpdf(U, -0.1 * S, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0) * np.heaviside(loc + scale - x, 0.0)
    u = np.where(inside, (x - loc) / scale, 0.5)
    slope = 0.5 * inside * (1.0 / (1.0 - u) - 1.0 / u) / scale
    return slope, -slope, -inside / scale - u * slope


@elementwise(stats.triang.logpdf, logarithm_of=stats.triang.pdf)
def triang(y, x, c, loc=0, scale=1):
    """
    >>> stats.triang.logpdf(U, 0.3 * S, -0.1, 2.0)
    >>> stats.triang.pdf(U, 0.9, S - 1.0, 2.0)
    """
    inside = np.heaviside(x - loc, 0.0) * np.heaviside(loc + scale - x, 0.0)
    u = np.where(inside, (x - loc) / scale, 0.5)
    slope, to_c = np.where(u < c, 1.0 / u, -1.0 / (1.0 - u)) * inside / scale, np.where(u < c, -1.0 / c, 1.0 / (1.0 - c))
    return slope, inside * to_c, -slope, -inside / scale - u * slope


@elementwise(stats.truncnorm.logpdf, logarithm_of=stats.truncnorm.pdf)
def truncnorm(y, x, a, b, loc=0, scale=1):
    """
    >>> stats.truncnorm.logpdf(U, -S, 1.5, 0.1, 1.3)
    >>> stats.truncnorm.pdf(U, -1.0, 1.0 + P, S, 2.0)
    """
    u = (x - loc) / scale
    inside = np.heaviside(u - a, 1.0) * np.heaviside(b - u, 1.0)
    slope = -inside * u / scale
    return slope, inside * stats.truncnorm.pdf(a, a, b), -inside * stats.truncnorm.pdf(b, a, b), -slope, -inside / scale - u * slope


@elementwise(stats.loguniform.logpdf, logarithm_of=stats.loguniform.pdf)
def loguniform(y, x, a, b, loc=0, scale=1):
    """
    >>> stats.loguniform.logpdf(P, 0.2 * S, 5.0, 0.1, 1.3)
    """
    u = (x - loc) / scale
    inside = np.heaviside(u - a, 1.0) * np.heaviside(b - u, 1.0)
    span = inside / np.log(b / a)
    slope = -inside / np.where(inside, u, 1.0) / scale
    return slope, span / a, -span / b, -slope, 0.0


# ------------------------------------------------------------------------------------------------------------- of counts


@elementwise(stats.betabinom.logpmf, logarithm_of=stats.betabinom.pmf)
def betabinom(y, k, n, a, b, loc=0):
    """
    >>> stats.betabinom.logpmf(3, 7, P, 1.0 + S)
    >>> stats.betabinom.pmf([0, 7, 9], 7, P, 1.0 + S)
    """
    m = np.subtract(k, loc)
    inside = np.heaviside(m, 1.0) * np.heaviside(n - m, 1.0)
    both = special.digamma(a + b) - special.digamma(n + a + b)
    to_a = special.digamma(inside * m + a) - special.digamma(a) + both
    to_b = special.digamma(inside * (n - m) + b) - special.digamma(b) + both
    return None, None, inside * to_a, inside * to_b, None
