"""What a random program's derivatives are held against: Ridders' differences with an error estimate, dot products.

Arguments and values may be numbers, arrays, and tuples, lists, dicts of these; ``flat`` is the list of their float leaves.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

__all__ = ["Estimate", "close", "copied", "difference", "directions", "dot", "flat", "same", "structure", "tangents_like"]

SHRINK, STEPS = 1.6, 11


class Estimate(NamedTuple):
    """A derivative from differences, and how far it can be trusted."""

    value: float
    error: float

    @property
    def settled(self) -> bool:
        return math.isfinite(self.value) and self.error <= 1e-5 * max(1e-2, abs(self.value))


def is_float(x: Any) -> bool:
    return isinstance(x, float | np.floating) or (isinstance(x, np.ndarray) and x.dtype.kind == "f")


def parts(x: Any) -> list[Any] | None:
    """The items of a container, None for a leaf."""
    if isinstance(x, dict):
        return list(x.values())
    return list(x) if isinstance(x, tuple | list) else None


def rebuilt(x: Any, items: list[Any]) -> Any:
    if isinstance(x, dict):
        return dict(zip(x, items))
    return type(x)(*items) if hasattr(x, "_fields") else type(x)(items)


def flat(x: Any) -> list[Any]:
    """The float leaves, in order."""
    items = parts(x)
    return ([x] if is_float(x) else []) if items is None else [leaf for item in items for leaf in flat(item)]


def structure(x: Any) -> Any:
    """Kinds of containers, their keys and lengths, the shapes of the leaves."""
    items = parts(x)
    if items is None:
        return np.shape(x)
    return type(x).__name__, tuple(x) if isinstance(x, dict) else len(items), tuple(structure(item) for item in items)


def mapped(x: Any, y: Any, combine: Callable[[Any, Any], Any]) -> Any:
    """The structure of ``x`` with its float leaves combined with those of ``y``."""
    items = parts(x)
    if items is None:
        return combine(x, y) if is_float(x) else x
    return rebuilt(x, [mapped(a, b, combine) for a, b in zip(items, parts(y) or [])])


def copied(x: Any) -> Any:
    """The same, in memory of its own."""
    items = parts(x)
    if items is None:
        return x.copy() if isinstance(x, np.ndarray) else x
    return rebuilt(x, [copied(item) for item in items])


def same(x: Any, y: Any) -> bool:
    """Equal in structure, kind and every number."""
    if parts(x) is not None:
        return type(x) is type(y) and len(x) == len(y) and all(same(a, b) for a, b in zip(parts(x) or [], parts(y) or []))
    return np.shape(x) == np.shape(y) and bool(np.array_equal(x, y, equal_nan=isinstance(x, float | np.floating | np.ndarray)))


def tangents_like(x: Any, random: np.random.Generator) -> Any:
    """A random direction in the structure of ``x``; what is no float moves by 0.0."""
    items = parts(x)
    if items is not None:
        return rebuilt(x, [tangents_like(item, random) for item in items])
    if not is_float(x):
        return 0.0 if isinstance(x, int) and not isinstance(x, bool) else x
    v = random.uniform(0.4, 1.3, np.shape(x)) * random.choice([-1.0, 1.0], np.shape(x))
    return v.astype(x.dtype) if isinstance(x, np.ndarray) else float(v)


def dot(a: Any, b: Any) -> float:
    """The sum of products over all float leaves."""
    return math.fsum(float(np.sum(np.multiply(x, y))) for x, y in zip(flat(a), flat(b), strict=True))


def close(a: float, b: float, rtol: float, atol: float) -> bool:
    return abs(a - b) <= atol + rtol * max(abs(a), abs(b))


def difference(value: Callable[..., float], args: tuple[Any, ...], moves: dict[int, Any]) -> Estimate:
    """The derivative of ``value`` along ``moves``.

    From two first steps: a chaotic program can make one of them look settled at a wrong number, but not both at the same.
    """
    far, near = (_extrapolated(value, args, moves, step) for step in (0.03, 0.002))
    best = min(far, near, key=lambda estimate: estimate.error)
    return Estimate(best.value, max(best.error, abs(far.value - near.value) if far.settled and near.settled else 0.0))


def _extrapolated(value: Callable[..., float], args: tuple[Any, ...], moves: dict[int, Any], step: float) -> Estimate:
    """Central differences extrapolated to step zero (Ridders 1982)."""
    best, error = math.nan, math.inf
    row: list[float] = []
    for _ in range(STEPS):
        ahead, behind = (value(*_moved(args, moves, s * step)) for s in (1.0, -1.0))
        new, factor = [(ahead - behind) / (2.0 * step)], 1.0
        for previous in row:
            factor *= SHRINK**2
            new.append((factor * new[-1] - previous) / (factor - 1.0))
            guess = max(abs(new[-1] - new[-2]), abs(new[-1] - previous))
            if guess <= error:
                best, error = new[-1], guess
        row = new
        step /= SHRINK
    return Estimate(best, error + 1e-13 * abs(best))


def _moved(args: tuple[Any, ...], moves: dict[int, Any], step: float) -> tuple[Any, ...]:
    return tuple(mapped(copied(a), moves[k], lambda leaf, v: leaf + step * v) if k in moves else copied(a) for k, a in enumerate(args))


def directions(args: tuple[Any, ...], wrt: tuple[int, ...], random: np.random.Generator, count: int) -> list[dict[int, Any]]:
    """All arguments at once ``count`` times, then each argument alone."""
    found = [{k: tangents_like(args[k], random) for k in wrt} for _ in range(count)]
    if len(wrt) > 1:
        for alone in wrt:
            found.append({k: mapped(v, v, lambda leaf, _, keep=(k == alone): leaf if keep else leaf * 0.0) for k, v in found[0].items()})
    return found
