"""``holds``: a derivative in both modes and to second order against finite differences, the function and its arguments untouched."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

import tangentx as tx
from tests.differences import directional, inner, randomly_like

__all__ = ["holds"]


def holds(f: Callable[..., Any], args: tuple[Any, ...], wrt: tuple[int, ...] = (0,), order: int = 2) -> None:
    """Raises AssertionError unless the derivatives of ``f`` with respect to the positions ``wrt`` are right."""
    rng = np.random.default_rng(7)
    directions = {k: randomly_like(args[k], rng) for k in wrt}
    before = copy.deepcopy(args)
    expected, error = directional(f, copy.deepcopy(args), directions)
    pushforward = tx.jvp(f, wrt)
    value, tangent = pushforward(*args, **_dots(pushforward, directions))
    np.testing.assert_allclose(value, f(*copy.deepcopy(args)), rtol=1e-13)
    _close(tangent, expected, error)
    seed = 1.0 if np.shape(value) == () else rng.normal(size=np.shape(value))
    _, bars = tx.vjp(f, wrt)(*args, init_grad=seed)
    _close(sum(inner(bar, directions[k]) for k, bar in zip(wrt, bars, strict=True)), np.sum(seed * expected), error)
    np.testing.assert_equal(args, before)
    if order > 1 and np.shape(value) == ():
        _second(f, args, wrt[0], directions[wrt[0]])
        np.testing.assert_equal(args, before)


def _second(f: Callable[..., Any], args: tuple[Any, ...], k: int, direction: Any) -> None:
    df = tx.grad(f, k)
    expected, error = directional(lambda *a: _flat(df(*a)), args, {k: direction})
    product = tx.hvp(f, k)
    _close(_flat(product(*args, **_dots(product, {k: direction}))), expected, error)
    pullback = tx.vjp(df, k)
    seed = randomly_like(df(*args), np.random.default_rng(8))
    _, bar = pullback(*args, init_grad=seed)
    _close(inner(bar, direction), float(np.sum(_flat(seed) * expected)), error)


def _flat(value: Any) -> np.ndarray:
    if isinstance(value, list | tuple | dict):
        return np.concatenate([np.zeros(0), *map(_flat, value.values() if isinstance(value, dict) else value)])
    return np.ravel(value).astype(float)


def _dots(pushforward: Callable[..., Any], directions: dict[int, Any]) -> dict[str, Any]:
    names = [p.name for p in inspect.signature(pushforward).parameters.values() if p.kind == p.KEYWORD_ONLY]
    return dict(zip(names[-len(directions) :], directions.values(), strict=True))


def _close(found: Any, expected: Any, error: Any) -> None:
    scale = max(1.0, float(np.max(np.abs(expected), initial=0.0)))
    assert float(np.max(error, initial=0.0)) < 1e-4 * scale, "no reference here: the program has a kink"
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-7 * scale + 10 * float(np.max(error, initial=0.0)))
