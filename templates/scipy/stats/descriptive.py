"""Statistics of samples, said in plain NumPy.  ``nan_policy=`` and weights are refused."""

from __future__ import annotations

import numpy as np
from scipy import special, stats

from tangentx.rules.declare import constant, refused, written


@written(stats.zscore)
def zscore(a, axis=0, ddof=0):
    """
    >>> stats.zscore(V)
    >>> stats.zscore(A34, axis=1, ddof=1)
    """
    return (a - np.mean(a, axis=axis, keepdims=True)) / np.std(a, axis=axis, ddof=ddof, keepdims=True)


@written(stats.gmean)
def gmean(a, axis=0):
    """
    >>> stats.gmean(P)
    >>> stats.gmean(P23, axis=1)
    """
    return np.exp(np.mean(np.log(a), axis=axis))


@written(stats.hmean)
def hmean(a, axis=0):
    """
    >>> stats.hmean(P)
    >>> stats.hmean(P23, axis=1)
    """
    return 1.0 / np.mean(1.0 / a, axis=axis)


@written(stats.entropy)
def entropy(pk, qk=None, base=None, axis=0):
    """
    >>> stats.entropy(P)
    >>> stats.entropy(P23, 2.0 * P23 + 1.0, axis=1)
    >>> stats.entropy(P, base=2)
    """
    p = pk / np.sum(pk, axis=axis, keepdims=True)
    nats = special.entr(p) if qk is None else special.rel_entr(p, qk / np.sum(qk, axis=axis, keepdims=True))
    total = np.sum(nats, axis=axis)
    return total if base is None else total / np.log(base)


@written(stats.sem)
def sem(a, axis=0, ddof=1):
    """
    >>> stats.sem(V)
    >>> stats.sem(A34, 1, 0)
    """
    return np.std(a, axis=axis, ddof=ddof) / np.sqrt(np.size(a) if axis is None else np.shape(a)[axis])


@written(stats.variation)
def variation(a, axis=0, *, ddof=0):
    """
    >>> stats.variation(P)
    >>> stats.variation(P23, 1, ddof=1)
    """
    return np.std(a, axis=axis, ddof=ddof) / np.mean(a, axis=axis)


@written(stats.skew)
def skew(a, axis=0, bias=True):
    """
    >>> stats.skew(V)
    >>> stats.skew(A34, 1)
    >>> stats.skew(A34.T, bias=False)
    """
    n = np.size(a) if axis is None else np.shape(a)[axis]
    spread = a - np.mean(a, axis=axis, keepdims=True)
    ratio = np.mean(spread**3, axis=axis) / np.mean(spread * spread, axis=axis) ** 1.5
    return ratio if bias else ratio * np.sqrt(n * (n - 1.0)) / (n - 2.0)


@written(stats.kurtosis)
def kurtosis(a, axis=0, fisher=True, bias=True):
    """
    >>> stats.kurtosis(V)
    >>> stats.kurtosis(A34, 1, False)
    >>> stats.kurtosis(A34.T, bias=False)
    """
    n = np.size(a) if axis is None else np.shape(a)[axis]
    spread = a - np.mean(a, axis=axis, keepdims=True)
    ratio = np.mean(spread**4, axis=axis) / np.mean(spread * spread, axis=axis) ** 2
    excess = ratio - 3.0 if bias else ((n * n - 1.0) * ratio - 3.0 * (n - 1.0) ** 2) / ((n - 2.0) * (n - 3.0))
    return excess if fisher else excess + 3.0


@written(stats.zmap)
def zmap(scores, compare, axis=0, ddof=0):
    """
    >>> stats.zmap(V, A34[0])
    >>> stats.zmap(A34, 2.0 * A34 + S, 1)
    """
    return (scores - np.mean(compare, axis=axis, keepdims=True)) / np.std(compare, axis=axis, ddof=ddof, keepdims=True)


@written(stats.gzscore)
def gzscore(a, *, axis=0, ddof=0):
    """
    >>> stats.gzscore(P)
    """
    return stats.zscore(np.log(a), axis=axis, ddof=ddof)


@written(stats.pmean)
def pmean(a, p, *, axis=0):
    """
    >>> stats.pmean(P, 2.5)
    >>> stats.pmean(P23, -1, axis=1)
    >>> stats.pmean(P, 0)
    """
    positive = np.where(a < 0.0, np.nan, a)
    return np.exp(np.mean(np.log(positive), axis=axis)) if p == 0 else np.mean(positive**p, axis=axis) ** (1.0 / p)


@written(stats.boxcox_llf)
def boxcox_llf(lmb, data):
    """
    >>> stats.boxcox_llf(S, P)
    """
    return (lmb - 1.0) * np.sum(np.log(data), axis=0) - np.shape(data)[0] / 2.0 * np.log(np.var(special.boxcox(data, lmb), axis=0))


constant(stats.rankdata, stats.tiecorrect)
refused(
    *(stats.pearsonr, stats.linregress, stats.spearmanr, stats.kendalltau, stats.theilslopes, stats.siegelslopes, stats.pointbiserialr),
    *(stats.ttest_1samp, stats.ttest_ind, stats.ttest_rel, stats.f_oneway, stats.chisquare, stats.ks_1samp, stats.ks_2samp, stats.kstest),
    reason="its result is an object with the outcome of a test",
    way_out="Use np.corrcoef, np.polyfit, or the statistic in plain NumPy.",
)
refused(
    *(stats.iqr, stats.trim_mean, stats.tmean, stats.tvar, stats.tstd, stats.circmean, stats.circvar, stats.circstd, stats.median_abs_deviation),
    *(stats.moment, stats.boxcox, stats.yeojohnson, stats.gstd),
    reason="it has no rule yet",
    way_out="Write it in plain NumPy: np.percentile, np.mean, np.sort, np.angle, scipy.special.boxcox are differentiated.",
)
