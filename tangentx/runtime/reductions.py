"""What the derivatives of reductions are made of: which elements, how many, the products of the others, places among the sorted."""

from __future__ import annotations

import functools
import math
import operator
from typing import Any

import numpy as np

from tangentx.errors import NotDifferentiable
from tangentx.runtime.shapes import shifted

__all__ = [
    "aligned", "before", "centred", "count", "from_bins", "leaders", "merged", "nth_share", "observed", "picked", "quantile_share", "quantile_slope",
    "segments", "share", "trailing", "unaligned", "unmerged", "unobserved", "valid", "weight_of_each",
]  # fmt: skip


def picked(items: Any, chosen: Any) -> Any:
    """The share of each item in the one that ``max`` or ``min`` has chosen; what compares by its parts is no number."""
    if not isinstance(chosen, (float, int)) and not hasattr(chosen, "dtype"):
        reason = f"max and min of {type(chosen).__name__}s have no derivative: they compare more than one number"
        raise NotDifferentiable(reason, None, "Choose by key=, or compare the numbers themselves.")
    same = np.equal(items, chosen)
    return same / int(np.count_nonzero(same))


def trailing(axis: Any, ndim: int) -> tuple[int, ...]:
    """The axes of a reduction counted from the end, so that they hold for arrays with more axes in front; ``None`` are all."""
    axes = range(ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    return tuple([i % ndim - ndim for i in axes])


def count(a: Any, axis: Any = None, where: Any = True) -> Any:
    """How many elements each value of a reduction is made of; an array, with the axes in place, if ``where`` chooses them."""
    shape = np.shape(a)
    if where is True:
        return math.prod(shape[i] for i in trailing(axis, len(shape)))
    return np.sum(np.broadcast_to(where, shape), axis=axis, keepdims=True).astype(a.real.dtype)


def valid(a: Any, where: Any = True) -> Any:
    """1 for the elements that are numbers and that ``where`` chooses, else 0."""
    return (np.equal(a, a) & where) * np.ones_like(np.real(a))


def centred(a: Any, axis: Any = None, where: Any = True) -> Any:
    """``a`` minus its mean, zeros where ``where`` does not choose; twice, so that of a constant nothing is left by rounding."""
    for _ in range(2):
        a = a - np.mean(a, axis=axis, keepdims=True, where=where)
    return a if where is True else np.where(where, a, 0)


def share(a: Any, y: Any, axis: Any = None, where: Any = True) -> Any:
    """How the derivative of ``y = max(a)`` (or min) is shared out: evenly among the elements that reach it; ``y`` has its axes in place.

    None where no element does, because an ``initial`` value won.
    """
    hit = np.equal(a, y) & where
    n = np.sum(hit, axis=axis, keepdims=True)
    return hit * np.ones_like(a) / (n + (np.equal(n, 0) & np.equal(y, y))).astype(np.result_type(y))


def merged(a: Any, axis: Any = None) -> Any:
    """``a`` with the axes of a reduction moved to the end and made one."""
    shape, axes = np.shape(a), trailing(axis, np.ndim(a))
    rest = [i for i in range(-len(shape), 0) if i not in axes]
    return np.transpose(a, [*rest, *axes]).reshape([*[shape[i] for i in rest], math.prod(shape[i] for i in axes)])


def unmerged(g: Any, shape: tuple[int, ...], axis: Any = None) -> Any:
    """The inverse of ``merged``, for arrays of ``shape``."""
    axes = trailing(axis, len(shape))
    order = [i % len(shape) for i in (*[i for i in range(-len(shape), 0) if i not in axes], *axes)]
    return g.reshape([shape[i] for i in order]).transpose([order.index(i) for i in range(len(shape))])


def before(a: Any, axis: int = -1) -> Any:
    """The product of the elements before each element along an axis: 1 for the first."""
    return shifted(np.cumprod(a, axis), axis, 1.0)


def leaders(y: Any, a: Any, axis: int = 0) -> Any:
    """For a running maximum (or minimum) ``y`` of ``a`` the place that each value was taken from: the first that reached it."""
    places = np.arange(np.shape(a)[axis]).reshape([-1 if i == axis % np.ndim(a) else 1 for i in range(np.ndim(a))])
    return np.maximum.accumulate(np.where(np.equal(a, y) & np.not_equal(y, np.roll(y, 1, axis)), places, 0), axis=axis)


def segments(indices: Any, n: int) -> tuple[Any, Any]:
    """What ``np.add.reduceat`` adds up: the places of the elements of all segments, and the lengths of the segments."""
    stops = [max(stop, start + 1) for start, stop in zip(indices, [*indices[1:], n])]
    places = [np.arange(start, stop) for start, stop in zip(indices, stops)]
    return np.concatenate(places), np.array([len(p) for p in places])


def nth_share(a: Any, place: Any, axis: Any = None) -> Any:
    """The weights of the elements that stand at a place of the sorted ones: evenly shared by those that are equal."""
    axes = trailing(axis, np.ndim(a))
    return share(a, np.sum(np.where(np.equal(_ranks(a, axes), place), a, 0), axis=axes, keepdims=True), axes)


def _ranks(a: Any, axes: tuple[int, ...]) -> Any:
    """The place of each element among the sorted ones."""
    return unmerged(np.argsort(np.argsort(merged(a, axes), axis=-1, kind="stable"), axis=-1), np.shape(a), axes)


def quantile_share(a: Any, q: Any, axis: Any = None, method: Any = "linear", nan: bool = False) -> Any:
    """The weights of the elements of which ``np.quantile(a, q, axis)`` is the sum; the axes of ``q`` stand in front.  ``nan``: of those that are."""
    axes = trailing(axis, np.ndim(a))
    if nan:
        place = np.nanquantile(np.where(np.equal(a, a), _ranks(a, axes), np.nan), q, axis=axes, method=method, keepdims=True)
    else:  # where a quantile of sorted values is read is the quantile of 0, 1, 2, ...
        place = np.reshape(np.quantile(np.arange(max(count(a, axes), 1), like=a), q, method=method), np.shape(q) + (1,) * np.ndim(a))
    low = np.floor(place)
    part = (place - low).astype(a.dtype)
    return nth_share(a, low, axes) * (1 - part) + nth_share(a, np.ceil(place), axes) * part


def quantile_slope(dq: Any, a: Any, q: Any, axis: Any = None, method: str = "linear") -> Any:
    """The tangent of ``quantile_share`` along ``dq``; at the corners that to the right, but to the left at the end.

    Raises:
        NotDifferentiable: the quantile is a step function of ``q``.
    """
    if not np.any(dq):
        return 0.0
    # (alpha, beta) of Hyndman and Fan (1996): the place is n q + alpha + q (1 - alpha - beta) - 1
    plotting = {"linear": (1, 1), "weibull": (0, 0), "hazen": (1 / 2, 1 / 2), "median_unbiased": (1 / 3, 1 / 3), "normal_unbiased": (3 / 8, 3 / 8)}
    if method not in (*plotting, "interpolated_inverted_cdf"):
        raise NotDifferentiable(f"a quantile with method={method!r} is a step function of q", None, "Use method='linear', or a constant q.")
    alpha, beta = plotting.get(method, (0, 1))
    n, behind = count(a, axis), (1,) * np.ndim(a)
    place = np.reshape(q * (n + 1 - alpha - beta) + alpha - 1, np.shape(q) + behind)
    low = np.clip(np.floor(place), 0, max(n - 2, 0))
    slope = (np.greater_equal(place, 0) & np.less_equal(place, n - 1)) * (n + 1 - alpha - beta) * np.reshape(dq, np.shape(dq) + behind)
    return (nth_share(a, low + 1, axis) - nth_share(a, low, axis)) * slope.astype(a.dtype)


def aligned(weights: Any, a: Any, axis: Any = None) -> Any:
    """The weights of ``np.average`` for each element of ``a``: given for these, or for one or more axes; ``None`` are all 1."""
    shape = np.shape(a)
    if weights is None:
        return np.ones_like(a)
    if np.shape(weights) in ((), shape):
        return weights + np.zeros_like(a)
    axes = [i % len(shape) for i in (axis if isinstance(axis, tuple) else (axis,))]
    return np.broadcast_to(
        np.transpose(weights, sorted(range(len(axes)), key=axes.__getitem__)).reshape([n if i in axes else 1 for i, n in enumerate(shape)]), shape
    )


def unaligned(g: Any, shape: tuple[int, ...], axis: Any = None) -> Any:
    """The adjoint of ``aligned`` for weights of ``shape``."""
    if g.shape == shape:
        return g
    if not shape:  # one weight for all, or None
        return g.sum()
    axes = [i % g.ndim for i in (axis if isinstance(axis, tuple) else (axis,))]
    order = [sorted(axes).index(i) for i in axes]
    return g.sum(axis=tuple([i for i in range(g.ndim) if i not in axes])).transpose(order)


def observed(m: Any, rowvar: bool = True) -> Any:
    """The observations that ``np.cov`` takes: one row for each variable, one column for each observation."""
    return np.transpose(m) if np.ndim(m) > 1 and not rowvar else np.atleast_2d(m)


def unobserved(g: Any, shape: tuple[int, ...], rowvar: bool = True) -> Any:
    """The inverse of ``observed``, for data of ``shape``."""
    return (g.T if len(shape) > 1 and not rowvar else g).reshape(shape)


def weight_of_each(x: Any, bias: bool = False, ddof: int | None = None, fweights: Any = None, aweights: Any = None) -> Any:
    """The weight of each of the observations ``x`` in ``np.cov``, which is their weighted sum of squares."""
    w = np.ones(x.shape[1], like=x)
    for given in (fweights, aweights):
        w = w if given is None else w * np.asarray(given, like=x)
    ddof = (0 if bias else 1) if ddof is None else ddof
    lost = ddof if aweights is None else ddof * np.sum(w * np.asarray(aweights, like=x)) / np.sum(w)
    return w / np.maximum(np.sum(w) - lost, 0)


def from_bins(g: Any, samples: Any, edges: Any) -> Any:
    """What each sample finds in its bin of a histogram ``g``: 0 outside of all.  The last bin holds its end."""
    samples = [np.asarray(s, like=g) for s in samples]
    places = [np.searchsorted(e, s, "right") - (np.equal(s, e[-1]) + 1) for s, e in zip(samples, edges)]
    inside = functools.reduce(operator.and_, [np.greater_equal(p, 0) & np.less(p, len(e) - 1) for p, e in zip(places, edges)])
    return np.where(inside, g[tuple([np.clip(p, 0, len(e) - 2) for p, e in zip(places, edges)])], 0)
