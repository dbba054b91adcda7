"""``cdf``, ``sf``, their logarithms and their inverses: the density, for every distribution with ``loc`` and ``scale``.

Refused: their shape parameters, and the logarithms and inverses of the discrete ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from tangentx.rules.declare import elementwise, refused


def without_shape(dist: Any) -> None:
    """The rules of a distribution that has ``loc`` and ``scale`` only."""
    pdf, logpdf = dist.pdf, dist.logpdf

    @elementwise(dist.cdf)
    def cdf(p, x, loc=0, scale=1):
        density = pdf(x, loc, scale)
        return density, -density, -density * ((x - loc) / scale)

    @elementwise(dist.sf)
    def sf(p, x, loc=0, scale=1):
        density = pdf(x, loc, scale)
        return -density, density, density * ((x - loc) / scale)

    @elementwise(dist.logcdf)
    def logcdf(p, x, loc=0, scale=1):
        ratio = np.exp(logpdf(x, loc, scale) - p)
        return ratio, -ratio, -ratio * ((x - loc) / scale)

    @elementwise(dist.logsf)
    def logsf(p, x, loc=0, scale=1):
        ratio = np.exp(logpdf(x, loc, scale) - p)
        return -ratio, ratio, ratio * ((x - loc) / scale)

    elementwise(dist.ppf)(lambda x, q, loc=0, scale=1: (1.0 / pdf(x, loc, scale), 1.0, (x - loc) / scale))
    elementwise(dist.isf)(lambda x, q, loc=0, scale=1: (-1.0 / pdf(x, loc, scale), 1.0, (x - loc) / scale))


def with_shape(dist: Any) -> None:
    """The rules of a distribution that has one shape parameter."""
    pdf, logpdf = dist.pdf, dist.logpdf

    @elementwise(dist.cdf)
    def cdf(p, x, a, loc=0, scale=1):
        density = pdf(x, a, loc, scale)
        return density, None, -density, -density * ((x - loc) / scale)

    @elementwise(dist.sf)
    def sf(p, x, a, loc=0, scale=1):
        density = pdf(x, a, loc, scale)
        return -density, None, density, density * ((x - loc) / scale)

    @elementwise(dist.logcdf)
    def logcdf(p, x, a, loc=0, scale=1):
        ratio = np.exp(logpdf(x, a, loc, scale) - p)
        return ratio, None, -ratio, -ratio * ((x - loc) / scale)

    @elementwise(dist.logsf)
    def logsf(p, x, a, loc=0, scale=1):
        ratio = np.exp(logpdf(x, a, loc, scale) - p)
        return -ratio, None, ratio, ratio * ((x - loc) / scale)

    elementwise(dist.ppf)(lambda x, q, a, loc=0, scale=1: (1.0 / pdf(x, a, loc, scale), None, 1.0, (x - loc) / scale))
    elementwise(dist.isf)(lambda x, q, a, loc=0, scale=1: (-1.0 / pdf(x, a, loc, scale), None, 1.0, (x - loc) / scale))


def with_two_shapes(dist: Any) -> None:
    """The rules of a distribution that has two shape parameters."""
    pdf, logpdf = dist.pdf, dist.logpdf

    @elementwise(dist.cdf)
    def cdf(p, x, a, b, loc=0, scale=1):
        density = pdf(x, a, b, loc, scale)
        return density, None, None, -density, -density * ((x - loc) / scale)

    @elementwise(dist.sf)
    def sf(p, x, a, b, loc=0, scale=1):
        density = pdf(x, a, b, loc, scale)
        return -density, None, None, density, density * ((x - loc) / scale)

    @elementwise(dist.logcdf)
    def logcdf(p, x, a, b, loc=0, scale=1):
        ratio = np.exp(logpdf(x, a, b, loc, scale) - p)
        return ratio, None, None, -ratio, -ratio * ((x - loc) / scale)

    @elementwise(dist.logsf)
    def logsf(p, x, a, b, loc=0, scale=1):
        ratio = np.exp(logpdf(x, a, b, loc, scale) - p)
        return -ratio, None, None, ratio, ratio * ((x - loc) / scale)

    elementwise(dist.ppf)(lambda x, q, a, b, loc=0, scale=1: (1.0 / pdf(x, a, b, loc, scale), None, None, 1.0, (x - loc) / scale))
    elementwise(dist.isf)(lambda x, q, a, b, loc=0, scale=1: (-1.0 / pdf(x, a, b, loc, scale), None, None, 1.0, (x - loc) / scale))


PLAIN = (stats.norm, stats.laplace, stats.logistic, stats.cauchy, stats.gumbel_r, stats.gumbel_l, stats.uniform, stats.expon)
SHAPED = (stats.t, stats.gamma, stats.invgamma, stats.chi2, stats.lognorm, stats.weibull_min, stats.pareto, stats.skewnorm)
for _dist in (*PLAIN, stats.halfnorm, stats.rayleigh):
    without_shape(_dist)
for _dist in SHAPED:
    with_shape(_dist)
for _dist in (stats.beta, stats.f):
    with_two_shapes(_dist)


# of counts: the derivative of a sum of probabilities is one of them, DLMF 8.8.13 and 8.17.20
elementwise(stats.poisson.cdf)(lambda y, k, mu, loc=0: (None, -stats.poisson.pmf(np.floor(k), mu, loc), None))
elementwise(stats.poisson.sf)(lambda y, k, mu, loc=0: (None, stats.poisson.pmf(np.floor(k), mu, loc), None))
elementwise(stats.binom.cdf)(lambda y, k, n, p, loc=0: (None, None, -n * stats.binom.pmf(np.floor(k), n - 1, p, loc), None))
elementwise(stats.binom.sf)(lambda y, k, n, p, loc=0: (None, None, n * stats.binom.pmf(np.floor(k), n - 1, p, loc), None))

refused(
    *(*PLAIN, *SHAPED, stats.halfnorm, stats.rayleigh, stats.beta, stats.f, stats.poisson, stats.bernoulli, stats.binom, stats.nbinom, stats.geom),
    *(stats.multivariate_normal, stats.dirichlet),
    *(type(stats.norm()), type(stats.poisson(1.0)), type(stats.multivariate_normal()), type(stats.dirichlet([1.0, 1.0]))),
    reason="a frozen distribution is an object that keeps its parameters",
    way_out="Give the parameters to the method: stats.norm.logpdf(x, loc, scale).",
)
