"""What derivatives are held against: finite differences with an error estimate."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

import tangentx.runtime as rt

__all__ = ["conjugated", "difference", "directional", "flat", "inner", "randomly_like", "shifted"]


def difference(f: Callable[[float], Any], h: float = 0.02) -> tuple[Any, Any]:
    """The derivative of ``f`` at 0 and an estimate of its error, by Ridders' extrapolation of central differences.

    C. J. F. Ridders, "Accurate computation of F'(x) and F'(x)F''(x)", Advances in Engineering Software 4 (1982).
    """
    rows: list[list[Any]] = []
    best, error = None, np.inf
    for k in range(8):
        row = [(np.asarray(f(h)) - np.asarray(f(-h))) / (2.0 * h)]
        factor = 1.0
        for j in range(k):
            factor *= 4.0
            row.append((factor * row[j] - rows[-1][j]) / (factor - 1.0))
            wrong = max(np.max(np.abs(row[-1] - row[-2]), initial=0.0), np.max(np.abs(row[-1] - rows[-1][j]), initial=0.0))
            if wrong <= error:
                best, error = row[-1], wrong
        rows.append(row)
        h /= 2.0
    return best, error


def randomly_like(value: Any, rng: np.random.Generator) -> Any:
    """A random value of the same structure; zero where a leaf is no floating-point number."""
    children = rt.parts(value)
    if children is not None:
        return rt.rebuilt(value, [randomly_like(v, rng) for _, v in children])
    if isinstance(value, int | str | None):
        return 0.0 if isinstance(value, int) else value
    if np.iscomplexobj(value):
        return rng.normal(size=np.shape(value)) + 1j * rng.normal(size=np.shape(value)) if np.shape(value) else complex(*rng.normal(size=2))
    return rng.normal(size=np.shape(value)) if np.shape(value) else float(rng.normal())


def shifted(value: Any, direction: Any, h: float) -> Any:
    """``value + h * direction`` through containers and objects."""
    children = rt.parts(value)
    if children is not None:
        moved = [shifted(v, d, h) for (_, v), (_, d) in zip(children, rt.parts(direction), strict=True)]
        return rt.rebuilt(value, moved)
    return value if isinstance(value, int | str | None) else value + h * direction


def inner(a: Any, b: Any) -> float:
    """The inner product through containers and objects; of complex numbers the real part of ``sum(a * b)``, without a conjugate."""
    children = rt.parts(a)
    if children is not None:
        return sum(inner(x, y) for (_, x), (_, y) in zip(children, rt.parts(b), strict=True))
    return 0.0 if isinstance(a, str | None) else float(np.sum(np.asarray(a) * np.asarray(b)).real)


def conjugated(value: Any) -> Any:
    """The complex conjugate of every number in a structure."""
    children = rt.parts(value)
    if children is not None:
        return rt.rebuilt(value, [conjugated(v) for _, v in children])
    return np.conjugate(value) if np.iscomplexobj(value) else value


def flat(value: Any) -> Any:
    """The numbers of a structure, in order, as one vector; of complex ones the real parts, then the imaginary ones."""
    children = rt.parts(value)
    if children is not None:
        return np.concatenate([np.zeros(0), *(flat(v) for _, v in children)])
    if isinstance(value, str | None) or callable(value):
        return np.zeros(0)
    return np.concatenate([np.ravel(np.real(value)), np.ravel(np.imag(value))] if np.iscomplexobj(value) else [np.ravel(np.asarray(value, float))])


def directional(f: Callable[..., Any], args: tuple[Any, ...], directions: dict[int, Any]) -> tuple[Any, Any]:
    """The derivative of ``f(*args)`` along ``directions`` (by position), and its error."""

    def along(h: float) -> Any:
        return f(*copy.deepcopy(tuple(shifted(a, directions[k], h) if k in directions else a for k, a in enumerate(args))))

    return difference(along)
